package org.capacityboard.local;

import java.nio.file.Path;
import java.time.Instant;
import java.util.concurrent.Callable;
import org.capacityboard.local.replay.Replay;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code capacity replay}. */
@Command(
        name = "replay",
        description = "Compute the figures of a folder of events: every table and view becomes a CSV file.")
final class ReplayCommand implements Callable<Integer> {

    private final CapacityCommand capacity;

    @Option(
            names = "--input",
            required = true,
            paramLabel = "DIR",
            description = "Folder with <topic>.jsonl files; a missing one is an empty topic.")
    private Path input = Path.of("");

    @Option(
            names = "--output",
            required = true,
            paramLabel = "DIR",
            description = "Folder for the CSV files; those of an earlier replay are replaced.")
    private Path output = Path.of("");

    @Option(
            names = "--until",
            paramLabel = "INSTANT",
            description = "End of time, such as 2026-11-22T06:00:00Z; the last event otherwise.")
    private @Nullable Instant until;

    ReplayCommand(CapacityCommand capacity) {
        this.capacity = capacity;
    }

    @Override
    public Integer call() throws Exception {
        long rows = new Replay(capacity.settings()).run(input, output, until);
        capacity.err().println(rows + " rows in " + output);
        return 0;
    }
}
