package org.capacityboard.domain.surge;

import java.util.Arrays;
import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/**
 * Supply of materials over one stretch of days in one posture: whole, without each supplier parent, and at the low end of the range. Answers are kept, because
 * products share materials and a parent is lost to many of them. Not for several threads.
 */
final class Stretch {
    private static final double NOT_ASKED = -1;

    private final Posture posture;
    private final int from;
    private final int days;
    private final Trajectory trajectory;
    /** By node: with everybody there, then without each parent that brings anything of it. */
    private final double[][] perMonth;

    private final double[][] lowPerMonth;
    /** Answers for materials that are the same; null: all are answered here. */
    private final @Nullable Stretch before;

    private final BitSet changed;

    /**
     * @param from day after which it begins
     * @param trajectory space to work in
     */
    Stretch(Posture posture, int from, int days, Trajectory trajectory, int nodes) {
        this.posture = posture;
        this.from = from;
        this.days = days;
        this.trajectory = trajectory;
        perMonth = new double[nodes][];
        lowPerMonth = new double[nodes][];
        before = null;
        changed = new BitSet();
    }

    private Stretch(Stretch before, BitSet changed) {
        posture = before.posture;
        from = before.from;
        days = before.days;
        trajectory = before.trajectory;
        perMonth = new double[before.perMonth.length][];
        lowPerMonth = new double[before.perMonth.length][];
        this.before = before;
        this.changed = changed;
    }

    /** The same but for some nodes, by their numbers. */
    Stretch with(BitSet changedNodes) {
        return new Stretch(this, changedNodes);
    }

    /** Supply without a parent, units a month. */
    double perMonth(MaterialNode material, int lostParent) {
        return before != null && !changed.get(material.index())
                ? before.perMonth(material, lostParent)
                : answer(perMonth, material, lostParent, false);
    }

    /** The same with stale stocks counted as nothing. */
    double lowPerMonth(MaterialNode material, int lostParent) {
        if (before != null && !changed.get(material.index())) {
            return before.lowPerMonth(material, lostParent);
        }
        return material.hasStaleStock()
                ? answer(lowPerMonth, material, lostParent, true)
                : perMonth(material, lostParent);
    }

    private double answer(double[][] answers, MaterialNode material, int lostParent, boolean low) {
        double[] answersOfMaterial = answers[material.index()];
        if (answersOfMaterial == null) {
            answersOfMaterial = new double[1 + material.parents(posture).length];
            Arrays.fill(answersOfMaterial, NOT_ASKED);
            answers[material.index()] = answersOfMaterial;
        }
        int loss = material.lossNumber(posture, lostParent);
        if (answersOfMaterial[loss] == NOT_ASKED) {
            trajectory.fill(
                    material.stockToday(low), material.usedPerDay(), material.flows(posture), lostParent, from + days);
            answersOfMaterial[loss] = trajectory.supplyPerDay(from, days) * Days.IN_MONTH;
        }
        return answersOfMaterial[loss];
    }
}
