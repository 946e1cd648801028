package org.capacityboard.domain.leadtime;

import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * From an order's records to how it stood at an instant.
 *
 * <p>Of a cancellation only its time counts: what was ordered is told by the highest-ranked record that is none. A cancellation of an order all of whose units had been accepted changes nothing but a flag. Whether a delivery was accepted too early or too large is
 * told only of deliveries that were reported as dispatched too.
 */
final class Reckoning {
    private static final Comparator<DeliveryRecord> BY_TIME =
            Comparator.comparingLong(DeliveryRecord::eventTimeMs).thenComparing(DeliveryRecord::deliveryId);

    private static final long[] NONE = {};

    private final DeliveryRecord[] deliveries;
    private final long instantMs;
    private long dispatchedUnits;
    private long outputUnits;
    private long rejectedUnits;
    private @Nullable EnumSet<OrderFlag> flags;

    private Reckoning(DeliveryRecord[] deliveries, long instantMs) {
        this.deliveries = deliveries;
        this.instantMs = instantMs;
    }

    /** Null if it was not confirmed by then. */
    static @Nullable OrderStanding standingAt(
            OrderHistory history, OrderRecord[] orders, DeliveryRecord[] deliveries, long instantMs) {
        OrderRecord lowest = null;
        OrderRecord highest = null;
        OrderRecord terms = null;
        OrderRecord confirmed = null;
        for (OrderRecord order : orders) {
            if (order.eventTimeMs() < instantMs) {
                lowest = lowest == null ? order : lowest;
                highest = order;
                terms = order.change() == OrderChange.CANCELLED ? terms : order;
                if (confirmed == null && order.change() == OrderChange.CONFIRMED) {
                    confirmed = order;
                }
            }
        }
        if (lowest == null || highest == null || terms == null || confirmed == null) {
            return null;
        }
        return new Reckoning(deliveries, instantMs).standing(history.orderId(), lowest, highest, terms, confirmed);
    }

    /**
     * @param highest tells whether it is cancelled, and since when
     * @param terms what was ordered, where and until when: the highest-ranked record that is not a cancellation
     */
    private OrderStanding standing(
            String orderId, OrderRecord lowest, OrderRecord highest, OrderRecord terms, OrderRecord confirmed) {
        DeliveryRecord[] accepted = accepted();
        long ordered = terms.quantity();
        boolean isCancelled = highest.change() == OrderChange.CANCELLED;
        int steps = 0;
        long units = 0;
        while (steps < accepted.length
                && units < ordered
                && (!isCancelled || accepted[steps].eventTimeMs() <= highest.eventTimeMs())) {
            units += accepted[steps++].quantity();
        }
        OrderState state =
                units >= ordered ? OrderState.COMPLETED : isCancelled ? OrderState.CANCELLED : OrderState.OPEN;
        long[] acceptedAt = steps == 0 ? NONE : new long[steps];
        long[] acceptedUnits = steps == 0 ? NONE : new long[steps];
        for (int i = 0; i < steps; i++) {
            acceptedAt[i] = accepted[i].eventTimeMs();
            acceptedUnits[i] = accepted[i].quantity();
        }
        if (state == OrderState.COMPLETED) {
            acceptedUnits[steps - 1] -= units - ordered;
            if (isCancelled) {
                flag(OrderFlag.CANCELLED_AFTER_COMPLETION);
            }
            if (outputUnits > ordered) {
                flag(OrderFlag.ACCEPTED_MORE_THAN_ORDERED);
            }
        } else if (steps < accepted.length) {
            flag(OrderFlag.ACCEPTED_AFTER_CANCELLATION);
        }
        if (steps > 0 && acceptedAt[0] < terms.confirmedAtMs()) {
            flag(OrderFlag.ACCEPTED_BEFORE_CONFIRMATION);
        }
        return new OrderStanding(
                orderId,
                state,
                terms.productId(),
                terms.plantId(),
                terms.buyerNation(),
                terms.frameworkId(),
                terms.priority(),
                ordered,
                dispatchedUnits,
                outputUnits,
                rejectedUnits,
                terms.confirmedAtMs(),
                confirmed.eventTimeMs(),
                lowest.promisedAtMs(),
                terms.promisedAtMs(),
                steps == 0 ? OrderStanding.NEVER : acceptedAt[0],
                state == OrderState.COMPLETED ? acceptedAt[steps - 1] : OrderStanding.NEVER,
                state == OrderState.CANCELLED ? highest.eventTimeMs() : OrderStanding.NEVER,
                acceptedAt,
                acceptedUnits,
                flags == null ? Set.of() : Collections.unmodifiableSet(flags));
    }

    /** Acceptances in the order in which they count; sums up the stages on the way. */
    private DeliveryRecord[] accepted() {
        DeliveryRecord[] accepted = new DeliveryRecord[deliveries.length];
        int size = 0;
        DeliveryRecord dispatched = null;
        for (DeliveryRecord delivery : deliveries) {
            if (delivery.eventTimeMs() < instantMs) {
                switch (delivery.stage()) {
                    case DISPATCHED -> {
                        dispatchedUnits += delivery.quantity();
                        dispatched = delivery;
                    }
                    case ACCEPTED -> {
                        outputUnits += delivery.quantity();
                        accepted[size++] = delivery;
                        if (dispatched != null && dispatched.deliveryId().equals(delivery.deliveryId())) {
                            compare(dispatched, delivery);
                        }
                    }
                    case REJECTED -> rejectedUnits += delivery.quantity();
                }
            }
        }
        DeliveryRecord[] sorted = Arrays.copyOf(accepted, size);
        if (size > 1) {
            Arrays.sort(sorted, BY_TIME);
        }
        return sorted;
    }

    private void compare(DeliveryRecord dispatched, DeliveryRecord accepted) {
        if (accepted.eventTimeMs() < dispatched.eventTimeMs()) {
            flag(OrderFlag.ACCEPTED_BEFORE_DISPATCH);
        }
        if (accepted.quantity() > dispatched.quantity()) {
            flag(OrderFlag.ACCEPTED_MORE_THAN_DISPATCHED);
        }
    }

    private void flag(OrderFlag flag) {
        if (flags == null) {
            flags = EnumSet.noneOf(OrderFlag.class);
        }
        flags.add(flag);
    }
}
