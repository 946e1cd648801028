package org.capacityboard.oracle;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Size and kind of a seeded stream.
 *
 * @param maxLines the seed draws 1 to this many lines
 * @param reportsPerLine about how many reports each line makes, whatever the span
 * @param horizon correction horizon, at least two hours; null: drawn from the seed, 2 to 48 h
 * @param references when reference data and shift plans arrive
 * @param rubbishShare share of arrivals that must be refused, 0..1
 */
public record StreamOptions(
        int maxLines, int reportsPerLine, @Nullable Duration horizon, References references, double rubbishShare) {
    /** What tests use unless they say otherwise. */
    public static final StreamOptions DEFAULT = new StreamOptions(6, 300, null, References.FIRST, 0.01);

    private static final Duration LEAST_HORIZON = Duration.ofHours(2);

    /** When reference data and shift plans arrive. */
    public enum References {
        /** Before the first report, whatever their validFrom. */
        FIRST,
        /** At any time at which they may still act from their validFrom on. */
        IN_TIME,
        /** At any time: some come too late to act from their validFrom on, which depends on the watermark they meet. */
        BACKDATED
    }

    public StreamOptions {
        if (horizon != null && horizon.compareTo(LEAST_HORIZON) < 0) {
            throw new IllegalArgumentException("horizon is " + horizon + ", must be at least " + LEAST_HORIZON);
        }
    }

    public StreamOptions withReferences(References references) {
        return new StreamOptions(maxLines, reportsPerLine, horizon, references, rubbishShare);
    }

    public StreamOptions withHorizon(Duration horizon) {
        return new StreamOptions(maxLines, reportsPerLine, horizon, references, rubbishShare);
    }

    public StreamOptions withReportsPerLine(int reportsPerLine) {
        return new StreamOptions(maxLines, reportsPerLine, horizon, references, rubbishShare);
    }
}
