package org.capacityboard.domain.surge;

import java.util.List;

/**
 * What each loss would do by itself: of a supplier parent that brings anything, of a plant with lines or stocks, of all that the suppliers of a nation bring.
 * Each says what {@link WhatIf} says of the same loss, on contracted capacity.
 *
 * @param asOfEpochDay UTC date that it is about
 * @param tried how many losses were tried
 * @param rows by kind, what is lost, product and posture: those whose achievable rate the loss changes
 */
public record SurgeLosses(long asOfEpochDay, int tried, List<LossRow> rows) {
    public SurgeLosses {
        rows = List.copyOf(rows);
    }

    /**
     * Tries them all.
     *
     * @throws BillCycleException if a product goes into itself
     */
    public static SurgeLosses of(SurgeSnapshot snapshot) {
        return new LossTrials(snapshot).all();
    }
}
