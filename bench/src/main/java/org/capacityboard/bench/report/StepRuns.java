package org.capacityboard.bench.report;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * All runs of a step.
 *
 * @param word what the step is called by
 * @param what what it does, in a few words
 * @param runs in the order of the rounds
 */
public record StepRuns(String word, String what, List<StepRun> runs) {
    public StepRuns {
        runs = List.copyOf(runs);
    }

    /** A figure over the runs that have it; null if none has. */
    public @Nullable Spread spread(String figure) {
        List<Double> values = runs.stream()
                .map(run -> run.figures().get(figure))
                .filter(Objects::nonNull)
                .toList();
        return values.isEmpty() ? null : Spread.of(values);
    }

    /** Runs that have no figure. */
    public List<StepRun> failed() {
        return runs.stream().filter(run -> run.problem() != null).toList();
    }
}
