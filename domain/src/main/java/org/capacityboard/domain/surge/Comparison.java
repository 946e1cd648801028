package org.capacityboard.domain.surge;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a change does to a product in a posture.
 *
 * @param before null: nothing was required before
 * @param after as it would be, with what binds and what binds next
 * @param ladderBefore what stopped it, step by step; empty if nothing was required, or nothing is known that binds
 * @param ladderAfter what would stop it, step by step
 */
public record Comparison(
        @Nullable ReadinessRow before, ReadinessRow after, List<LadderRow> ladderBefore, List<LadderRow> ladderAfter) {
    private static final double TOLERANCE = 1e-9;

    public Comparison {
        ladderBefore = List.copyOf(ladderBefore);
        ladderAfter = List.copyOf(ladderAfter);
    }

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
        Map<Key, ReadinessRow> rowsBefore = new HashMap<>();
        before.readiness().forEach(row -> rowsBefore.put(Key.of(row), row));
        Map<Key, List<LadderRow>> laddersBefore = ladders(before);
        Map<Key, List<LadderRow>> laddersAfter = ladders(after);
        List<Comparison> comparisons = new ArrayList<>();
        for (ReadinessRow row : after.readiness()) {
            Key key = Key.of(row);
            comparisons.add(new Comparison(
                    rowsBefore.get(key),
                    row,
                    laddersBefore.getOrDefault(key, List.of()),
                    laddersAfter.getOrDefault(key, List.of())));
        }
        return comparisons;
    }

    private static Map<Key, List<LadderRow>> ladders(SurgeReadiness readiness) {
        Map<Key, List<LadderRow>> ladders = new HashMap<>();
        for (LadderRow step : readiness.ladder()) {
            ladders.computeIfAbsent(
                            new Key(step.productId(), step.posture(), step.evidence()), any -> new ArrayList<>())
                    .add(step);
        }
        return ladders;
    }

    private record Key(String productId, Posture posture, Evidence evidence) {
        static Key of(ReadinessRow row) {
            return new Key(row.productId(), row.posture(), row.evidence());
        }
    }

    /** Whether a figure of the product differs: what is required or possible, when, for how long, or what binds it first. */
    public boolean changed() {
        return before == null
                || !same(before.requiredPerMonth(), after.requiredPerMonth())
                || !same(before.achievablePerMonth(), after.achievablePerMonth())
                || !same(before.readiness(), after.readiness())
                || !same(before.readinessLow(), after.readinessLow())
                || before.bindingConstraint() != after.bindingConstraint()
                || !Objects.equals(before.bindingId(), after.bindingId())
                || !Objects.equals(before.timeToSurgeDays(), after.timeToSurgeDays())
                || !Objects.equals(before.sustainedDays(), after.sustainedDays());
    }

    /** Whether something changed that the product needs, and so how far at least one of its inputs or lines would let it go, even where it does not bind. */
    public boolean touched() {
        if (changed() || ladderBefore.size() != ladderAfter.size()) {
            return true;
        }
        for (int i = 0; i < ladderBefore.size(); i++) {
            LadderRow one = ladderBefore.get(i);
            LadderRow other = ladderAfter.get(i);
            if (one.constraint() != other.constraint()
                    || !one.nodeId().equals(other.nodeId())
                    || !same(one.suppliedPerMonth(), other.suppliedPerMonth())
                    || !same(one.drawnPerMonth(), other.drawnPerMonth())) {
                return true;
            }
        }
        return false;
    }

    /** Sums taken in another order differ in their last digits. */
    private static boolean same(@Nullable Double one, @Nullable Double other) {
        return one == null || other == null
                ? Objects.equals(one, other)
                : Math.abs(one - other) <= TOLERANCE * Math.max(1, Math.max(Math.abs(one), Math.abs(other)));
    }
}
