package org.capacityboard.bench.report;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What was measured of every step, and how the steps compare: a job with the loop that does the same, a peer with the job.
 *
 * @param steps in the order of the table
 */
public record Ladder(List<StepRuns> steps) {
    private static final String NOTHING = "";

    /** Whose rates a step's rate is divided by. */
    private static final Map<String, List<String>> COMPARED_WITH = Map.of(
            "l4", List.of("l3a"),
            "l5", List.of("l3a", "l5-off"),
            "l5-off", List.of("l3a"),
            "l6", List.of("l3b"),
            "l7", List.of("l3b"),
            "streams", List.of("l6"),
            "streams-tuned", List.of("l5"),
            "naive", List.of("l6"));

    /** Which side of the comparison a step is on. */
    public enum Side {
        /** What can be had at all. */
        LIMIT("the practical limit"),
        /** The product. */
        JOB("Capacity Board"),
        /** How others do it. */
        PEER("peers");

        private final String words;

        Side(String words) {
            this.words = words;
        }

        String words() {
            return words;
        }

        static Side of(String step) {
            if (step.matches("l[123].*")) {
                return LIMIT;
            }
            return step.matches("l[4-9].*") ? JOB : PEER;
        }
    }

    public Ladder {
        steps = List.copyOf(steps);
    }

    /** A figure of a step; null if it has none. */
    public @Nullable Spread spread(String step, String figure) {
        return steps.stream()
                .filter(each -> each.word().equals(step))
                .findFirst()
                .map(each -> each.spread(figure))
                .orElse(null);
    }

    /** Median rate of a step divided by another's; null if one of them has none. */
    public @Nullable Double ratio(String step, String toStep) {
        Spread rate = spread(step, StepRun.EVENTS_PER_SECOND);
        Spread other = spread(toStep, StepRun.EVENTS_PER_SECOND);
        return rate == null || other == null ? null : rate.median() / other.median();
    }

    /** The ratios that say how good a step is, by the step it is compared with; those that can be had. */
    public Map<String, Double> ratios(String step) {
        Map<String, Double> ratios = new LinkedHashMap<>();
        for (String other : COMPARED_WITH.getOrDefault(step, List.of())) {
            Double ratio = ratio(step, other);
            if (ratio != null) {
                ratios.put(other, ratio);
            }
        }
        return ratios;
    }

    /** The same in words: {@code 0.61 of l3a}; of a peer, how many times as fast the job is. */
    String comparison(String step) {
        Map<String, Double> ratios = ratios(step);
        if (ratios.isEmpty()) {
            return NOTHING;
        }
        boolean isPeer = Side.of(step) == Side.PEER;
        return ratios.entrySet().stream()
                .map(ratio -> isPeer
                        ? String.format(Locale.ROOT, "%s is %.1f times as fast", ratio.getKey(), 1 / ratio.getValue())
                        : String.format(Locale.ROOT, "%.2f of %s", ratio.getValue(), ratio.getKey()))
                .collect(Collectors.joining("; "));
    }

    /** Whether every run has its figures. */
    public boolean isComplete() {
        return steps.stream().allMatch(step -> step.failed().isEmpty());
    }
}
