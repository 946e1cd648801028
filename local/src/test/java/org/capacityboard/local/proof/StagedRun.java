package org.capacityboard.local.proof;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.apache.avro.specific.SpecificRecord;
import org.capacityboard.flink.jobs.ThroughputJob;
import org.capacityboard.local.kit.TestBoard;
import org.capacityboard.local.proof.StagedStream.Sending;
import org.capacityboard.local.proof.StagedStream.Stage;
import org.capacityboard.oracle.Arrival;
import org.capacityboard.oracle.OracleDifference;
import org.capacityboard.oracle.OracleRows;
import org.capacityboard.process.settings.Settings;
import org.capacityboard.schemas.Topic;

/** A staged stream on its way through a board. */
final class StagedRun {
    private final TestBoard board;
    private final StagedStream stream;
    private int passed;

    StagedRun(TestBoard board, StagedStream stream) {
        this.board = board;
        this.stream = stream;
    }

    /** Settings under which a stream that plays in the past is judged as it would have been then. */
    static Settings settings(TestBoard board, StagedStream stream) {
        return board.settings()
                .with("throughput.horizon", stream.stream().horizon().toSeconds() + "s")
                // The broker's time is the present; an idle partition would be left out of account by that.
                .with("throughput.idle-after", "1h")
                .with("throughput.unknown-line-wait", "1s");
    }

    /** Sends what is to be known before the jobs start. */
    void prepare() {
        sendAll(stream.stages().get(0).references());
    }

    /** Sends the next stages without waiting for anything. */
    void send(int stages) {
        for (int i = 0; i < stages; i++) {
            Stage stage = next();
            sendReferences(stage);
            sendAll(stage.reports());
        }
    }

    /** Sends stage after stage, each when the windows of the one before are closed. */
    void pass(int stages) throws Exception {
        for (int i = 0; i < stages; i++) {
            Stage stage = next();
            sendReferences(stage);
            awaitReferences(stage);
            sendAll(stage.reports());
            awaitClosed(stage.watermark());
        }
    }

    /** Passes all stages that are left. */
    void passRest() throws Exception {
        pass(stream.stages().size() - passed);
    }

    private Stage next() {
        return stream.stages().get(passed++);
    }

    private void sendReferences(Stage stage) {
        if (passed > 1) {
            sendAll(stage.references());
        }
    }

    private void sendAll(List<Sending> records) {
        records.forEach(this::send);
        board.flush();
    }

    private void send(Sending sending) {
        Arrival arrival = sending.arrival();
        SpecificRecord event = arrival.event();
        String key = event == null ? "?" : arrival.topic().key(event);
        board.send(arrival.topic(), sending.partition(), key.getBytes(StandardCharsets.UTF_8), arrival.value());
    }

    /** Waits until a checkpoint covers the stage's reference data: then every operator has taken it. */
    private void awaitReferences(Stage stage) throws Exception {
        Set<Topic> topics = EnumSet.noneOf(Topic.class);
        stage.references().stream()
                .filter(sending -> sending.arrival().refusedAs() == null)
                .forEach(sending -> topics.add(sending.arrival().topic()));
        for (Topic topic : topics) {
            long sent = board.endOffset(topic);
            Sending repeated = stream.repeatable(topic);
            Callable<Boolean> look = () -> {
                // A reader that waits for records tells the broker of a checkpoint only when the next one comes.
                send(repeated);
                return board.committed(ThroughputJob.NAME, topic) >= sent;
            };
            assertThat(TestBoard.await(look, true))
                    .as("%d records of %s are in a checkpoint", sent, topic)
                    .isTrue();
        }
    }

    /** Waits until a pulse's row that closes at this watermark is there. */
    private void awaitClosed(Instant watermark) throws Exception {
        board.awaitRows(
                "select coalesce(max(watermark) >= '" + watermark + "', false) from capacity.line_product_minute"
                        + " where line_id like '" + StagedStream.PULSE + "%'",
                List.of(List.of("t")));
    }

    /** Waits until all that must be refused is, and nothing else. */
    void awaitRejections() throws Exception {
        Map<String, Integer> expected = new TreeMap<>();
        for (Arrival arrival : stream.stream().rubbish()) {
            expected.merge(arrival.topic().baseName() + " " + arrival.refusedAs(), 1, Integer::sum);
        }
        List<List<String>> counts = new ArrayList<>();
        expected.forEach((kind, count) -> counts.add(List.of(kind, String.valueOf(count))));
        assertThat(TestBoard.await(this::rejections, counts)).isEqualTo(counts);
    }

    private List<List<String>> rejections() throws SQLException {
        List<List<String>> rows = new ArrayList<>(
                board.rows("select topic || ' ' || reason_code, count(*) from capacity.rejected_event group by 1"));
        rows.sort(Comparator.comparing(row -> row.get(0)));
        return rows;
    }

    /** Compares what the database says of final windows with the oracle. */
    void compareWithOracle() throws SQLException {
        OracleRows expected = stream.expected();
        assertThat(expected.rows()).as("final rows").hasSizeGreaterThan(100);
        assertThat(OracleDifference.describe(OracleDifference.between(expected, found())))
                .as("seed %d", stream.stream().seed())
                .isEmpty();
    }

    /** The final rows in the database. */
    OracleRows found() throws SQLException {
        return StagedStream.finalOf(board.read(OracleRows::fromDatabase));
    }

    /** Ids of one kind that a table of reference data holds. */
    List<String> known(String view, String column) throws SQLException {
        Stream<List<String>> rows =
                board
                        .rows("select distinct " + column + " collate \"C\" from capacity." + view + " order by 1")
                        .stream();
        return rows.map(row -> row.get(0)).toList();
    }
}
