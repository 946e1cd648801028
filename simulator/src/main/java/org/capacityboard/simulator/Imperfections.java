package org.capacityboard.simulator;

import org.capacityboard.process.errors.Problem;
import org.capacityboard.process.errors.UserError;
import org.jspecify.annotations.Nullable;

/**
 * What goes wrong between a line and the Board. Absent or 0: it does not happen.
 *
 * @param duplicateRatio share of reports that arrive twice
 * @param disorderRatio share of reports that are overtaken by later ones
 * @param disorderSeconds longest time a report or its copy is held up
 * @param lostRatio share of reports that never arrive
 * @param plantOutage a plant is cut off, buffers at the edge and then sends everything
 * @param plantSilence a plant is cut off and what its lines report is lost
 * @param edgeRestart a line's edge starts again with a new session and counters at zero (length unused)
 * @param clockStep the clock of a line's edge is behind for a while
 * @param clockStepSeconds by how much
 * @param badEdge an edge that sends rubbish besides
 * @param lateEntry orders and deliveries that are entered late
 * @param badErp a system of order books and stocks that sends rubbish besides
 */
public record Imperfections(
        double duplicateRatio,
        double disorderRatio,
        double disorderSeconds,
        double lostRatio,
        @Nullable Episode plantOutage,
        @Nullable Episode plantSilence,
        @Nullable Episode edgeRestart,
        @Nullable Episode clockStep,
        double clockStepSeconds,
        @Nullable BadEdgeData badEdge,
        @Nullable LateEntry lateEntry,
        @Nullable BadErpData badErp) {
    /** Everything arrives once, in order. */
    public static final Imperfections NONE = new Imperfections(0, 0, 0, 0, null, null, null, null, 0, null, null, null);

    /** Once in every period of {@code everyDays}, for a time between the two bounds. */
    public record Episode(double everyDays, double minMinutes, double maxMinutes) {
        public Episode {
            if (minMinutes < 0 || maxMinutes < minMinutes || everyDays * 24 * 60 <= 4 * maxMinutes) {
                throw UserError.wrongUsage(new Problem(
                        "An imperfection every " + everyDays + " days of " + minMinutes + " to " + maxMinutes
                                + " minutes",
                        null,
                        "must last less than a quarter of its period, and not less than nothing"));
            }
        }
    }

    /**
     * The line whose edge sends rubbish.
     *
     * @param lineId a line of the scenario
     * @param ratio rubbish per good report of all lines
     */
    public record BadEdgeData(String lineId, double ratio) {}

    /**
     * People who enter what happened hours later.
     *
     * @param ratio share of order and delivery events
     * @param hours longest time it takes them
     */
    public record LateEntry(double ratio, double hours) {
        public LateEntry {
            Scenario.require(ratio >= 0 && ratio <= 1, "ratio of lateEntry", ratio, "must be 0..1");
            Scenario.require(hours >= 0 && hours <= 240, "hours of lateEntry", hours, "must be 0..240");
        }
    }

    /**
     * The plant whose system for orders and stocks sends rubbish.
     *
     * @param plantId a plant of the scenario
     * @param everyDays days between two pieces of rubbish
     */
    public record BadErpData(String plantId, double everyDays) {
        public BadErpData {
            Scenario.require(everyDays >= 0.01, "everyDays of badErp", everyDays, "must be 0.01 or more");
        }
    }
}
