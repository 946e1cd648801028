package org.capacityboard.bench;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * What a call of {@code capacity bench} left behind.
 *
 * @param exitCode 0 done, 1 failed, 2 wrong usage
 * @param out standard output
 * @param err standard error
 */
record BenchCall(int exitCode, String out, String err) {

    /** Calls the command in this JVM. */
    static BenchCall of(String... arguments) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        int exitCode = BenchCommand.run(
                List.of(arguments),
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8));
        return new BenchCall(exitCode, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }
}
