package org.capacityboard.simulator;

import java.time.Duration;
import java.time.Instant;
import org.apache.avro.specific.SpecificRecord;
import org.capacityboard.events.DeliveryEvent;
import org.capacityboard.events.DeliveryStage;
import org.capacityboard.events.OrderEvent;
import org.capacityboard.events.OrderEventType;
import org.capacityboard.events.Plant;
import org.capacityboard.schemas.EventCodec;
import org.capacityboard.schemas.Topic;

/** The order system of one plant that besides its orders sends rubbish of every kind, in turn. None of it may touch a figure. */
final class BadErp implements EventSource {
    private static final Duration HALF_A_YEAR = Duration.ofDays(180);

    private enum Rubbish {
        NEGATIVE_QUANTITY,
        PROMISED_BEFORE_CONFIRMED,
        DELIVERY_OF_UNKNOWN_ORDER,
        CANCELLED_BEFORE_ORDERED,
        NOTHING_DELIVERED,
        UNKNOWN_PRODUCT
    }

    private static final Rubbish[] KINDS = Rubbish.values();

    private final Plant plant;
    private final String productId;
    private final long seed;
    private final long startMs;
    private final long gapMs;
    private long number;

    /** @param gapMs time between two pieces of rubbish */
    BadErp(Plant plant, String productId, long seed, long startMs, long gapMs) {
        this.plant = plant;
        this.productId = productId;
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
        SpecificRecord event = event(KINDS[Math.floorMod(number, KINDS.length)], Instant.ofEpochMilli(timeMs));
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
        };
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
