package org.capacityboard.local.proof;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.capacityboard.flink.jobs.ThroughputJob;
import org.capacityboard.local.jobs.BoardJob;
import org.capacityboard.local.kit.StackExtension;
import org.capacityboard.local.kit.TestBoard;
import org.capacityboard.oracle.SeededStream;
import org.capacityboard.oracle.StreamOptions;
import org.capacityboard.oracle.StreamOptions.References;
import org.capacityboard.process.settings.Settings;
import org.capacityboard.schemas.Topic;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The process of the jobs is killed (SIGKILL) while it works; the next one goes on from the newest checkpoint. */
@ExtendWith(StackExtension.class)
@Timeout(120)
class KilledProcessIT {
    private static final int STAGES = 10;
    /** Long enough for a stage to pass between two checkpoints. */
    private static final String CHECKPOINT_INTERVAL = "5s";

    private static final List<String> TABLES =
            List.of("line_product_minute", "line_product_hour", "line_product_day", "line_loss_day", "line_current");

    /**
     * When the kill comes.
     *
     * @param stagesBeforeCheckpoint stages that are in the checkpoint
     * @param stagesAtOnce stages sent just before the kill without waiting for their rows
     */
    private record Moment(long seed, int stagesBeforeCheckpoint, int stagesAtOnce) {
        StagedStream stream() {
            StreamOptions options = new StreamOptions(4, 400, Duration.ofHours(3), References.FIRST, 0.01);
            return new StagedStream(SeededStream.of(seed, options), STAGES);
        }
    }

    static Stream<Moment> moments() {
        return Stream.of(new Moment(11, 1, 0), new Moment(12, 3, 4), new Moment(13, 7, 0));
    }

    @ParameterizedTest
    @MethodSource("moments")
    void rows_equal_the_oracle_and_no_version_ever_fell(Moment moment, TestBoard shared, @TempDir Path temporary)
            throws Exception {
        StagedStream stream = moment.stream();
        try (TestBoard board = shared.another("seed" + moment.seed)) {
            FallenVersions fallen = FallenVersions.watch(board.settings(), TABLES);
            Settings settings = StagedRun.settings(board, stream).with("checkpoint.interval", CHECKPOINT_INTERVAL);
            Path checkpoints = JobsProcess.checkpoints(settings, BoardJob.THROUGHPUT);
            StagedRun run = new StagedRun(board, stream);
            run.prepare();
            try (JobsProcess process = JobsProcess.start(settings, temporary)) {
                run.pass(moment.stagesBeforeCheckpoint);
                JobsProcess.awaitCheckpointAfter(JobsProcess.newest(checkpoints), checkpoints);
                JobsProcess.awaitOffsetsOf(ThroughputJob.NAME, Topic.LINE_TELEMETRY, board);
                run.pass(1);
                run.send(moment.stagesAtOnce);

                process.kill();
            }

            assertThat(board.rows("select count(*) > 0 from capacity.line_product_minute where computed_at > '"
                            + JobsProcess.newestTakenAt(checkpoints) + "'"))
                    .as("rows were written since the checkpoint")
                    .isEqualTo(List.of(List.of("t")));
            assertThat(board.endOffset(Topic.LINE_TELEMETRY))
                    .as("records that were sent, so that can have been read")
                    .isLessThan(stream.reports() * 9 / 10);
            assertThat(board.committed(ThroughputJob.NAME, Topic.LINE_TELEMETRY))
                    .as("records in the checkpoint")
                    .isPositive()
                    .isLessThan(board.endOffset(Topic.LINE_TELEMETRY));

            try (JobsProcess again = JobsProcess.start(settings, temporary)) {
                run.passRest();
                run.awaitRejections();
                again.stop();
            }

            run.compareWithOracle();
            assertThat(fallen.rows()).isEmpty();
        }
    }
}
