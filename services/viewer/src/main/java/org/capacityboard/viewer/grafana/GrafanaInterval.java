package org.capacityboard.viewer.grafana;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.capacityboard.process.errors.Problem;
import org.capacityboard.process.errors.UserError;
import org.jspecify.annotations.Nullable;

/** The lengths of time that Grafana knows: of a point on a chart, and in the text of a query. */
public final class GrafanaInterval {
    /** No point of a chart of SQL is narrower unless panel or data source say so. */
    public static final String LEAST_OF_SQL = "1m";

    private static final long SECOND = 1_000;
    private static final long MINUTE = 60 * SECOND;
    private static final long HOUR = 60 * MINUTE;
    private static final long DAY = 24 * HOUR;

    /** A range divided by its points that is below the first number is rounded to the second; both in milliseconds. */
    private static final long[][] ROUNDED = {
        {10, 1},
        {15, 10},
        {35, 20},
        {75, 50},
        {150, 100},
        {350, 200},
        {750, 500},
        {1_500, SECOND},
        {3_500, 2 * SECOND},
        {7_500, 5 * SECOND},
        {12_500, 10 * SECOND},
        {17_500, 15 * SECOND},
        {25_000, 20 * SECOND},
        {45_000, 30 * SECOND},
        {90_000, MINUTE},
        {210_000, 2 * MINUTE},
        {450_000, 5 * MINUTE},
        {750_000, 10 * MINUTE},
        {1_050_000, 15 * MINUTE},
        {1_500_000, 20 * MINUTE},
        {2_700_000, 30 * MINUTE},
        {5_400_000, HOUR},
        {9_000_000, 2 * HOUR},
        {16_200_000, 3 * HOUR},
        {32_400_000, 6 * HOUR},
        {DAY, 12 * HOUR},
        {7 * DAY, DAY},
        {21 * DAY, 7 * DAY},
        {42 * DAY, 30 * DAY},
    };

    private static final Pattern LEAST = Pattern.compile("(\\d{1,9})(?:\\.\\d+)?(ms|[Mwdhmsy])?.*");
    private static final Pattern CALENDAR = Pattern.compile("(\\d{1,6})([dwMy])");
    private static final Pattern CLOCK_PART = Pattern.compile("(\\d{1,9}(?:\\.\\d{1,9})?)(ns|us|µs|ms|s|m|h)");

    private GrafanaInterval() {}

    /**
     * What {@code $__interval} stands for.
     *
     * @param points how many the chart has room for
     * @param least no result is shorter: {@code 5m}; null for no limit
     */
    public static Duration of(TimeRange range, int points, @Nullable String least) {
        double widthMs = (double) range.length().toMillis() / Math.max(1, points);
        return Duration.ofMillis(Math.max(rounded(widthMs), least == null ? 1 : leastMs(least)));
    }

    /** In one unit, rounded down: {@code 90s} is {@code 1m}. */
    public static String text(Duration interval) {
        long ms = interval.toMillis();
        if (ms >= 365 * DAY) {
            return ms / (365 * DAY) + "y";
        } else if (ms >= DAY) {
            return ms / DAY + "d";
        } else if (ms >= HOUR) {
            return ms / HOUR + "h";
        } else if (ms >= MINUTE) {
            return ms / MINUTE + "m";
        } else if (ms >= SECOND) {
            return ms / SECOND + "s";
        }
        return Math.max(1, ms) + "ms";
    }

    /**
     * The length in a macro: {@code 5m}, {@code 1h30m}, {@code 1d}.
     *
     * @param at months and years are as long as those that begin here
     */
    static Duration inMacro(String text, Instant at) {
        Matcher calendar = CALENDAR.matcher(text);
        if (calendar.matches()) {
            long count = Long.parseLong(calendar.group(1));
            ZonedDateTime start = at.atZone(ZoneOffset.UTC);
            ZonedDateTime end =
                    switch (calendar.group(2)) {
                        case "d" -> start.plusDays(count);
                        case "w" -> start.plusWeeks(count);
                        case "M" -> start.plusMonths(count);
                        default -> start.plusYears(count);
                    };
            return positive(Duration.between(start, end), text);
        }
        Matcher part = CLOCK_PART.matcher(text);
        BigDecimal nanos = BigDecimal.ZERO;
        int at0 = 0;
        while (part.region(at0, text.length()).lookingAt()) {
            nanos = nanos.add(new BigDecimal(part.group(1)).multiply(BigDecimal.valueOf(nanosOf(part.group(2)))));
            at0 = part.end();
        }
        if (at0 != text.length() || at0 == 0) {
            throw noLength(text);
        }
        return positive(Duration.ofNanos(nanos.longValue()), text);
    }

    private static Duration positive(Duration length, String text) {
        if (length.isZero() || length.isNegative()) {
            throw noLength(text);
        }
        return length;
    }

    private static long rounded(double ms) {
        for (long[] step : ROUNDED) {
            if (ms < step[0]) {
                return step[1];
            }
        }
        return 365 * DAY;
    }

    private static long leastMs(String text) {
        Matcher length = LEAST.matcher(text.strip());
        if (!length.matches()) {
            throw noLength(text);
        }
        String unit = length.group(2);
        long count = Long.parseLong(length.group(1));
        return count
                * switch (unit == null ? "s" : unit) {
                    case "ms" -> 1;
                    case "m" -> MINUTE;
                    case "h" -> HOUR;
                    case "d" -> DAY;
                    case "w" -> 7 * DAY;
                    case "M" -> 30 * DAY;
                    case "y" -> 365 * DAY;
                    default -> SECOND;
                };
    }

    private static long nanosOf(String unit) {
        return switch (unit) {
            case "ns" -> 1L;
            case "us", "µs" -> 1_000L;
            case "ms" -> 1_000_000L;
            case "s" -> 1_000_000_000L;
            case "m" -> 60_000_000_000L;
            default -> 3_600_000_000_000L;
        };
    }

    private static UserError noLength(String text) {
        return UserError.failed(new Problem("length of time", text, "is none", "you mean 5m, 1h or 1d"));
    }
}
