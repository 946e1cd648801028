package org.capacityboard.oracle;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Size and kind of a seeded stream of surge readiness.
 *
 * @param maxLines the seed draws 3 to this many lines
 * @param days how many days it lasts; 0: drawn from the seed
 * @param longestDelay the longest time from a record to its receipt; null: drawn from the seed, up to a horizon of 48 h
 * @param rubbishShare share of records that must be refused, 0..1
 */
public record SurgeStreamOptions(
        int maxLines, int days, @Nullable Duration longestDelay, double rubbishShare) {
    /** What tests use unless they say otherwise. */
    public static final SurgeStreamOptions DEFAULT = new SurgeStreamOptions(12, 0, null, 0.01);
}
