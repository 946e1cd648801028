package org.capacityboard.local.proof;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;
import org.apache.avro.specific.SpecificRecord;
import org.capacityboard.events.CapabilityArea;
import org.capacityboard.events.DeliveryEvent;
import org.capacityboard.events.DeliveryStage;
import org.capacityboard.events.OrderEvent;
import org.capacityboard.events.OrderEventType;
import org.capacityboard.events.Plant;
import org.capacityboard.events.Product;
import org.capacityboard.local.jobs.BoardJob;
import org.capacityboard.local.kit.StackExtension;
import org.capacityboard.local.kit.TestBoard;
import org.capacityboard.process.settings.Settings;
import org.capacityboard.schemas.EventCodec;
import org.capacityboard.schemas.Topic;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Everything that may be sent of orders and deliveries by mistake, through the real broker and job, while a healthy order goes on: what cannot be is refused in
 * a sentence, what is odd stays a flag of its order, the job does not start again, and the healthy order's figures stay what they are. Time is that of the
 * events: it goes on by {@link #TICK} whenever somebody waits.
 */
@ExtendWith(StackExtension.class)
@Timeout(180)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LeadTimeBadInputIT {
    private static final String PLANT = "0A1B2";
    private static final String PRODUCT = "shell";
    private static final String OTHER_PRODUCT = "fuze";
    private static final Duration TICK = Duration.ofSeconds(70);
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(300);

    private final TestBoard board;
    private final Instant start = Instant.now().truncatedTo(ChronoUnit.MILLIS);
    private Instant now = start;
    private long healthyUnits;
    private int orders;

    LeadTimeBadInputIT(TestBoard board) {
        this.board = board;
    }

    @BeforeAll
    void a_healthy_order_is_delivered_unit_by_unit() throws Exception {
        Settings quick = board.settings()
                .with("throughput.idle-after", "1s")
                .with("throughput.future-guard", "24h")
                .with("leadtime.unknown-order-wait", "1s");
        board.send(List.of(
                Plant.newBuilder()
                        .setPlantId(PLANT)
                        .setName("Works One")
                        .setNation("POL")
                        .setParentEntity("Works Group")
                        .setLatitude(52.1)
                        .setLongitude(21.0)
                        .setTimeZone("UTC")
                        .build(),
                product(PRODUCT),
                product(OTHER_PRODUCT)));
        Instant fiveDaysAgo = start.minus(Duration.ofDays(5));
        OrderEvent.Builder done = confirmed("done", 1)
                .setProductId(PRODUCT)
                .setEventTime(fiveDaysAgo)
                .setConfirmedAt(fiveDaysAgo);
        OrderEvent.Builder healthy = confirmed("healthy", 1_000_000)
                .setProductId(PRODUCT)
                .setEventTime(fiveDaysAgo)
                .setConfirmedAt(fiveDaysAgo);
        Instant afterTwoDays = fiveDaysAgo.plus(Duration.ofDays(2));
        board.send(List.of(
                done.build(),
                healthy.build(),
                delivery("done", "done-a", DeliveryStage.DISPATCHED, 1)
                        .setEventTime(fiveDaysAgo)
                        .build(),
                delivery("done", "done-a", DeliveryStage.ACCEPTED, 1)
                        .setEventTime(afterTwoDays)
                        .build()));
        board.start(BoardJob.LEAD_TIME, quick);
        awaitHealthy();
    }

    @AfterEach
    void the_healthy_order_goes_on_and_the_job_did_not_start_again() throws Exception {
        awaitHealthy();
        board.assertNeverRestarted(BoardJob.LEAD_TIME);
    }

    @Test
    void more_is_delivered_than_was_ordered() throws Exception {
        String order = order(10);
        board.send(List.of(dispatched(order, "a", 12), accepted(order, "a", 12)));

        awaitStatus(order, "COMPLETED", 10, 12, "ACCEPTED_MORE_THAN_ORDERED");
    }

    @Test
    void units_are_accepted_that_are_still_to_be_dispatched() throws Exception {
        String order = order(10);
        Instant acceptedAt = now;
        board.send(List.of(accepted(order, "a", 4)));
        tick();
        board.send(List.of(dispatched(order, "a", 4)));

        assertThat(now).isAfter(acceptedAt);
        awaitStatus(order, "OPEN", 10, 4, "ACCEPTED_BEFORE_DISPATCH");
    }

    @Test
    void a_delivery_grows_on_its_way() throws Exception {
        String order = order(10);
        board.send(List.of(dispatched(order, "a", 3), accepted(order, "a", 4)));

        awaitStatus(order, "OPEN", 10, 4, "ACCEPTED_MORE_THAN_DISPATCHED");
    }

    @Test
    void units_are_accepted_before_their_order_was_confirmed() throws Exception {
        String order = order(10);
        Instant dayBefore = now.minus(Duration.ofDays(1));
        board.send(List.of(
                delivery(order, order + "-a", DeliveryStage.DISPATCHED, 4)
                        .setEventTime(dayBefore)
                        .build(),
                delivery(order, order + "-a", DeliveryStage.ACCEPTED, 4)
                        .setEventTime(dayBefore)
                        .build()));

        awaitStatus(order, "OPEN", 10, 4, "ACCEPTED_BEFORE_CONFIRMATION");
    }

    @Test
    void an_order_is_cancelled_that_is_complete() throws Exception {
        String order = order(10);
        board.send(List.of(dispatched(order, "a", 10), accepted(order, "a", 10)));
        tick();
        board.send(List.of(changed(order, OrderEventType.CANCELLED, 10)));

        awaitStatus(order, "COMPLETED", 10, 10, "CANCELLED_AFTER_COMPLETION");
    }

    @Test
    void units_are_accepted_of_an_order_that_was_cancelled() throws Exception {
        String order = order(10);
        board.send(List.of(dispatched(order, "a", 4), accepted(order, "a", 4)));
        tick();
        board.send(List.of(changed(order, OrderEventType.CANCELLED, 10)));
        tick();
        board.send(List.of(dispatched(order, "b", 6), accepted(order, "b", 6)));

        awaitStatus(order, "CANCELLED", 10, 4, "ACCEPTED_AFTER_CANCELLATION");
    }

    @Test
    void an_order_is_amended_below_what_was_accepted() throws Exception {
        String order = order(10);
        board.send(List.of(dispatched(order, "a", 6), accepted(order, "a", 6)));
        tick();
        board.send(List.of(changed(order, OrderEventType.AMENDED, 4)));

        awaitStatus(order, "COMPLETED", 4, 6, "ACCEPTED_MORE_THAN_ORDERED");
    }

    @Test
    void everything_comes_twice() throws Exception {
        String order = nextOrder();
        List<SpecificRecord> events =
                List.of(confirmed(order, 10).build(), dispatched(order, "a", 3), accepted(order, "a", 3));
        board.send(events);
        board.send(events);

        awaitStatus(order, "OPEN", 10, 3, "");
        assertThat(board.rows("select version from capacity.order_status where order_id = '" + order + "'"))
                .containsExactly(List.of("3"));
    }

    @Test
    void a_delivery_that_overtakes_its_order_waits_and_counts() throws Exception {
        int before = refusals().size();
        String order = nextOrder();
        board.send(List.of(dispatched(order, "a", 3), accepted(order, "a", 3)));
        board.send(List.of(confirmed(order, 10).build()));

        awaitStatus(order, "OPEN", 10, 3, "");
        assertThat(refusals()).hasSize(before);
    }

    @Test
    void nothing_is_ordered() throws Exception {
        assertRefused(
                confirmed(nextOrder(), 0).build(),
                "BAD_VALUE",
                "Field 'quantity' of orders is 0",
                "Maybe ",
                "cancel it instead");
    }

    @Test
    void less_than_nothing_is_ordered() throws Exception {
        assertRefused(
                confirmed(nextOrder(), -5).build(), "NEGATIVE_COUNT", "Field 'quantity' of orders is -5", "Maybe ");
    }

    @Test
    void nothing_is_delivered() throws Exception {
        assertRefused(accepted(order(10), "a", 0), "BAD_VALUE", "Field 'quantity' of deliveries is 0", "Maybe ");
    }

    @Test
    void less_than_nothing_is_delivered() throws Exception {
        assertRefused(accepted(order(10), "a", -5), "NEGATIVE_COUNT", "Field 'quantity' of deliveries is -5", "Maybe ");
    }

    @Test
    void a_promise_before_the_confirmation() throws Exception {
        Instant dayBefore = now.minus(Duration.ofDays(1));

        assertRefused(
                confirmed(nextOrder(), 10).setPromisedAt(dayBefore).build(),
                "BAD_INTERVAL",
                "Field 'promisedAt' of orders is " + dayBefore,
                "Maybe ");
    }

    @Test
    void a_confirmation_that_has_not_happened_yet() throws Exception {
        Instant inThreeDays = now.plus(Duration.ofDays(3));

        assertRefused(
                confirmed(nextOrder(), 10).setConfirmedAt(inThreeDays).build(),
                "BAD_VALUE",
                "Field 'confirmedAt' of orders is " + inThreeDays,
                "Maybe ");
    }

    @Test
    void a_delivery_of_an_order_that_nobody_confirmed() throws Exception {
        String order = nextOrder();

        assertRefused(accepted(order, "a", 5), "UNKNOWN_ORDER", order, "Maybe ");
    }

    @Test
    void an_amendment_of_an_order_that_nobody_confirmed() throws Exception {
        String order = nextOrder();

        assertRefused(changed(order, OrderEventType.AMENDED, 5), "UNKNOWN_ORDER", order, "Maybe ");
    }

    @Test
    void a_cancellation_of_an_order_that_nobody_confirmed() throws Exception {
        String order = nextOrder();

        assertRefused(changed(order, OrderEventType.CANCELLED, 5), "UNKNOWN_ORDER", order, "Maybe ");
    }

    @Test
    void an_order_at_a_plant_that_does_not_exist() throws Exception {
        String order = nextOrder();

        assertRefused(
                confirmed(order, 10).setPlantId("9Z9Z9").build(), "UNKNOWN_REFERENCE", order, "plant 9Z9Z9", "Maybe ");
    }

    @Test
    void an_order_of_a_product_that_does_not_exist() throws Exception {
        String order = nextOrder();

        assertRefused(
                confirmed(order, 10).setProductId("no-such-product").build(),
                "UNKNOWN_REFERENCE",
                order,
                "product no-such-product",
                "Maybe ");
    }

    @Test
    void an_order_whose_id_is_a_sentence() throws Exception {
        assertRefused(
                confirmed("the one of Tuesday", 10).build(),
                "MALFORMED_ID",
                "Field 'orderId' of orders is \"the one of Tuesday\"",
                "Maybe ");
    }

    @Test
    void unreadable_bytes_among_the_orders() throws Exception {
        assertRefused(
                Topic.ORDERS, "no order".getBytes(StandardCharsets.UTF_8), "UNREADABLE", "the marker c301", "Maybe ");
    }

    @Test
    void unreadable_bytes_among_the_deliveries() throws Exception {
        assertRefused(
                Topic.DELIVERIES, new byte[] {(byte) 0xff, 0, 1}, "UNREADABLE", "it must start with the marker", "");
    }

    @Test
    void an_order_that_was_cut_off() throws Exception {
        byte[] whole = EventCodec.encode(confirmed(nextOrder(), 10).build());

        assertRefused(
                Topic.ORDERS,
                Arrays.copyOf(whole, whole.length - 6),
                "UNREADABLE",
                "is not what its schema says",
                "Maybe it was cut off");
    }

    @Test
    void a_delivery_among_the_orders() throws Exception {
        byte[] delivery = EventCodec.encode(accepted(order(10), "a", 5));

        assertRefused(Topic.ORDERS, delivery, "INCOMPATIBLE_SCHEMA", "Maybe ");
    }

    private void assertRefused(SpecificRecord event, String code, String... tellingParts) throws Exception {
        assertRefused(Topic.of(event), EventCodec.encode(event), code, tellingParts);
    }

    /** Sends it, and expects one more row that says why it was refused. */
    private void assertRefused(Topic topic, byte[] record, String code, String... tellingParts) throws Exception {
        int before = refusals().size();
        board.sendBytes(topic, "key", record);

        await(() -> refusals().size(), before + 1);
        List<String> newest = refusals().get(0);
        assertThat(newest.get(0)).isEqualTo(topic.baseName());
        assertThat(newest.get(1)).isEqualTo(code);
        assertThat(newest.get(2)).contains(tellingParts);
        assertThat(newest.get(3)).isNotEmpty();
    }

    private List<List<String>> refusals() throws SQLException {
        return board.rows("select topic, reason_code, reason, payload from capacity.rejected_event"
                + " order by computed_at desc, received_at desc");
    }

    private void awaitStatus(String order, String state, long ordered, long accepted, String flags) throws Exception {
        await(
                () -> board.rows(
                        "select state, ordered_units, accepted_units, flags from capacity.order_status where order_id = '"
                                + order + "'"),
                List.of(List.of(state, String.valueOf(ordered), String.valueOf(accepted), flags)));
    }

    private void awaitHealthy() throws Exception {
        long units = healthyUnits;
        await(
                () -> board.rows("select state, ordered_units, accepted_units >= " + units
                        + ", flags from capacity.order_status where order_id = 'healthy'"),
                List.of(List.of("OPEN", "1000000", "t", "")));
        await(
                () -> board.rows("select p50_days, orders_total, orders_completed, orders_open, orders_cancelled"
                        + " from capacity.lead_time where group_kind = 'product' and group_id = '" + PRODUCT
                        + "' and cohort = 'all' and basis = 'LAST_UNIT' order by as_of desc limit 1"),
                List.of(List.of("2", "2", "1", "1", "0")));
        assertThat(board.rows("select accepted_units from capacity.order_status where order_id = 'healthy'"))
                .allSatisfy(row -> assertThat(Long.parseLong(row.get(0))).isLessThanOrEqualTo(healthyUnits));
    }

    /** Looks again and again, and time goes on meanwhile. */
    private <T> void await(Callable<T> look, T expected) throws Exception {
        long giveUpAt = System.nanoTime() + PATIENCE.toNanos();
        T seen = look.call();
        while (!Objects.equals(seen, expected) && System.nanoTime() < giveUpAt) {
            tick();
            LockSupport.parkNanos(BETWEEN_LOOKS.toNanos());
            seen = look.call();
        }
        assertThat(seen).isEqualTo(expected);
    }

    /** Time goes on: the healthy order gets another unit. */
    private void tick() {
        now = now.plus(TICK);
        healthyUnits++;
        String delivery = "healthy-" + healthyUnits;
        board.send(List.of(
                delivery("healthy", delivery, DeliveryStage.DISPATCHED, 1).build(),
                delivery("healthy", delivery, DeliveryStage.ACCEPTED, 1).build()));
    }

    private String nextOrder() {
        orders++;
        return "odd-" + orders;
    }

    /** A new order that is confirmed. */
    private String order(long quantity) {
        String order = nextOrder();
        board.send(List.of(confirmed(order, quantity).build()));
        return order;
    }

    private OrderEvent.Builder confirmed(String order, long quantity) {
        return OrderEvent.newBuilder()
                .setOrderId(order)
                .setEventTime(now)
                .setType(OrderEventType.CONFIRMED)
                .setProductId(OTHER_PRODUCT)
                .setPlantId(PLANT)
                .setBuyerNation("NOR")
                .setQuantity(quantity)
                .setConfirmedAt(start)
                .setPromisedAt(start.plus(Duration.ofDays(30)));
    }

    private OrderEvent changed(String order, OrderEventType type, long quantity) {
        return confirmed(order, quantity).setType(type).setRevision(1).build();
    }

    private DeliveryEvent dispatched(String order, String delivery, long quantity) {
        return delivery(order, order + "-" + delivery, DeliveryStage.DISPATCHED, quantity)
                .build();
    }

    private DeliveryEvent accepted(String order, String delivery, long quantity) {
        return delivery(order, order + "-" + delivery, DeliveryStage.ACCEPTED, quantity)
                .build();
    }

    private DeliveryEvent.Builder delivery(String order, String delivery, DeliveryStage stage, long quantity) {
        return DeliveryEvent.newBuilder()
                .setDeliveryId(delivery)
                .setOrderId(order)
                .setEventTime(now)
                .setStage(stage)
                .setQuantity(quantity);
    }

    private static Product product(String id) {
        return Product.newBuilder()
                .setProductId(id)
                .setName("Product " + id)
                .setCapabilityArea(CapabilityArea.AMMUNITION)
                .build();
    }
}
