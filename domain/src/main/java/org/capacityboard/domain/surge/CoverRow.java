package org.capacityboard.domain.surge;

import org.jspecify.annotations.Nullable;

/**
 * How long a stock lasts when every requirement of a posture is met.
 *
 * @param plantId the plant, or {@link #ALL}
 * @param materialId the material
 * @param posture the posture
 * @param daysOfSupply stock today over daily draw; null if nothing is drawn
 * @param onHand stock today, in the unit of the material
 * @param dailyDraw what is drawn a day, in the unit of the material; null: no end of it, because nothing good is made of it
 * @param singleSource whether one supplier parent brings 95 % or more of the material; null if nobody brings any
 * @param mainParent supplier parent that brings most of it; null if nobody brings any
 * @param mainParentShare its part of what all bring, 0..1; null if nobody brings any
 */
public record CoverRow(
        String plantId,
        String materialId,
        Posture posture,
        @Nullable Double daysOfSupply,
        double onHand,
        @Nullable Double dailyDraw,
        @Nullable Boolean singleSource,
        @Nullable String mainParent,
        @Nullable Double mainParentShare) {
    /** In place of a plant: all of them together. */
    public static final String ALL = "ALL";
}
