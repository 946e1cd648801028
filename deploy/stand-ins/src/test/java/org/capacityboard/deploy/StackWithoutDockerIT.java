package org.capacityboard.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Future;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.capacityboard.deploy.Stack.Outcome;
import org.capacityboard.events.CapabilityArea;
import org.capacityboard.events.Line;
import org.capacityboard.events.LineTelemetry;
import org.capacityboard.events.MachineState;
import org.capacityboard.events.Product;
import org.capacityboard.events.ProductCycle;
import org.capacityboard.oracle.Arrival;
import org.capacityboard.oracle.Oracle;
import org.capacityboard.oracle.OracleDifference;
import org.capacityboard.oracle.OracleInput;
import org.capacityboard.oracle.OracleRows;
import org.capacityboard.oracle.SeededStream;
import org.capacityboard.oracle.StreamOptions;
import org.capacityboard.schemas.EventCodec;
import org.capacityboard.schemas.Topic;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real processes from the built artefacts: broker, database, JobManager, TaskManager, the jobs, the viewer. */
final class StackWithoutDockerIT {
    private static final String PREFIX = "capacity";
    private static final long SEED = 7;
    private static final StreamOptions SMALL =
            new StreamOptions(4, 200, Duration.ofHours(2), StreamOptions.References.FIRST, 0.01);
    private static final Duration DISORDER = Duration.ofSeconds(30);
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    /** No partition counts as idle while the test runs, so time covered is what the events say, to the millisecond. */
    private static final Map<String, String> SETTINGS = Map.of(
            "CAPACITY_THROUGHPUT_HORIZON", "2h",
            "CAPACITY_THROUGHPUT_IDLE_AFTER", "1h",
            "CAPACITY_THROUGHPUT_UNKNOWN_LINE_WAIT", "5s",
            "CAPACITY_CHECKPOINT_INTERVAL", "2s",
            "CAPACITY_JOB_PARALLELISM", "1");

    @Test
    void rows_equal_the_oracle_and_a_second_start_goes_on_where_the_first_stopped(@TempDir Path directory)
            throws Exception {
        SeededStream stream = SeededStream.of(SEED, SMALL);
        Arrival closing = closing(stream);
        OracleRows expected = expected(stream, closing);
        List<Arrival> references = stream.arrivals().stream()
                .filter(arrival -> arrival.topic() != Topic.LINE_TELEMETRY)
                .toList();
        List<Arrival> telemetry = stream.arrivals().stream()
                .filter(arrival -> arrival.topic() == Topic.LINE_TELEMETRY)
                .toList();
        int half = telemetry.size() / 2;
        try (Stack stack = Stack.assembled(directory, SETTINGS)) {
            started(stack);
            send(stack, products(stream));
            send(stack, references);
            await(stack, "SELECT count(DISTINCT line_id) FROM capacity.line", lines -> lines == lineCount(stream));
            send(stack, telemetry.subList(0, half));
            sendToEveryPartition(stack, newest(telemetry.subList(0, half)));
            await(stack, "SELECT count(*) FROM capacity.line_product_hour", rows -> rows > 0);

            assertThat(stack.stop().exitCode()).isZero();
            assertThat(stack.status())
                    .isEqualTo(
                            new Outcome(
                                    1,
                                    """
                    broker does not run
                    database does not run
                    jobmanager does not run
                    taskmanager does not run
                    viewer does not run
                    """));
            started(stack);

            send(stack, telemetry.subList(half, telemetry.size()));
            sendToEveryPartition(stack, closing);
            await(
                    stack,
                    "SELECT count(*) FROM capacity.line_product_minute WHERE final",
                    rows -> rows >= count(expected, "line_product_minute"));
            await(
                    stack,
                    "SELECT count(*) FROM capacity.line_product_day WHERE final",
                    rows -> rows >= count(expected, "line_product_day"));
            try (Connection reader = stack.reader()) {
                OracleRows found = settled(OracleRows.fromDatabase(reader));
                assertThat(OracleDifference.describe(OracleDifference.between(expected, found)))
                        .isEmpty();
                assertThat(found.rows()).isNotEmpty();
            }
            await(
                    stack,
                    "SELECT count(*) FROM capacity.rejected_event",
                    refused -> refused == stream.rubbish().size());
            assertThat(answer(stack, "/readyz")).startsWith("ready");
            assertThat(answer(stack, "/api/home")).contains("\"uid\":\"board-overview\"", "\"lines\":{");
        }
    }

    @Test
    void a_taken_port_is_named_before_anything_starts(@TempDir Path directory) throws Exception {
        Stack stack = Stack.assembled(directory, Map.of());
        try (ServerSocket taken = new ServerSocket(stack.base() + 3, 1, InetAddress.getLoopbackAddress())) {
            Outcome outcome = stack.start();
            assertThat(outcome.exitCode()).isEqualTo(1);
            assertThat(outcome.output())
                    .startsWith("port '" + taken.getLocalPort() + "' is taken")
                    .contains("\nMaybe another stack runs here");
            assertThat(stack.status().exitCode()).isEqualTo(1);
        }
    }

    private static void started(Stack stack) throws Exception {
        Outcome outcome = stack.start();
        assertThat(outcome.exitCode()).as(outcome.output()).isZero();
        assertThat(stack.status().exitCode()).isZero();
    }

    private static String answer(Stack stack, String path) throws Exception {
        return Objects.requireNonNull(HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(stack.page(path)).build(), HttpResponse.BodyHandlers.ofString())
                .body());
    }

    /** The valid report with the highest time. */
    private static Arrival newest(List<Arrival> telemetry) {
        return telemetry.stream()
                .filter(arrival -> arrival.refusedAs() == null)
                .max(Comparator.comparing(arrival ->
                        arrival.event() instanceof LineTelemetry report ? report.getEventTime() : Instant.MIN))
                .orElseThrow();
    }

    /** A report of a new session so late in time that everything before it is final. */
    private static Arrival closing(SeededStream stream) {
        Line line = lines(stream).findFirst().orElseThrow();
        Instant time = stream.settled();
        LineTelemetry report = LineTelemetry.newBuilder()
                .setLineId(line.getLineId())
                .setSessionId(time.toEpochMilli())
                .setSequence(0)
                .setEventTime(time)
                .setState(MachineState.STOPPED)
                .setGoodCount(0)
                .setScrapCount(0)
                .build();
        return new Arrival(Topic.LINE_TELEMETRY, EventCodec.encode(report), report, time, null);
    }

    /** What the lines say they make: a line of a product that nobody knows is refused. */
    private static List<Arrival> products(SeededStream stream) {
        return lines(stream)
                .flatMap(line -> Stream.concat(
                        Stream.of(line.getProductId()),
                        line.getCycles() == null
                                ? Stream.of()
                                : line.getCycles().stream().map(ProductCycle::getProductId)))
                .distinct()
                .map(productId -> Product.newBuilder()
                        .setProductId(productId)
                        .setName("Product " + productId)
                        .setCapabilityArea(CapabilityArea.COMPONENT)
                        .setBillOfMaterials(List.of())
                        .build())
                .map(product -> new Arrival(Topic.PRODUCTS, EventCodec.encode(product), product, stream.until(), null))
                .toList();
    }

    /** Every valid version of every line. */
    private static Stream<Line> lines(SeededStream stream) {
        return stream.arrivals().stream()
                .filter(arrival -> arrival.refusedAs() == null && arrival.event() instanceof Line)
                .map(arrival -> (Line) arrival.event());
    }

    /** What stands in the end: every row that can no longer change. */
    private static OracleRows expected(SeededStream stream, Arrival closing) {
        List<Arrival> arrivals = new ArrayList<>(stream.arrivals());
        arrivals.add(closing);
        Instant covered = stream.settled().minus(DISORDER);
        return settled(Oracle.throughput(OracleInput.replayed(arrivals, covered, stream.horizon())));
    }

    /** What can no longer change. */
    private static OracleRows settled(OracleRows rows) {
        return rows.filter((key, row) -> row.isFinal());
    }

    private static long count(OracleRows rows, String view) {
        return rows.rows().keySet().stream()
                .filter(key -> key.table().viewName().equals(view))
                .count();
    }

    private static long lineCount(SeededStream stream) {
        return lines(stream).map(Line::getLineId).distinct().count();
    }

    private static void send(Stack stack, List<Arrival> arrivals) throws Exception {
        List<ProducerRecord<String, byte[]>> records = new ArrayList<>();
        for (Arrival arrival : arrivals) {
            String key = arrival.event() == null ? "rubbish" : arrival.topic().key(arrival.event());
            records.add(new ProducerRecord<>(arrival.topic().topicName(PREFIX), key, arrival.value()));
        }
        produce(stack, records);
    }

    /** Time goes on when every partition has said so. */
    private static void sendToEveryPartition(Stack stack, Arrival arrival) throws Exception {
        List<ProducerRecord<String, byte[]>> records = new ArrayList<>();
        for (int partition = 0; partition < arrival.topic().partitions(); partition++) {
            records.add(new ProducerRecord<>(arrival.topic().topicName(PREFIX), partition, "closing", arrival.value()));
        }
        produce(stack, records);
    }

    private static void produce(Stack stack, List<ProducerRecord<String, byte[]>> records) throws Exception {
        List<Future<RecordMetadata>> sent = new ArrayList<>();
        try (KafkaProducer<String, byte[]> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", stack.bootstrap(), "acks", "all"),
                new StringSerializer(),
                new ByteArraySerializer())) {
            records.forEach(record -> sent.add(producer.send(record)));
        }
        for (Future<RecordMetadata> record : sent) {
            record.get();
        }
    }

    private static void await(Stack stack, String question, Predicate<Long> enough) throws Exception {
        Instant deadline = Instant.now().plus(PATIENCE);
        try (Connection reader = stack.reader();
                Statement statement = reader.createStatement()) {
            long answer = -1;
            while (Instant.now().isBefore(deadline)) {
                // The server waits between two looks, so that they take nothing from the jobs.
                statement.execute("SELECT pg_sleep(0.3)");
                try (ResultSet result = statement.executeQuery(question)) {
                    result.next();
                    answer = result.getLong(1);
                }
                if (enough.test(answer)) {
                    return;
                }
            }
            fail(question + " says " + answer + "; the processes: "
                    + stack.status().output());
        }
    }
}
