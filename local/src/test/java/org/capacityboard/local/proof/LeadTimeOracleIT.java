package org.capacityboard.local.proof;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.avro.specific.SpecificRecord;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.capacityboard.events.DeliveryEvent;
import org.capacityboard.events.DeliveryStage;
import org.capacityboard.events.OrderEvent;
import org.capacityboard.flink.jobs.JobEnvironment;
import org.capacityboard.flink.jobs.ReplayJob;
import org.capacityboard.local.kit.StackExtension;
import org.capacityboard.local.kit.TestBoard;
import org.capacityboard.local.replay.Replay;
import org.capacityboard.oracle.Arrival;
import org.capacityboard.oracle.LeadTimeDifference;
import org.capacityboard.oracle.LeadTimeRows;
import org.capacityboard.oracle.LeadTimeTable;
import org.capacityboard.oracle.Oracle;
import org.capacityboard.oracle.OracleInput;
import org.capacityboard.oracle.OrderStream;
import org.capacityboard.oracle.OrderStreamOptions;
import org.capacityboard.process.settings.RoleLogin;
import org.capacityboard.process.settings.Settings;
import org.capacityboard.schemas.EventCodec;
import org.capacityboard.schemas.Topic;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Seeded streams of orders through a replay end in the rows of the oracle. */
@ExtendWith(StackExtension.class)
@Timeout(120)
class LeadTimeOracleIT {
    private static final int STREAMS = 100;
    private static final int OLD_EVERY = 25;
    private static final OrderStreamOptions SIZE = OrderStreamOptions.DEFAULT.withMaxOrders(20);

    static Stream<Integer> seeds() {
        // Others than those on which the order book alone is compared.
        return IntStream.range(1_000, 1_000 + Integer.getInteger("oracle.replays", STREAMS))
                .boxed();
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void a_seeded_stream_ends_in_the_rows_of_the_oracle(int seed, TestBoard board, @TempDir Path folder)
            throws Exception {
        OrderStream stream = OrderStream.of(seed, SIZE.withOldOrders(seed % OLD_EVERY == 0 ? 3 : 0));

        LeadTimeRows found = replay(stream.arrivals(), stream, board, folder);

        LeadTimeRows expected = Oracle.leadTimes(stream.input(stream.until()));
        assertThat(LeadTimeDifference.describe(LeadTimeDifference.between(expected, found)))
                .as("seed %d, horizon %s, until %s", seed, stream.horizon(), stream.until())
                .isEmpty();
        assertThat(board.rows("select (topic || ' ' || reason_code) collate \"C\" as kind, count(*)"
                        + " from capacity.rejected_event group by kind order by kind"))
                .as("refusals of seed %d", seed)
                .isEqualTo(refusals(stream));
    }

    /** What lies beyond the end is passed over and not refused. */
    private static List<List<String>> refusals(OrderStream stream) {
        Map<String, Long> counts = stream.arrivals().stream()
                .filter(arrival ->
                        arrival.refusedAs() != null && !eventTime(arrival).isAfter(stream.until()))
                .collect(Collectors.groupingBy(
                        arrival -> arrival.topic().baseName() + " " + arrival.refusedAs(),
                        TreeMap::new,
                        Collectors.counting()));
        List<List<String>> rows = new ArrayList<>();
        counts.forEach((kind, count) -> rows.add(List.of(kind, String.valueOf(count))));
        return rows;
    }

    private static Instant eventTime(Arrival arrival) {
        SpecificRecord event = arrival.event();
        if (event instanceof OrderEvent order) {
            return order.getEventTime();
        }
        return event instanceof DeliveryEvent delivery ? delivery.getEventTime() : Instant.EPOCH;
    }

    /** Runs the replay's graph on the servers that all seeds share. */
    private static LeadTimeRows replay(List<Arrival> arrivals, OrderStream stream, TestBoard board, Path folder)
            throws IOException, SQLException {
        OrderStream.writeJsonLines(arrivals, folder);
        Settings settings = settings(board, stream);
        clear(settings);
        StreamExecutionEnvironment environment =
                StreamExecutionEnvironment.getExecutionEnvironment(JobEnvironment.bounded(settings));
        ReplayJob.define(environment, folder, stream.until(), settings);
        board.cluster().run(environment, ReplayJob.NAME);
        return board.read(LeadTimeRows::fromDatabase);
    }

    private static Settings settings(TestBoard board, OrderStream stream) {
        return board.settings().with("throughput.horizon", stream.horizon().toSeconds() + "s");
    }

    private static void clear(Settings settings) throws SQLException {
        RoleLogin login = settings.database().migrator();
        try (Connection connection = DriverManager.getConnection(
                        settings.database().url(),
                        login.user(),
                        Objects.requireNonNull(login.password()).reveal());
                Statement statement = connection.createStatement()) {
            statement.execute("truncate store.lead_time, store.lead_time_curve, store.order_backlog,"
                    + " store.on_time_week, store.order_status, store.rejected_event, store.plant, store.product");
        }
    }

    @Test
    void files_do_not_depend_on_the_run_nor_on_the_order_of_arrival(TestBoard board, @TempDir Path folder)
            throws Exception {
        OrderStream stream = OrderStream.of(7, SIZE);
        List<Arrival> otherOrder = stream.arrivalsInOtherOrder();
        assertThat(values(otherOrder)).isNotEqualTo(values(stream.arrivals()));
        OrderStream.writeJsonLines(stream.arrivals(), folder.resolve("events"));
        OrderStream.writeJsonLines(otherOrder, folder.resolve("other-events"));
        Replay replay = new Replay(settings(board, stream));
        replay.run(folder.resolve("events"), folder.resolve("once"), stream.until());
        replay.run(folder.resolve("events"), folder.resolve("twice"), stream.until());
        replay.run(folder.resolve("other-events"), folder.resolve("other"), stream.until());

        assertThat(LeadTimeRows.fromCsv(folder.resolve("once")).rows()).hasSizeGreaterThan(1_000);
        for (LeadTimeTable table : LeadTimeTable.values()) {
            String file = table.viewName() + ".csv";
            String once = Files.readString(folder.resolve("once").resolve(file));
            assertThat(Files.readString(folder.resolve("twice").resolve(file)))
                    .as("%s, again", file)
                    .isEqualTo(once);
            assertThat(Files.readString(folder.resolve("other").resolve(file)))
                    .as("%s, in another order", file)
                    .isEqualTo(once);
        }
    }

    private static List<String> values(List<Arrival> arrivals) {
        return arrivals.stream().map(arrival -> String.valueOf(arrival.event())).toList();
    }

    @Test
    void a_record_beyond_the_horizon_changes_no_day_or_week_that_is_final(TestBoard board, @TempDir Path folder)
            throws Exception {
        OrderStream stream = OrderStream.of(3, SIZE.withHorizon(Duration.ofHours(24)));
        Instant covered = stream.arrivals().stream()
                .map(LeadTimeOracleIT::eventTime)
                .filter(time -> !time.isAfter(stream.until()))
                .max(Comparator.naturalOrder())
                .orElseThrow()
                .minus(OracleInput.DISORDER);
        List<Arrival> withLate = new ArrayList<>(stream.arrivals());
        for (DeliveryEvent late : lateDeliveries(stream, covered.minus(Duration.ofDays(20)))) {
            withLate.add(new Arrival(
                    Topic.DELIVERIES,
                    EventCodec.encode(late),
                    late,
                    stream.until().minusMillis(1),
                    null));
        }

        LeadTimeRows found = replay(withLate, stream, board, folder);

        LeadTimeRows before = Oracle.leadTimes(stream.input(covered))
                .filter((key, row) -> LeadTimeRows.isFinal(row) && key.table() != LeadTimeTable.ORDER_STATUS);
        LeadTimeRows with = Oracle.leadTimes(OrderStream.input(withLate, stream.until(), stream.horizon()));
        assertThat(LeadTimeDifference.between(before.and(with), with))
                .as("days that would have changed")
                .isNotEmpty();
        assertThat(LeadTimeDifference.describe(LeadTimeDifference.between(before.and(with), found)))
                .isEmpty();
    }

    /** Accepted long ago, of orders that were known then, and told of only now. */
    private static List<DeliveryEvent> lateDeliveries(OrderStream stream, Instant acceptedAt) {
        return stream.arrivals().stream()
                .filter(arrival -> arrival.refusedAs() == null)
                .map(Arrival::event)
                .filter(OrderEvent.class::isInstance)
                .map(OrderEvent.class::cast)
                .filter(order -> order.getEventTime().isBefore(acceptedAt))
                .map(OrderEvent::getOrderId)
                .distinct()
                .limit(5)
                .map(orderId -> DeliveryEvent.newBuilder()
                        .setOrderId(orderId)
                        .setDeliveryId("late")
                        .setEventTime(acceptedAt)
                        .setStage(DeliveryStage.ACCEPTED)
                        .setQuantity(3)
                        .build())
                .toList();
    }
}
