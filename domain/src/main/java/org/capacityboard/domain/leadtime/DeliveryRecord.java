package org.capacityboard.domain.leadtime;

import java.util.Arrays;

/**
 * Units of an order line came to a stage. One (delivery, stage) of an order is one record: of two contents the higher (event time, bytes) counts.
 *
 * @param quantity units; 1 or more
 * @param bytes the event as it was sent, in the current schema: equal contents have equal bytes
 */
public record DeliveryRecord(
        String deliveryId, String orderId, DeliveryStage stage, long eventTimeMs, long quantity, byte[] bytes)
        implements Comparable<DeliveryRecord> {
    public DeliveryRecord {
        if (quantity < 1) {
            throw new IllegalArgumentException(
                    "Delivery " + deliveryId + " has quantity " + quantity + ", must be 1 or more");
        }
    }

    /** Whether this is the same record again. */
    public boolean isSame(DeliveryRecord other) {
        return Arrays.equals(bytes, other.bytes);
    }

    @Override
    public int compareTo(DeliveryRecord other) {
        int order = Long.compare(eventTimeMs, other.eventTimeMs);
        return order == 0 ? Arrays.compareUnsigned(bytes, other.bytes) : order;
    }
}
