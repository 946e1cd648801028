package org.capacityboard.bench;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * A step that is due.
 *
 * @param round 1 for the first time round
 */
record Turn(Step step, int round) {
    /** All steps, and then all again, each round beginning with another: what changes in the course of hours touches every step alike. */
    static List<Turn> of(List<Step> steps, int rounds) {
        List<Turn> turns = new ArrayList<>();
        for (int round = 0; round < rounds; round++) {
            List<Step> rotated = new ArrayList<>(steps);
            Collections.rotate(rotated, -round);
            for (Step step : rotated) {
                turns.add(new Turn(step, round + 1));
            }
        }
        return turns;
    }

    @Override
    public String toString() {
        return step.word() + ", run " + round;
    }
}
