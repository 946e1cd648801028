package org.capacityboard.domain.surge;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * Supply of nodes in one posture: how much a month over a stretch of days, and from which day for how long a draw is met. Answers are kept, because products
 * share nodes and a parent is lost to many of them. Not for several threads.
 */
final class Supplies {
    /** Nobody is lost. */
    static final int NOBODY = -1;

    private static final double TOLERANCE = 1e-9;

    private final Posture posture;
    private final Draw draw;
    private final int longest;
    private final Trajectory trajectory;
    private final Map<Stretch, Double> supplies = new HashMap<>();
    private final Map<Loss, short[]> endurances = new HashMap<>();
    private final Map<Stage, Double> capacities = new HashMap<>();
    private final Map<Start, Integer> starts = new HashMap<>();

    private record Stretch(int node, int lostParent, boolean low, int from, int days) {}

    private record Loss(int node, int lostParent) {}

    private record Stage(int node, Evidence evidence, int day, boolean low) {}

    private record Start(int node, Evidence evidence) {}

    /**
     * @param longest most days for which any requirement must be held
     * @param trajectory space to work in
     */
    Supplies(Posture posture, Draw draw, int longest, Trajectory trajectory) {
        this.posture = posture;
        this.draw = draw;
        this.longest = Math.max(longest, Days.LOOKED_AHEAD);
        this.trajectory = trajectory;
    }

    /** Supply of lines on a day and later, units a month. */
    double perMonth(LineNode lines, Evidence evidence, int day, boolean low) {
        return capacities.computeIfAbsent(
                new Stage(lines.index(), evidence, day, low), any -> lines.capacity(posture, evidence, day, low));
    }

    /** First day from which lines meet their draw; {@link LineNode#NEVER} if there is none. */
    int firstDay(LineNode lines, Evidence evidence) {
        return starts.computeIfAbsent(
                new Start(lines.index(), evidence),
                any -> lines.firstDayOf(draw.perMonth(lines) * (1 - TOLERANCE), posture, evidence));
    }

    /** Supply of a material from a day on over some days, units a month. */
    double perMonth(MaterialNode material, int lostParent, int from, int days, boolean low) {
        boolean lower = low && material.hasStaleStock();
        int loss = lossIn(material, lostParent);
        return supplies.computeIfAbsent(new Stretch(material.index(), loss, lower, from, days), any -> {
            fill(material, loss, lower, from + days);
            return trajectory.supplyPerDay(from, days) * Days.IN_MONTH;
        });
    }

    /** For each day looked ahead, how many days from it on the draw of a material is met. */
    short[] endurance(MaterialNode material, int lostParent) {
        int loss = lossIn(material, lostParent);
        return endurances.computeIfAbsent(new Loss(material.index(), loss), any -> {
            double perDay = draw.perMonth(material) / Days.IN_MONTH * (1 - TOLERANCE);
            if (Double.isInfinite(perDay)) {
                return new short[Days.LOOKED_AHEAD + 1];
            }
            if (perDay == 0) {
                short[] always = new short[Days.LOOKED_AHEAD + 1];
                Arrays.fill(always, (short) longest);
                return always;
            }
            fill(material, loss, false, Days.LOOKED_AHEAD + longest);
            return trajectory.endurance(perDay, longest);
        });
    }

    private void fill(MaterialNode material, int lostParent, boolean low, int days) {
        trajectory.fill(material.stockToday(low), material.usedPerDay(), material.flows(posture), lostParent, days);
    }

    /** A parent that brings nothing of it anyway is no loss. */
    private int lossIn(MaterialNode material, int lostParent) {
        for (SupplierFlow flow : material.flows(posture)) {
            if (flow.parent() == lostParent) {
                return lostParent;
            }
        }
        return NOBODY;
    }

    /** What is drawn of a node when every requirement is met, units a month. */
    double drawnPerMonth(Node node) {
        return draw.perMonth(node);
    }

    /** Share of its draw that a supply covers; more than 1 if more. */
    double share(Node node, double suppliedPerMonth) {
        double drawn = draw.perMonth(node);
        return Double.isInfinite(drawn) ? 0 : suppliedPerMonth / drawn;
    }

    /** Whether a share is the whole, within 1e-9. */
    static boolean isWhole(double share) {
        return share >= 1 - TOLERANCE;
    }

    /** Whether a share is no more than another, within 1e-9. */
    static boolean isNoMore(double share, double other) {
        return share <= other + TOLERANCE * Math.max(1, other);
    }
}
