package org.capacityboard.local.proof;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.capacityboard.local.jobs.BoardJob;
import org.capacityboard.local.kit.StackExtension;
import org.capacityboard.local.kit.TestBoard;
import org.capacityboard.local.replay.Replay;
import org.capacityboard.oracle.OracleDifference;
import org.capacityboard.oracle.OracleRows;
import org.capacityboard.oracle.SeededStream;
import org.capacityboard.oracle.StreamOptions;
import org.capacityboard.oracle.StreamOptions.References;
import org.capacityboard.process.settings.Settings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(StackExtension.class)
@Timeout(120)
class LiveEqualsReplayIT {
    private static final StreamOptions OPTIONS =
            new StreamOptions(6, 300, Duration.ofHours(6), References.IN_TIME, 0.01);

    @Test
    void final_rows_of_a_live_run_and_of_a_replay_are_equal(TestBoard board, @TempDir Path folder) throws Exception {
        StagedStream stream = new StagedStream(SeededStream.of(21, OPTIONS), 6);
        Settings settings = StagedRun.settings(board, stream);
        StagedRun run = new StagedRun(board, stream);
        run.prepare();
        board.start(BoardJob.THROUGHPUT, settings);
        run.passRest();
        board.stop(BoardJob.THROUGHPUT);

        Path files = Files.createDirectory(folder.resolve("events"));
        stream.writeJsonLines(files);
        Replay replay = new Replay(settings);
        replay.run(files, folder.resolve("once"), stream.end());
        replay.run(files, folder.resolve("twice"), stream.end());

        OracleRows replayed = StagedStream.finalOf(OracleRows.fromCsv(folder.resolve("once")));
        assertThat(replayed.rows()).hasSizeGreaterThan(1_000);
        assertThat(OracleDifference.describe(OracleDifference.between(replayed, run.found())))
                .isEmpty();
        run.compareWithOracle();
        assertThat(contents(folder.resolve("twice"))).isEqualTo(contents(folder.resolve("once")));
    }

    private static Map<String, String> contents(Path folder) throws IOException {
        Map<String, String> contents = new TreeMap<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                contents.put(file.getFileName().toString(), Files.readString(file));
            }
        }
        return contents;
    }
}
