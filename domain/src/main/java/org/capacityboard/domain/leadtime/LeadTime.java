package org.capacityboard.domain.leadtime;

import org.jspecify.annotations.Nullable;

/**
 * How long orders of a group take, as known at the end of a UTC day.
 *
 * @param asOf the day, an epoch day
 * @param p50Days lead time that half of the orders reach; null: not reached
 * @param ordersTotal orders (also with {@link Basis#PER_UNIT}) that the estimate rests on
 * @param ordersCompleted those of them whose event happened: first unit, last unit, all units
 * @param p50AtRisk orders (units) still waiting right before p50; if that is not reached, right before the last event (0 if there was none)
 * @param p80AtRisk the same at p80; null where that is not reached
 * @param cancelledShare Aalen-Johansen share that ends cancelled, up to the longest time observed; null without any observation
 * @param completedOnlyMeanDays mean of what is complete: biased, because it leaves out whoever still waits; null if nothing is
 * @param version how many distinct records the group ever accepted
 */
public record LeadTime(
        long asOf,
        Group group,
        Cohort cohort,
        Basis basis,
        @Nullable Double p50Days,
        @Nullable Double p80Days,
        @Nullable Double p90Days,
        long ordersTotal,
        long ordersCompleted,
        long ordersOpen,
        long ordersCancelled,
        long p50AtRisk,
        @Nullable Long p80AtRisk,
        @Nullable Long p90AtRisk,
        @Nullable Double cancelledShare,
        @Nullable Double completedOnlyMeanDays,
        boolean isFinal,
        long version) {}
