package org.capacityboard.bench.report;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One run of a step.
 *
 * @param round 1 for the first time round
 * @param figures what was measured, by name; empty if the run has no figure
 * @param problem why it has none; null if it has
 */
public record StepRun(
        int round, Map<String, Double> figures, @Nullable String problem) {
    /** Records or reports taken in a second of the timed part. */
    public static final String EVENTS_PER_SECOND = "eventsPerSecond";

    static final String CPU_SECONDS_PER_MILLION = "cpuSecondsPerMillion";
    static final String PEAK_HEAP_MEGABYTES = "peakHeapMegabytes";
    static final String ROWS_VERIFIED = "rowsVerified";

    /** What is alive at the end of a run, without what was before it began, shared among the lines. */
    public static final String LIVE_HEAP_BYTES_PER_LINE = "liveHeapBytesPerLine";

    public StepRun {
        figures = Map.copyOf(figures);
        if (round < 1) {
            throw new IllegalArgumentException("round " + round + " must be 1 or more");
        }
        if (figures.isEmpty() == (problem == null)) {
            throw new IllegalArgumentException("A run has figures or a problem, not " + figures + " and " + problem);
        }
    }

    public static StepRun measured(int round, Map<String, Double> figures) {
        return new StepRun(round, figures, null);
    }

    public static StepRun failed(int round, String problem) {
        return new StepRun(round, Map.of(), problem);
    }
}
