package org.capacityboard.domain.surge;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a change does to a product in a posture.
 *
 * @param before null: nothing was required before
 * @param after as it would be, with what binds and what binds next
 */
public record Comparison(@Nullable ReadinessRow before, ReadinessRow after) {

    /**
     * Reckons what is and what would be.
     *
     * @return by product, posture and evidence, for every requirement after the change
     */
    public static List<Comparison> of(SurgeSnapshot snapshot, WhatIf change) {
        return of(SurgeReadiness.of(snapshot), SurgeReadiness.of(change.applyTo(snapshot)));
    }

    /** Puts what is and what would be side by side. */
    public static List<Comparison> of(SurgeReadiness before, SurgeReadiness after) {
        record Key(String productId, Posture posture, Evidence evidence) {
            static Key of(ReadinessRow row) {
                return new Key(row.productId(), row.posture(), row.evidence());
            }
        }
        Map<Key, ReadinessRow> rowsBefore = new HashMap<>();
        before.readiness().forEach(row -> rowsBefore.put(Key.of(row), row));
        List<Comparison> comparisons = new ArrayList<>();
        for (ReadinessRow row : after.readiness()) {
            comparisons.add(new Comparison(rowsBefore.get(Key.of(row)), row));
        }
        return comparisons;
    }
}
