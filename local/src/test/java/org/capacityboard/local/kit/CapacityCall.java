package org.capacityboard.local.kit;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.capacityboard.local.CapacityCommand;

/**
 * What a call of the {@code capacity} command left behind.
 *
 * @param exitCode 0 done, 1 failed, 2 wrong usage
 * @param out standard output
 * @param err standard error
 */
public record CapacityCall(int exitCode, String out, String err) {

    /** Calls the command in this JVM, in an environment without variables. */
    public static CapacityCall of(String... arguments) {
        return of(Map.of(), arguments);
    }

    /** Calls the command in this JVM. */
    public static CapacityCall of(Map<String, String> environment, String... arguments) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        int exitCode = CapacityCommand.run(
                List.of(arguments),
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                environment);
        return new CapacityCall(exitCode, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }
}
