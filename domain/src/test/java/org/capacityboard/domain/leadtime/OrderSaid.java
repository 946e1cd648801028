package org.capacityboard.domain.leadtime;

import java.nio.charset.StandardCharsets;
import java.time.Instant;

/** Order events and deliveries in a line each. */
final class OrderSaid {
    static final long MINUTE = 60_000;
    static final long HOUR = 60 * MINUTE;
    static final long DAY = 24 * HOUR;
    static final long WEEK = 7 * DAY;
    /** Monday, midnight UTC. */
    static final long T0 = Instant.parse("2026-01-05T00:00:00Z").toEpochMilli();

    private final String orderId;
    private final OrderChange change;
    private final long atMs;
    private long revision;
    private String productId = "shell";
    private String plantId = "P0001";
    private String buyer = "DEU";
    private long quantity = 10;
    private long confirmedAtMs;
    private long promisedAtMs;
    private int priority = OrderRecord.NO_PRIORITY;
    private String frameworkId = "";

    private OrderSaid(String orderId, OrderChange change, long atMs) {
        this.orderId = orderId;
        this.change = change;
        this.atMs = atMs;
        this.confirmedAtMs = atMs;
        this.promisedAtMs = atMs + 30 * DAY;
    }

    static OrderSaid confirmed(String orderId, long atMs) {
        return new OrderSaid(orderId, OrderChange.CONFIRMED, atMs);
    }

    /** Says what another event said, but for what is changed. */
    OrderSaid then(OrderChange next, long nextAtMs) {
        OrderSaid said = new OrderSaid(orderId, next, nextAtMs);
        said.revision = revision + 1;
        said.productId = productId;
        said.plantId = plantId;
        said.buyer = buyer;
        said.quantity = quantity;
        said.confirmedAtMs = confirmedAtMs;
        said.promisedAtMs = promisedAtMs;
        said.priority = priority;
        said.frameworkId = frameworkId;
        return said;
    }

    OrderSaid amended(long nextAtMs) {
        return then(OrderChange.AMENDED, nextAtMs);
    }

    OrderSaid cancelled(long nextAtMs) {
        return then(OrderChange.CANCELLED, nextAtMs);
    }

    OrderSaid revision(long is) {
        revision = is;
        return this;
    }

    OrderSaid product(String id) {
        productId = id;
        return this;
    }

    OrderSaid plant(String id) {
        plantId = id;
        return this;
    }

    OrderSaid buyer(String nation) {
        buyer = nation;
        return this;
    }

    OrderSaid quantity(long units) {
        quantity = units;
        return this;
    }

    OrderSaid confirmedAt(long ms) {
        confirmedAtMs = ms;
        return this;
    }

    OrderSaid promised(long ms) {
        promisedAtMs = ms;
        return this;
    }

    OrderSaid priority(int is) {
        priority = is;
        return this;
    }

    OrderSaid framework(String id) {
        frameworkId = id;
        return this;
    }

    long atMs() {
        return atMs;
    }

    OrderRecord record() {
        String text = String.join(
                "|",
                orderId,
                change.name(),
                "" + atMs,
                "" + revision,
                productId,
                plantId,
                buyer,
                "" + quantity,
                "" + confirmedAtMs,
                "" + promisedAtMs,
                "" + priority,
                frameworkId);
        return new OrderRecord(
                orderId,
                change,
                atMs,
                revision,
                productId,
                plantId,
                buyer,
                quantity,
                confirmedAtMs,
                promisedAtMs,
                priority,
                frameworkId.isEmpty() ? null : frameworkId,
                text.getBytes(StandardCharsets.UTF_8));
    }

    static DeliveryRecord accepted(String deliveryId, String orderId, long atMs, long quantity) {
        return delivery(deliveryId, orderId, DeliveryStage.ACCEPTED, atMs, quantity);
    }

    static DeliveryRecord dispatched(String deliveryId, String orderId, long atMs, long quantity) {
        return delivery(deliveryId, orderId, DeliveryStage.DISPATCHED, atMs, quantity);
    }

    static DeliveryRecord rejected(String deliveryId, String orderId, long atMs, long quantity) {
        return delivery(deliveryId, orderId, DeliveryStage.REJECTED, atMs, quantity);
    }

    static DeliveryRecord delivery(String deliveryId, String orderId, DeliveryStage stage, long atMs, long quantity) {
        String text = deliveryId + "|" + orderId + "|" + stage + "|" + atMs + "|" + quantity;
        return new DeliveryRecord(deliveryId, orderId, stage, atMs, quantity, text.getBytes(StandardCharsets.UTF_8));
    }
}
