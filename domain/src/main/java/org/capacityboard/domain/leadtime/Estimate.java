package org.capacityboard.domain.leadtime;

import org.jspecify.annotations.Nullable;

/** How long orders of a group take with one cohort and basis, as of one instant. */
final class Estimate {
    private final Cohort cohort;
    private final Basis basis;
    private final Observations observations = new Observations();
    private final ExactSum completedMs = new ExactSum();
    private long completedWeight;
    private long completed;
    private long open;
    private long cancelled;
    private boolean hasOneMore;
    private @Nullable SurvivalCurve curve;

    Estimate(Cohort cohort, Basis basis) {
        this.cohort = cohort;
        this.basis = basis;
    }

    /** An observation of the order that is looked at. */
    void observe(long entryMs, long timeMs, Ending ending, long weight) {
        if (timeMs > entryMs) {
            observations.add(entryMs, timeMs, ending, weight);
            hasOneMore = true;
            if (ending == Ending.EVENT) {
                completedMs.add(timeMs, weight);
                completedWeight += weight;
            }
        }
    }

    /** The order that was looked at: with the trailing cohort it counts only if there was an observation of it. */
    void count(OrderWait order) {
        if (hasOneMore || cohort == Cohort.ALL) {
            if (order.isReached(basis)) {
                completed++;
            } else if (order.state == OrderState.CANCELLED) {
                cancelled++;
            } else {
                open++;
            }
        }
        hasOneMore = false;
    }

    void count(DroppedOrders dropped) {
        completed += dropped.completed(basis);
        cancelled += dropped.cancelled(basis);
        hasOneMore = false;
    }

    private SurvivalCurve curve() {
        SurvivalCurve known = curve;
        if (known == null) {
            known = SurvivalCurve.of(observations);
            curve = known;
        }
        return known;
    }

    LeadTime row(long asOf, OrderGroup group, boolean isFinal) {
        SurvivalCurve survival = curve();
        Long atRisk = survival.atRiskAt(0.5);
        return new LeadTime(
                asOf,
                group.group,
                cohort,
                basis,
                survival.daysUntil(0.5),
                survival.daysUntil(0.2),
                survival.daysUntil(0.1),
                completed + open + cancelled,
                completed,
                open,
                cancelled,
                atRisk == null ? survival.atRiskAtLastEvent() : atRisk,
                survival.atRiskAt(0.2),
                survival.atRiskAt(0.1),
                survival.cancelledShare(),
                completedWeight == 0 ? null : completedMs.value() / (completedWeight * (double) UtcDays.DAY_MS),
                isFinal,
                group.version);
    }

    LeadTimeCurve curveRow(long asOf, OrderGroup group, boolean isFinal) {
        SurvivalCurve survival = curve();
        int longest = LeadTimeCurve.LONGEST_DAYS;
        return new LeadTimeCurve(
                asOf,
                group.group,
                cohort,
                basis,
                survival.survivalByDay(longest),
                survival.atRiskByDay(longest),
                survival.cancelledByDay(longest),
                isFinal,
                group.version);
    }
}
