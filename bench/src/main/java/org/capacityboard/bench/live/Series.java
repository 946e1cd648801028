package org.capacityboard.bench.live;

import java.util.Arrays;

/** Numbers that were measured, and what is said of them. */
final class Series {
    private double[] values = new double[64];
    private int size;

    void add(double value) {
        if (size == values.length) {
            values = Arrays.copyOf(values, 2 * size);
        }
        values[size++] = value;
    }

    void addAll(Series other) {
        for (int i = 0; i < other.size; i++) {
            add(other.values[i]);
        }
    }

    int size() {
        return size;
    }

    double first() {
        return values[0];
    }

    double last() {
        return values[size - 1];
    }

    double max() {
        return quantile(1);
    }

    double median() {
        return quantile(0.5);
    }

    /** The least number that a share of all does not exceed. */
    double quantile(double share) {
        if (size == 0) {
            throw new IllegalStateException("nothing was measured");
        }
        double[] sorted = Arrays.copyOf(values, size);
        Arrays.sort(sorted);
        return sorted[Math.max(0, (int) Math.ceil(share * size) - 1)];
    }

    /** Growth of these numbers per unit of {@code at}, by least squares; 0 if there are fewer than two. */
    double slope(Series at) {
        double meanAt = 0;
        double mean = 0;
        for (int i = 0; i < size; i++) {
            meanAt += at.values[i] / size;
            mean += values[i] / size;
        }
        double together = 0;
        double alone = 0;
        for (int i = 0; i < size; i++) {
            together += (at.values[i] - meanAt) * (values[i] - mean);
            alone += (at.values[i] - meanAt) * (at.values[i] - meanAt);
        }
        return alone == 0 ? 0 : together / alone;
    }
}
