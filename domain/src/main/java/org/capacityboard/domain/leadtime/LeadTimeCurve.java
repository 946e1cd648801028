package org.capacityboard.domain.leadtime;

/**
 * The newest survival curve of a group, a value at the end of each whole day since the order: entry 0 is day 0.
 *
 * @param asOf the UTC day at whose end it was known, an epoch day
 * @param survival share not yet accepted; NaN where the curve is not defined
 * @param atRisk orders (units) still under observation after that day
 * @param cancelledShare Aalen-Johansen share cancelled by then
 * @param version how many distinct records the group ever accepted
 */
public record LeadTimeCurve(
        long asOf,
        Group group,
        Cohort cohort,
        Basis basis,
        double[] survival,
        long[] atRisk,
        double[] cancelledShare,
        boolean isFinal,
        long version) {
    /** Days beyond this are not shown. */
    public static final int LONGEST_DAYS = 1_461;
}
