package org.capacityboard.bench.report;

import org.jspecify.annotations.Nullable;

/**
 * A figure that is no step's rate: a share, a delay, a size.
 *
 * @param name what it is, in a few words
 * @param value null if it has none; the remark then says why
 * @param unit {@code s}, {@code bytes}; empty for a plain number
 * @param floor what it must not be worse than; null if nothing is asked
 * @param goal what is aimed at; null if nothing is
 * @param remark how it came about; empty if there is nothing to say
 */
public record Measurement(
        String name,
        @Nullable Double value,
        String unit,
        @Nullable Double floor,
        @Nullable Double goal,
        String remark) {
    public Measurement {
        if (value == null && remark.isEmpty()) {
            throw new IllegalArgumentException("'" + name + "' has no value: a remark must say why");
        }
    }
}
