package org.capacityboard.local.proof;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.capacityboard.flink.jobs.LeadTimeJob;
import org.capacityboard.local.jobs.BoardJob;
import org.capacityboard.local.kit.StackExtension;
import org.capacityboard.local.kit.TestBoard;
import org.capacityboard.local.proof.OracleLeadTimeStages.Stage;
import org.capacityboard.local.proof.StagedStream.Sending;
import org.capacityboard.oracle.Arrival;
import org.capacityboard.oracle.LeadTimeDifference;
import org.capacityboard.oracle.LeadTimeRows;
import org.capacityboard.oracle.OrderStream;
import org.capacityboard.oracle.OrderStreamOptions;
import org.capacityboard.process.settings.Settings;
import org.capacityboard.schemas.Topic;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Streams of orders through broker and database, while the process of the jobs is killed (SIGKILL) and the next one goes on. */
@ExtendWith(StackExtension.class)
@Timeout(120)
class OracleLeadTimeKilledIT {
    private static final int STAGES = 8;
    /** Long enough for a stage to pass between two checkpoints. */
    private static final String CHECKPOINT_INTERVAL = "3s";

    private static final List<String> TABLES =
            List.of("lead_time", "lead_time_curve", "order_backlog", "on_time_week", "order_status");

    /**
     * When the kill comes.
     *
     * @param stagesBeforeCheckpoint stages that are in the checkpoint
     * @param stagesAtOnce stages sent just before the kill without waiting for their rows
     */
    private record Moment(long seed, int stagesBeforeCheckpoint, int stagesAtOnce) {
        OracleLeadTimeStages stages() {
            // An order must be known before what waits for it is refused, which is after a day.
            OrderStreamOptions options = new OrderStreamOptions(25, 16, Duration.ofHours(16), 0, 0.03);
            return new OracleLeadTimeStages(OrderStream.of(seed, options), STAGES);
        }
    }

    static Stream<Moment> moments() {
        return Stream.of(new Moment(2_001, 1, 0), new Moment(2_002, 3, 3), new Moment(2_003, 5, 0));
    }

    @ParameterizedTest
    @MethodSource("moments")
    void final_rows_equal_the_oracle_and_no_version_ever_fell(Moment moment, TestBoard shared, @TempDir Path temporary)
            throws Exception {
        OracleLeadTimeStages stages = moment.stages();
        try (TestBoard board = shared.another("seed" + moment.seed)) {
            FallenVersions fallen = FallenVersions.watch(board.settings(), TABLES);
            Settings settings = settings(board, stages);
            Path checkpoints = JobsProcess.checkpoints(settings, BoardJob.LEAD_TIME);
            sendAll(stages.references(), board);
            int passed = 0;
            try (JobsProcess process = JobsProcess.start(settings, temporary)) {
                while (passed < moment.stagesBeforeCheckpoint) {
                    pass(stages.stages().get(passed++), board);
                }
                JobsProcess.awaitCheckpointAfter(JobsProcess.newest(checkpoints), checkpoints);
                JobsProcess.awaitOffsetsOf(LeadTimeJob.NAME, Topic.ORDERS, board);
                pass(stages.stages().get(passed++), board);
                for (int i = 0; i < moment.stagesAtOnce; i++) {
                    sendAll(stages.stages().get(passed++).records(), board);
                }
                process.kill();
            }
            assertThat(board.rows("select count(*) > 0 from capacity.order_backlog where computed_at > '"
                            + JobsProcess.newestTakenAt(checkpoints) + "'"))
                    .as("rows were written since the checkpoint")
                    .isEqualTo(List.of(List.of("t")));
            assertThat(board.committed(LeadTimeJob.NAME, Topic.ORDERS))
                    .as("records in the checkpoint")
                    .isPositive()
                    .isLessThan(board.endOffset(Topic.ORDERS));
            assertThat(board.endOffset(Topic.ORDERS)).isLessThan(stages.count(Topic.ORDERS));

            try (JobsProcess again = JobsProcess.start(settings, temporary)) {
                while (passed < stages.stages().size()) {
                    pass(stages.stages().get(passed++), board);
                }
                awaitRefusals(stages, board);
                again.stop();
            }

            LeadTimeRows expected = stages.expected();
            assertThat(expected.rows()).as("final rows").hasSizeGreaterThan(1_000);
            LeadTimeRows found = OracleLeadTimeStages.finalOf(board.read(LeadTimeRows::fromDatabase));
            assertThat(LeadTimeDifference.describe(LeadTimeDifference.between(expected, found)))
                    .as("seed %d", moment.seed)
                    .isEmpty();
            assertThat(fallen.rows()).isEmpty();
        }
    }

    private static Settings settings(TestBoard board, OracleLeadTimeStages stages) {
        return board.settings()
                .with("throughput.horizon", stages.stream().horizon().toSeconds() + "s")
                // The broker's time is the present; an idle partition would be left out of account by that.
                .with("throughput.idle-after", "1h")
                .with("checkpoint.interval", CHECKPOINT_INTERVAL);
    }

    private static void sendAll(List<Sending> records, TestBoard board) {
        for (Sending sending : records) {
            Arrival arrival = sending.arrival();
            String key = arrival.topic().key(Objects.requireNonNull(arrival.event()));
            board.send(arrival.topic(), sending.partition(), key.getBytes(StandardCharsets.UTF_8), arrival.value());
        }
        board.flush();
    }

    /** Sends a stage, and waits until the days that it closes are there. */
    private static void pass(Stage stage, TestBoard board) throws Exception {
        sendAll(stage.records(), board);
        Instant watermark = stage.watermark();
        LocalDate closed = watermark.atZone(ZoneOffset.UTC).toLocalDate().minusDays(1);
        board.awaitRows(
                "select coalesce(max(as_of) >= '" + closed
                        + "', false) from capacity.order_backlog where group_kind = 'alliance'",
                List.of(List.of("t")));
    }

    /** Waits until all that must be refused is, and nothing else. */
    private static void awaitRefusals(OracleLeadTimeStages stages, TestBoard board) throws Exception {
        List<List<String>> expected = new ArrayList<>();
        stages.stream().arrivals().stream()
                .filter(arrival -> arrival.refusedAs() != null)
                .collect(Collectors.groupingBy(
                        arrival -> arrival.topic().baseName() + " " + arrival.refusedAs(),
                        TreeMap::new,
                        Collectors.counting()))
                .forEach((kind, count) -> expected.add(List.of(kind, String.valueOf(count))));
        assertThat(TestBoard.await(() -> refusals(board), expected)).isEqualTo(expected);
    }

    private static List<List<String>> refusals(TestBoard board) throws SQLException {
        return board.rows("select (topic || ' ' || reason_code) collate \"C\" as kind, count(*)"
                + " from capacity.rejected_event group by kind order by kind");
    }
}
