package org.capacityboard.domain.surge;

import org.jspecify.annotations.Nullable;

/**
 * How far a product can be made at the rate required of it in a posture.
 *
 * @param productId the product
 * @param posture the posture
 * @param evidence what the capacity of lines rests on
 * @param requiredPerMonth required rate, good units a month of 30.4375 days
 * @param achievablePerMonth rate that is possible when every requirement of the posture is met in the same share; null: nothing is known that binds
 * @param readiness achievable over required rate, 0..1; null if nothing is known of how it is made
 * @param readinessLow the same with lines and stocks not heard of for too long counted as nothing
 * @param readinessHigh the same with them as last known
 * @param bindingConstraint what binds first
 * @param bindingId the product, group or material that binds first
 * @param nextConstraint what binds next
 * @param nextId the product, group or material that binds next
 * @param nextAchievablePerMonth rate that would be possible if what binds first did not; null: nothing binds next
 * @param timeToSurgeDays days until the rate can be held as long as required; null: never within 730 days
 * @param sustainedDays days for which it can be held from then on, at most 730; null: never reached
 * @param unitsShort good units a month missing
 * @param lostParent supplier parent taken to be lost; null: nobody
 * @param why the numbers of the chain that binds, in words
 */
public record ReadinessRow(
        String productId,
        Posture posture,
        Evidence evidence,
        double requiredPerMonth,
        @Nullable Double achievablePerMonth,
        @Nullable Double readiness,
        @Nullable Double readinessLow,
        @Nullable Double readinessHigh,
        @Nullable ConstraintKind bindingConstraint,
        @Nullable String bindingId,
        @Nullable ConstraintKind nextConstraint,
        @Nullable String nextId,
        @Nullable Double nextAchievablePerMonth,
        @Nullable Integer timeToSurgeDays,
        @Nullable Integer sustainedDays,
        @Nullable Double unitsShort,
        @Nullable String lostParent,
        String why) {}
