package org.capacityboard.local.proof;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.capacityboard.flink.jobs.SurgeReadinessJob;
import org.capacityboard.local.jobs.BoardJob;
import org.capacityboard.local.kit.StackExtension;
import org.capacityboard.local.kit.TestBoard;
import org.capacityboard.local.proof.OracleSurgeStages.Stage;
import org.capacityboard.local.proof.StagedStream.Sending;
import org.capacityboard.oracle.Arrival;
import org.capacityboard.oracle.SurgeDifference;
import org.capacityboard.oracle.SurgeRows;
import org.capacityboard.oracle.SurgeStream;
import org.capacityboard.oracle.SurgeStreamOptions;
import org.capacityboard.process.settings.Settings;
import org.capacityboard.schemas.Topic;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A network through broker and database, while the process of the jobs is killed (SIGKILL) and the next one goes on. */
@ExtendWith(StackExtension.class)
@Timeout(300)
class OracleSurgeKilledIT {
    private static final List<String> TABLES = List.of(
            "surge_readiness", "surge_constraint", "material_cover", "supplier_criticality", "surge_computation");
    private static final int HISTORY_DAYS = 33;
    private static final int DAYS = 6;
    private static final int STAGES_IN_CHECKPOINT = 3;

    private final TestBoard board;

    OracleSurgeKilledIT(TestBoard board) {
        this.board = board;
    }

    @Test
    void closed_days_equal_the_oracle_and_no_version_ever_fell(@TempDir Path temporary) throws Exception {
        SurgeStream stream = SurgeStream.of(6_001, new SurgeStreamOptions(8, 42, Duration.ZERO, 0.01));
        OracleSurgeStages stages = new OracleSurgeStages(stream, HISTORY_DAYS, DAYS);
        FallenVersions fallen = FallenVersions.watch(board.settings(), TABLES);
        Settings settings = board.settings()
                // The broker's time is the present; an idle partition would be left out of account by that.
                .with("throughput.idle-after", "1h")
                // Long enough for a day to pass between two checkpoints.
                .with("checkpoint.interval", "3s");
        Path checkpoints = JobsProcess.checkpoints(settings, BoardJob.SURGE_READINESS);
        sendAll(stages.references());
        int passed = 0;
        try (JobsProcess process = JobsProcess.start(settings, temporary)) {
            // Days close from the first watermark on: it must be that of what came before.
            sendAll(stages.stages().get(passed++).records());
            JobsProcess.awaitOffsetsOf(SurgeReadinessJob.NAME, Topic.MATERIAL_STOCKS, board);
            while (passed < STAGES_IN_CHECKPOINT) {
                pass(stages.stages().get(passed++));
            }
            JobsProcess.awaitCheckpointAfter(JobsProcess.newest(checkpoints), checkpoints);
            JobsProcess.awaitOffsetsOf(SurgeReadinessJob.NAME, Topic.MATERIAL_STOCKS, board);
            pass(stages.stages().get(passed++));
            sendAll(stages.stages().get(passed++).records());
            process.kill();
        }
        assertThat(board.rows("select count(*) > 0 from capacity.surge_computation where computed_at > '"
                        + JobsProcess.newestTakenAt(checkpoints) + "'"))
                .as("rows were written since the checkpoint")
                .isEqualTo(List.of(List.of("t")));
        assertThat(board.committed(SurgeReadinessJob.NAME, Topic.MATERIAL_STOCKS))
                .as("records in the checkpoint")
                .isPositive()
                .isLessThan(board.endOffset(Topic.MATERIAL_STOCKS));

        try (JobsProcess again = JobsProcess.start(settings, temporary)) {
            awaitClosed(stages.stages().get(passed - 1));
            while (passed < stages.stages().size()) {
                pass(stages.stages().get(passed++));
            }
            again.stop();
        }

        SurgeRows expected = stages.expected();
        assertThat(expected.rows()).hasSizeGreaterThan(300);
        SurgeRows found = stages.ofStages(board.read(SurgeRows::fromDatabase));
        assertThat(SurgeDifference.describe(SurgeDifference.between(expected, found)))
                .as("seed %d", stream.seed())
                .isEmpty();
        assertThat(fallen.rows()).isEmpty();
    }

    private void sendAll(List<Sending> records) {
        for (Sending sending : records) {
            Arrival arrival = sending.arrival();
            String key = arrival.event() == null ? "?" : arrival.topic().key(arrival.event());
            board.send(arrival.topic(), sending.partition(), key.getBytes(StandardCharsets.UTF_8), arrival.value());
        }
        board.flush();
    }

    private void pass(Stage stage) throws Exception {
        sendAll(stage.records());
        awaitClosed(stage);
    }

    private void awaitClosed(Stage stage) throws Exception {
        board.awaitRows(
                "select final from capacity.surge_computation where as_of = '" + stage.closes() + "'",
                List.of(List.of("t")));
    }
}
