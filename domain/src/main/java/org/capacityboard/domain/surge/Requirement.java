package org.capacityboard.domain.surge;

import org.jspecify.annotations.Nullable;

/**
 * The rate that the alliance requires of a product in a posture.
 *
 * @param productId the product
 * @param posture the posture
 * @param unitsPerMonth good units a month of 30.4375 days
 * @param reachWithinDays days until the rate must be reached, 0 to {@link #LONGEST_DAYS}; null: the default of the posture
 * @param sustainDays days for which it must be held, 1 to {@link #LONGEST_DAYS}; null: the default of the posture
 */
public record Requirement(
        String productId,
        Posture posture,
        double unitsPerMonth,
        @Nullable Integer reachWithinDays,
        @Nullable Integer sustainDays) {
    /** Ten years: nobody plans stocks by the day beyond. */
    public static final int LONGEST_DAYS = 3_650;

    public Requirement {
        Checks.id("Product of a requirement", productId);
        unitsPerMonth = Checks.amount("Required rate of " + productId + " in " + posture, unitsPerMonth);
        if (reachWithinDays != null) {
            Checks.within("reachWithinDays of " + productId + " in " + posture, reachWithinDays, 0, LONGEST_DAYS);
        }
        if (sustainDays != null) {
            Checks.within("sustainDays of " + productId + " in " + posture, sustainDays, 1, LONGEST_DAYS);
        }
    }

    /** Days until the rate must be reached. */
    public int reachDays() {
        return reachWithinDays == null ? posture.reachWithinDays() : reachWithinDays;
    }

    /** Days for which the rate must be held. */
    public int holdDays() {
        return sustainDays == null ? posture.sustainDays() : sustainDays;
    }
}
