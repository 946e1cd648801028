package org.capacityboard.bench.report;

import java.util.Locale;

/** Numbers as people read them; the same in every country. */
final class Numbers {
    private Numbers() {}

    /** {@code 1,234,567}. */
    static String whole(double value) {
        return whole(Math.round(value));
    }

    static String whole(long value) {
        return String.format(Locale.ROOT, "%,d", value);
    }

    /** As many digits as mean something: {@code 1,234}, {@code 12.3}, {@code 0.62}. */
    static String plain(double value) {
        double size = Math.abs(value);
        if (size >= 100) {
            return whole(value);
        }
        return String.format(Locale.ROOT, size >= 10 ? "%.1f" : "%.2f", value);
    }

    /** {@code 1.23 M}, {@code 812 k}, {@code 95}. */
    static String brief(double value) {
        if (value >= 999_500) {
            return String.format(Locale.ROOT, "%.2f M", value / 1e6);
        }
        return value >= 1_000 ? Math.round(value / 1_000) + " k" : whole(value);
    }
}
