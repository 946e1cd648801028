package org.capacityboard.simulator;

import java.time.Instant;
import java.util.Comparator;
import org.capacityboard.events.OrderEvent;
import org.capacityboard.events.OrderEventType;
import org.jspecify.annotations.Nullable;

/** An order line in the book of a plant, until all of it is accepted or the buyer cancels it. */
final class OpenOrder {
    static final int NO_PRIORITY = Integer.MAX_VALUE;
    /** Day on which something that does not happen to the order is due. */
    static final long NEVER = Long.MAX_VALUE;

    /** The order in which a plant serves them. */
    static final Comparator<OpenOrder> QUEUE = Comparator.<OpenOrder>comparingInt(it -> it.priority)
            .thenComparingLong(it -> it.promisedAtMs)
            .thenComparingLong(it -> it.number);

    final String orderId;
    final String productId;
    final String plantId;
    final String nation;
    final @Nullable String frameworkId;
    final long number;
    final long confirmedAtMs;
    int priority;
    long quantity;
    long promisedAtMs;
    long revision;
    /** Units on their way or at the buyer; those of a rejected lot, which comes again, included. */
    long sentUnits;

    long acceptedUnits;
    int deliveries;
    boolean cancelled;
    /** Days since 1970, UTC, on which the buyer changes or cancels it and the plant looks whether it will be late. */
    long amendDay = NEVER;

    long cancelDay = NEVER;
    long slipDay = NEVER;

    OpenOrder(
            String plantId,
            String productId,
            String nation,
            @Nullable String frameworkId,
            long number,
            long confirmedAtMs,
            int priority,
            long quantity,
            long promisedAtMs) {
        this.orderId = plantId + "-" + productId + "-" + number;
        this.productId = productId;
        this.plantId = plantId;
        this.nation = nation;
        this.frameworkId = frameworkId;
        this.number = number;
        this.confirmedAtMs = confirmedAtMs;
        this.priority = priority;
        this.quantity = quantity;
        this.promisedAtMs = promisedAtMs;
    }

    /** Units that have not left the plant. */
    long unsentUnits() {
        return quantity - sentUnits;
    }

    String nextDeliveryId() {
        deliveries++;
        return orderId + "." + deliveries;
    }

    /** What is said of it now; the next event has the next revision. */
    OrderEvent event(OrderEventType type, long eventTimeMs) {
        return new OrderEvent(
                orderId,
                Instant.ofEpochMilli(eventTimeMs),
                type,
                productId,
                plantId,
                nation,
                quantity,
                Instant.ofEpochMilli(confirmedAtMs),
                Instant.ofEpochMilli(promisedAtMs),
                priority == NO_PRIORITY ? null : priority,
                frameworkId,
                revision++);
    }
}
