package org.capacityboard.simulator;

import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import org.apache.avro.specific.SpecificRecord;
import org.capacityboard.events.DeliveryEvent;
import org.capacityboard.events.DeliveryStage;
import org.capacityboard.events.MaterialStock;
import org.capacityboard.events.OrderEvent;
import org.capacityboard.events.OrderEventType;
import org.capacityboard.events.Plant;
import org.capacityboard.events.Posture;
import org.capacityboard.events.Receipt;
import org.capacityboard.events.SurgeRequirement;
import org.capacityboard.schemas.EventCodec;
import org.capacityboard.schemas.Topic;
import org.jspecify.annotations.Nullable;

/**
 * The system of one plant that besides its orders and stocks sends rubbish of every kind, in turn. None of it may touch a figure:
 * what it counts lies in no plant that uses it.
 */
final class BadErp implements EventSource {
    private static final Duration A_MONTH = Duration.ofDays(30);
    private static final Duration HALF_A_YEAR = Duration.ofDays(180);

    private enum Rubbish {
        NEGATIVE_QUANTITY,
        PROMISED_BEFORE_CONFIRMED,
        DELIVERY_OF_UNKNOWN_ORDER,
        CANCELLED_BEFORE_ORDERED,
        NOTHING_DELIVERED,
        UNKNOWN_PRODUCT,
        NEGATIVE_STOCK,
        RECEIPT_OF_UNKNOWN_SUPPLIER,
        REQUIREMENT_OF_UNKNOWN_PRODUCT
    }

    private static final List<Rubbish> ABOUT_ORDERS =
            List.copyOf(EnumSet.range(Rubbish.NEGATIVE_QUANTITY, Rubbish.UNKNOWN_PRODUCT));

    private final Plant plant;
    private final String productId;
    private final @Nullable String materialId;
    private final List<Rubbish> kinds;
    private final long seed;
    private final long startMs;
    private final long gapMs;
    private long number;

    /**
     * @param materialId a material that the plant does not use; null: it sends nothing about stocks
     * @param gapMs time between two pieces of rubbish
     */
    BadErp(Plant plant, String productId, @Nullable String materialId, long seed, long startMs, long gapMs) {
        this.plant = plant;
        this.productId = productId;
        this.materialId = materialId;
        this.kinds = materialId == null ? ABOUT_ORDERS : List.of(Rubbish.values());
        this.seed = seed;
        this.startMs = startMs;
        this.gapMs = gapMs;
    }

    @Override
    public void seek(long sendTimeMs) {
        number = Math.max(0, (sendTimeMs - startMs) / gapMs - 1);
        while (nextSendTimeMs() < sendTimeMs) {
            number++;
        }
    }

    @Override
    public long nextSendTimeMs() {
        return startMs + number * gapMs + (long) (Dice.share(seed, number) * gapMs);
    }

    @Override
    public SimulatedEvent next() {
        long timeMs = nextSendTimeMs();
        SpecificRecord event = event(kinds.get(Math.floorMod(number, kinds.size())), Instant.ofEpochMilli(timeMs));
        number++;
        Topic topic = Topic.of(event);
        return new SimulatedEvent(topic, topic.key(event), EventCodec.encode(event), timeMs, timeMs);
    }

    private SpecificRecord event(Rubbish kind, Instant now) {
        String orderId = plant.getPlantId() + "-misentered-" + number;
        return switch (kind) {
            case NEGATIVE_QUANTITY ->
                order(orderId, now, OrderEventType.CONFIRMED, productId, -500, now.plus(HALF_A_YEAR));
            case PROMISED_BEFORE_CONFIRMED ->
                order(orderId, now, OrderEventType.CONFIRMED, productId, 500, now.minus(HALF_A_YEAR));
            case DELIVERY_OF_UNKNOWN_ORDER ->
                new DeliveryEvent(orderId + ".1", orderId, now, DeliveryStage.ACCEPTED, 500L);
            case CANCELLED_BEFORE_ORDERED ->
                order(orderId, now, OrderEventType.CANCELLED, productId, 500, now.plus(HALF_A_YEAR));
            case NOTHING_DELIVERED -> new DeliveryEvent(orderId + ".1", orderId, now, DeliveryStage.DISPATCHED, 0L);
            case UNKNOWN_PRODUCT ->
                order(orderId, now, OrderEventType.CONFIRMED, "shell-of-old-catalogue", 500, now.plus(HALF_A_YEAR));
            case NEGATIVE_STOCK -> stock(now, -3.5, List.of());
            case RECEIPT_OF_UNKNOWN_SUPPLIER ->
                stock(now, 0, List.of(new Receipt(now.plus(A_MONTH), 1.0, plant.getPlantId() + "-misentered")));
            case REQUIREMENT_OF_UNKNOWN_PRODUCT ->
                SurgeRequirement.newBuilder()
                        .setProductId("round-of-old-catalogue-" + number)
                        .setPosture(Posture.CONFLICT)
                        .setUnitsPerMonth(5000)
                        .build();
        };
    }

    private MaterialStock stock(Instant now, double onHand, List<Receipt> receipts) {
        return new MaterialStock(plant.getPlantId(), Objects.requireNonNull(materialId), now, onHand, receipts, number);
    }

    private OrderEvent order(
            String orderId, Instant now, OrderEventType type, String product, long units, Instant promisedAt) {
        return new OrderEvent(
                orderId,
                now,
                type,
                product,
                plant.getPlantId(),
                plant.getNation(),
                units,
                now,
                promisedAt,
                null,
                null,
                0L);
    }
}
