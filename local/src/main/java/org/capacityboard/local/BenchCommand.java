package org.capacityboard.local;

import java.util.concurrent.Callable;
import org.capacityboard.process.errors.Problem;
import org.capacityboard.process.errors.UserError;
import picocli.CommandLine.Command;

/** Tells of {@code capacity bench}, a program of its own that only the launcher among the sources starts: no release carries it. */
@Command(
        name = "bench",
        description =
                "Measure how fast the jobs are, beside their limit and beside others; only among the sources, which ./capacity builds it from.")
final class BenchCommand implements Callable<Integer> {

    @Override
    public Integer call() {
        throw UserError.wrongUsage(
                new Problem(
                        "bench",
                        null,
                        "is not part of an installed Capacity Board",
                        "you have its sources: './capacity bench' in their folder builds and starts it, with 'bench' as the first word"));
    }
}
