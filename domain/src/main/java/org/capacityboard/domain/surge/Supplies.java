package org.capacityboard.domain.surge;

import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Supply of all nodes in one posture. Answers are kept, because products share nodes. Not for several threads. */
final class Supplies {
    /** No parent is lost. */
    static final int NOBODY = -1;

    private final Posture posture;
    private final Draw draw;
    private final int nodes;
    private final Trajectory trajectory;
    private final Endurances endurances;
    private final Map<Period, Stretch> stretches = new HashMap<>();
    private final Map<Stage, Double> capacities = new HashMap<>();
    private final Map<Start, Integer> starts = new HashMap<>();
    /** Answers for nodes that are the same; null: all are answered here. */
    private final @Nullable Supplies before;

    private final BitSet changed;

    private record Period(int from, int days) {}

    private record Stage(int node, Evidence evidence, int day, boolean low) {}

    private record Start(int node, Evidence evidence) {}

    /**
     * @param longest most days for which any requirement must be held
     * @param trajectory space to work in
     */
    Supplies(Posture posture, Draw draw, int nodes, int longest, Trajectory trajectory) {
        this.posture = posture;
        this.draw = draw;
        this.nodes = nodes;
        this.trajectory = trajectory;
        before = null;
        changed = new BitSet();
        endurances = new Endurances(posture, draw, Math.max(longest, Days.LOOKED_AHEAD), trajectory, nodes);
    }

    private Supplies(Supplies before, BitSet changed) {
        posture = before.posture;
        draw = before.draw;
        nodes = before.nodes;
        trajectory = before.trajectory;
        this.before = before;
        this.changed = changed;
        endurances = before.endurances;
    }

    /** The same but for some nodes, by their numbers. Of these it is not asked how soon and how long they meet their draw. */
    Supplies with(BitSet changedNodes) {
        return new Supplies(this, changedNodes);
    }

    /** What is drawn of a node when every requirement is met, units a month. */
    double drawnPerMonth(Node node) {
        return draw.perMonth(node);
    }

    /** Supply of lines on a day and later, units a month. */
    double perMonth(LineNode lines, Evidence evidence, int day, boolean low) {
        if (before != null && !changed.get(lines.index())) {
            return before.perMonth(lines, evidence, day, low);
        }
        return capacities.computeIfAbsent(
                new Stage(lines.index(), evidence, day, low), any -> lines.capacity(posture, evidence, day, low));
    }

    /** First day from which lines meet their draw; {@link LineNode#NEVER} if there is none. */
    int firstDay(LineNode lines, Evidence evidence) {
        return starts.computeIfAbsent(
                new Start(lines.index(), evidence),
                any -> lines.firstDayOf(draw.perMonth(lines) * Share.WHOLE, posture, evidence));
    }

    /** Supply of materials over some days after a day. */
    Stretch stretch(int from, int days) {
        return stretches.computeIfAbsent(
                new Period(from, days),
                any -> before == null
                        ? new Stretch(posture, from, days, trajectory, nodes)
                        : before.stretch(from, days).with(changed));
    }

    Endurances endurances() {
        return endurances;
    }
}
