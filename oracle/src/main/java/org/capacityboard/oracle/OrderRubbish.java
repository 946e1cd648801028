package org.capacityboard.oracle;

import java.time.Instant;
import org.apache.avro.specific.SpecificRecord;
import org.capacityboard.events.DeliveryEvent;
import org.capacityboard.events.DeliveryStage;
import org.capacityboard.events.OrderEvent;
import org.capacityboard.events.OrderEventType;

/** Orders and deliveries that must be refused, one kind after the other, each under its reason code. */
final class OrderRubbish {
    private static final int KINDS = 12;

    /** A record, and why it is refused. */
    record Refused(SpecificRecord event, long atMs, String reason) {}

    private final OrderScene scene;
    private final Chance chance;
    private int kind;

    OrderRubbish(OrderScene scene, Chance chance) {
        this.scene = scene;
        this.chance = chance;
        this.kind = chance.upTo(KINDS - 1);
    }

    /** The next one; {@code orderId} is one that exists. */
    Refused next(String orderId) {
        long atMs = chance.between(scene.startMs(), scene.endMs());
        Instant at = Instant.ofEpochMilli(atMs);
        kind = (kind + 1) % KINDS;
        return switch (kind) {
            case 0 -> refused(order(orderId, at).setQuantity(0), atMs, "BAD_VALUE");
            case 1 -> refused(order(orderId, at).setQuantity(-chance.between(1, 9)), atMs, "NEGATIVE_COUNT");
            case 2 -> refused(order(orderId, at).setPromisedAt(at.minusSeconds(86_401)), atMs, "BAD_INTERVAL");
            case 3 ->
                refused(
                        order(orderId, at)
                                .setConfirmedAt(at.plusSeconds(301 + chance.upTo(9_000)))
                                .setPromisedAt(at.plusSeconds(99_999)),
                        atMs,
                        "BAD_VALUE");
            case 4 ->
                refused(order(orderId, at).setEventTime(Instant.parse("2090-01-01T00:00:00Z")), atMs, "FUTURE_EVENT");
            case 5 -> refused(delivery(orderId, at).setEventTime(Instant.EPOCH), atMs, "ANCIENT_EVENT");
            case 6 -> refused(order("order-x" + kind, at).setPlantId("NOONE"), atMs, "UNKNOWN_REFERENCE");
            case 7 ->
                refused(
                        order(orderId, at).setType(OrderEventType.AMENDED).setProductId("nothing"),
                        atMs,
                        "UNKNOWN_REFERENCE");
            case 8 -> refused(delivery("order-of-nobody", at), atMs, "UNKNOWN_ORDER");
            case 9 -> refused(order("order-of-nobody", at).setType(OrderEventType.AMENDED), atMs, "UNKNOWN_ORDER");
            case 10 -> refused(delivery(orderId, at).setQuantity(0), atMs, "BAD_VALUE");
            default -> refused(order(orderId, at).setBuyerNation("Poland"), atMs, "BAD_VALUE");
        };
    }

    private static Refused refused(OrderEvent.Builder order, long atMs, String reason) {
        return new Refused(order.build(), atMs, reason);
    }

    private static Refused refused(DeliveryEvent.Builder delivery, long atMs, String reason) {
        return new Refused(delivery.build(), atMs, reason);
    }

    private OrderEvent.Builder order(String orderId, Instant at) {
        return OrderEvent.newBuilder()
                .setOrderId(orderId)
                .setEventTime(at)
                .setType(OrderEventType.CONFIRMED)
                .setProductId(scene.products().get(0))
                .setPlantId(scene.plants().get(0))
                .setBuyerNation("POL")
                .setQuantity(chance.between(1, 99))
                .setConfirmedAt(at.minusSeconds(86_400))
                .setPromisedAt(at.plusSeconds(86_400))
                .setRevision(50);
    }

    private DeliveryEvent.Builder delivery(String orderId, Instant at) {
        return DeliveryEvent.newBuilder()
                .setOrderId(orderId)
                .setDeliveryId("rubbish-" + kind)
                .setEventTime(at)
                .setStage(DeliveryStage.ACCEPTED)
                .setQuantity(5);
    }
}
