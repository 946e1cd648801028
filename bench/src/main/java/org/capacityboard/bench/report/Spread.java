package org.capacityboard.bench.report;

import java.util.Collection;

/** Where the values of several runs lie. */
public record Spread(double min, double median, double max) {
    public Spread {
        if (!(min <= median && median <= max)) {
            throw new IllegalArgumentException(min + ", " + median + ", " + max + " must rise");
        }
    }

    /**
     * @param values at least one
     */
    public static Spread of(Collection<Double> values) {
        double[] sorted =
                values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
        int half = sorted.length / 2;
        double median = sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
        return new Spread(sorted[0], median, sorted[sorted.length - 1]);
    }
}
