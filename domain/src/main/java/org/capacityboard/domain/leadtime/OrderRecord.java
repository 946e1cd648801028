package org.capacityboard.domain.leadtime;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What was said of an order line at one instant. The highest rank counts: by revision, then event time, then bytes; of a cancellation only its time does. Texts that many orders share are kept once,
 * for a million of them stay in memory.
 *
 * @param quantity ordered, units; 1 or more
 * @param confirmedAtMs when the order was confirmed; lead time counts from here
 * @param promisedAtMs promised acceptance of the last unit; not before {@code confirmedAtMs}
 * @param priority place in the order book of the plant, lowest first; {@link #NO_PRIORITY} comes after all others
 * @param bytes the event as it was sent, in the current schema: equal contents have equal bytes
 */
public record OrderRecord(
        String orderId,
        OrderChange change,
        long eventTimeMs,
        long revision,
        String productId,
        String plantId,
        String buyerNation,
        long quantity,
        long confirmedAtMs,
        long promisedAtMs,
        int priority,
        @Nullable String frameworkId,
        byte[] bytes)
        implements Comparable<OrderRecord> {
    /** {@link #priority()} of an order that has none. */
    public static final int NO_PRIORITY = Integer.MAX_VALUE;

    public OrderRecord {
        if (quantity < 1) {
            throw new IllegalArgumentException(
                    "Order " + orderId + " has quantity " + quantity + ", must be 1 or more");
        }
        productId = productId.intern();
        plantId = plantId.intern();
        buyerNation = buyerNation.intern();
        frameworkId = frameworkId == null ? null : frameworkId.intern();
    }

    /** Whether this is the same record again. */
    public boolean isSame(OrderRecord other) {
        return Arrays.equals(bytes, other.bytes);
    }

    @Override
    public int compareTo(OrderRecord other) {
        int order = Long.compare(revision, other.revision);
        if (order == 0) {
            order = Long.compare(eventTimeMs, other.eventTimeMs);
        }
        return order == 0 ? Arrays.compareUnsigned(bytes, other.bytes) : order;
    }
}
