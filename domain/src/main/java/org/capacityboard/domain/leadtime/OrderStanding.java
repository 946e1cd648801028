package org.capacityboard.domain.leadtime;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An order line as it stood at an instant, from the events before that instant.
 *
 * @param knownAtMs event time of the first-ranked CONFIRMED: until then nobody could wait for it
 * @param baselinePromisedAtMs promise of the lowest-ranked event: the first one, which never changes
 * @param firstAcceptedAtMs {@link #NEVER} if nothing was accepted; likewise the next two
 * @param completedAtMs when the last ordered unit was accepted
 * @param acceptedAtMs when units were accepted, ascending, {@code acceptedUnits} at a time; not beyond what is ordered, not after a cancellation
 * @param outputUnits all that was accepted, whatever the order's state
 */
public record OrderStanding(
        String orderId,
        OrderState state,
        String productId,
        String plantId,
        String buyerNation,
        @Nullable String frameworkId,
        int priority,
        long orderedUnits,
        long dispatchedUnits,
        long outputUnits,
        long rejectedUnits,
        long confirmedAtMs,
        long knownAtMs,
        long baselinePromisedAtMs,
        long promisedAtMs,
        long firstAcceptedAtMs,
        long completedAtMs,
        long cancelledAtMs,
        long[] acceptedAtMs,
        long[] acceptedUnits,
        Set<OrderFlag> flags) {
    /** Stands for an instant that has not come. */
    public static final long NEVER = Long.MAX_VALUE;
}
