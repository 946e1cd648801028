package org.capacityboard.domain.leadtime;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Where an order line stands, and when it will be complete.
 *
 * @param priority {@link OrderRecord#NO_PRIORITY} if it has none
 * @param acceptedUnits all that was accepted for it, the surplus included; what was accepted after a cancellation is not
 * @param queueUnits units that the plant must deliver of the product until this order is complete, its own included; null unless open
 * @param firstAcceptedAtMs {@link OrderStanding#NEVER} if nothing was accepted; likewise the next two
 * @param forecastP50AtMs when it is as likely complete as not; null: no forecast
 * @param slipDays forecast less first promise, days; null: no forecast
 * @param isStalled whether the plant had no output of the product for four weeks
 * @param version how many distinct records the order ever accepted
 */
public record OrderStatus(
        String orderId,
        String productId,
        String plantId,
        String buyerNation,
        @Nullable String frameworkId,
        int priority,
        OrderState state,
        long orderedUnits,
        long dispatchedUnits,
        long acceptedUnits,
        long rejectedUnits,
        @Nullable Long queueUnits,
        long confirmedAtMs,
        long baselinePromisedAtMs,
        long promisedAtMs,
        long firstAcceptedAtMs,
        long completedAtMs,
        long cancelledAtMs,
        @Nullable Long forecastP50AtMs,
        @Nullable Long forecastP80AtMs,
        @Nullable Double slipDays,
        boolean isStalled,
        Set<OrderFlag> flags,
        boolean isFinal,
        long version) {
    public OrderStatus {
        flags = Set.copyOf(flags);
    }
}
