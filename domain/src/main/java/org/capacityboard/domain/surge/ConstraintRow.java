package org.capacityboard.domain.surge;

import org.jspecify.annotations.Nullable;

/**
 * One of the limits of a line.
 *
 * @param lineId the line
 * @param posture the posture
 * @param constraint the limit
 * @param unitsPerMonth good units a month of 30.4375 days; null: not reported, does not bind
 */
public record ConstraintRow(
        String lineId,
        Posture posture,
        LineConstraint constraint,
        @Nullable Double unitsPerMonth) {}
