package org.capacityboard.domain.throughput;

import org.jspecify.annotations.Nullable;

/**
 * The ratios of a sum of facts, after ISO 22400-2. A ratio whose denominator is zero is null. Ratios are never averaged: sum the facts, then ask.
 * Planned busy time PBT, actual production time APT.
 *
 * @param availability APT / (PBT - unknown)
 * @param effectiveness ideal time of what was produced / APT; not capped
 * @param quality ideal time of the good units / ideal time of all
 * @param oee ideal time of the good units / (PBT - unknown)
 * @param oeeLow OEE had nothing been made while unknown
 * @param oeeHigh OEE had all unknown time produced at the known effectiveness and quality (1 where null)
 * @param nee OEE with setup counted as production time
 * @param completeness known share of planned time
 * @param scrapRatio scrapped per produced unit
 * @param reworkRatio reworked per produced unit
 * @param goodUnitsPerHour good units per hour of known planned time
 * @param idealCycleSuspect effectiveness above 1.02 over an hour or more of production: the ideal cycle is probably wrong
 */
public record Effectiveness(
        @Nullable Double availability,
        @Nullable Double effectiveness,
        @Nullable Double quality,
        @Nullable Double oee,
        @Nullable Double oeeLow,
        @Nullable Double oeeHigh,
        @Nullable Double nee,
        @Nullable Double completeness,
        @Nullable Double scrapRatio,
        @Nullable Double reworkRatio,
        @Nullable Double goodUnitsPerHour,
        boolean idealCycleSuspect) {
    private static final double US_PER_MS = 1_000.0;
    private static final long MS_PER_HOUR = 3_600_000;
    private static final double SUSPECT_EFFECTIVENESS = 1.02;

    /** @param facts one entry per {@link Fact}, in its order */
    public static Effectiveness of(long[] facts) {
        long plannedMs = facts[Fact.PLANNED_MS.ordinal()];
        long unknownMs = facts[Fact.UNKNOWN_MS.ordinal()];
        long knownMs = plannedMs - unknownMs;
        long producingMs = facts[Fact.PRODUCING_MS.ordinal()];
        long producingOrSetupMs = producingMs + facts[Fact.SETUP_MS.ordinal()];
        long goodUnits = facts[Fact.GOOD_UNITS.ordinal()];
        long scrapUnits = facts[Fact.SCRAP_UNITS.ordinal()];
        long producedUnits = goodUnits + scrapUnits;
        long idealUs = facts[Fact.IDEAL_US.ordinal()];
        long idealGoodUs = facts[Fact.IDEAL_GOOD_US.ordinal()];
        Double effectiveness = ratio(idealUs, producingMs * US_PER_MS);
        Double quality = ratio(idealGoodUs, idealUs);
        double assumed = (effectiveness == null ? 1 : effectiveness) * (quality == null ? 1 : quality);
        Double availabilityWithSetup = ratio(producingOrSetupMs, knownMs);
        return new Effectiveness(
                ratio(producingMs, knownMs),
                effectiveness,
                quality,
                ratio(idealGoodUs, knownMs * US_PER_MS),
                ratio(idealGoodUs, plannedMs * US_PER_MS),
                ratio(idealGoodUs + unknownMs * US_PER_MS * assumed, plannedMs * US_PER_MS),
                availabilityWithSetup == null || effectiveness == null || quality == null
                        ? null
                        : availabilityWithSetup * effectiveness * quality,
                ratio(knownMs, plannedMs),
                ratio(scrapUnits, producedUnits),
                ratio(facts[Fact.REWORK_UNITS.ordinal()], producedUnits),
                ratio((double) goodUnits * MS_PER_HOUR, knownMs),
                effectiveness != null && effectiveness > SUSPECT_EFFECTIVENESS && producingMs >= MS_PER_HOUR);
    }

    /** Sum of two rows of facts. */
    public static long[] sum(long[] facts, long[] others) {
        long[] sum = facts.clone();
        for (int i = 0; i < Fact.COUNT; i++) {
            sum[i] += others[i];
        }
        return sum;
    }

    private static @Nullable Double ratio(double numerator, double denominator) {
        return denominator == 0 ? null : numerator / denominator;
    }
}
