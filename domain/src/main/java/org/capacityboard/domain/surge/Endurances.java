package org.capacityboard.domain.surge;

import java.util.Arrays;

/** From which day on, and for how long then, materials meet their draw in one posture, whole and without each supplier parent. Answers are kept. Not for several threads. */
final class Endurances {
    private final Posture posture;
    private final Draw draw;
    private final int longest;
    private final Trajectory trajectory;
    private final short[][][] endurances;

    /**
     * @param longest most days for which any requirement must be held, at least those looked ahead
     * @param trajectory space to work in
     */
    Endurances(Posture posture, Draw draw, int longest, Trajectory trajectory, int nodes) {
        this.posture = posture;
        this.draw = draw;
        this.longest = longest;
        this.trajectory = trajectory;
        endurances = new short[nodes][][];
    }

    /** For each day looked ahead, how many days from it on the draw of a material is met without a parent. */
    short[] of(MaterialNode material, int lostParent) {
        short[][] ofMaterial = endurances[material.index()];
        if (ofMaterial == null) {
            ofMaterial = new short[1 + material.parents(posture).length][];
            endurances[material.index()] = ofMaterial;
        }
        int loss = material.lossNumber(posture, lostParent);
        short[] endurance = ofMaterial[loss];
        if (endurance == null) {
            endurance = reckon(material, lostParent);
            ofMaterial[loss] = endurance;
        }
        return endurance;
    }

    private short[] reckon(MaterialNode material, int lostParent) {
        double perDay = draw.perMonth(material) / Days.IN_MONTH * Share.WHOLE;
        short[] endurance = new short[Days.LOOKED_AHEAD + 1];
        if (perDay == 0) {
            Arrays.fill(endurance, (short) longest);
        } else if (!Double.isInfinite(perDay)) {
            trajectory.fill(
                    material.stockToday(false),
                    material.usedPerDay(),
                    material.flows(posture),
                    lostParent,
                    Days.LOOKED_AHEAD + longest);
            trajectory.endurance(perDay, longest, endurance);
        }
        return endurance;
    }
}
