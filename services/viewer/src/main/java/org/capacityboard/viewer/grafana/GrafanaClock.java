package org.capacityboard.viewer.grafana;

import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAdjusters;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.capacityboard.process.errors.Problem;
import org.capacityboard.process.errors.UserError;
import org.jspecify.annotations.Nullable;

/**
 * Reads the texts of times as Grafana does: {@code now-7d/d}, milliseconds of the epoch, ISO 8601.
 *
 * @param zone in which days begin, and local times are meant
 * @param weekStart first day of a week
 * @param fiscalYearStartMonth month in which a fiscal year begins, January is 0
 */
public record GrafanaClock(Instant now, ZoneId zone, DayOfWeek weekStart, int fiscalYearStartMonth) {
    private static final int LONGEST_TEXT = 64;
    private static final Instant EARLIEST = Instant.parse("0001-01-01T00:00:00Z");
    private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59.999Z");
    private static final Pattern STEP = Pattern.compile("([-+/])(\\d{0,6})(f?)([yMwdhmsQ])");
    private static final DateTimeFormatter WITH_BLANK = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss");
    private static final DateTimeFormatter COMPACT = DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss");

    public GrafanaClock {
        if (fiscalYearStartMonth < 0 || fiscalYearStartMonth > 11) {
            throw new IllegalArgumentException("a month is 0..11, not " + fiscalYearStartMonth);
        }
    }

    /** The days of UTC, the weeks of ISO 8601. */
    public static GrafanaClock utc(Instant now) {
        return new GrafanaClock(now, ZoneOffset.UTC, DayOfWeek.MONDAY, 0);
    }

    /**
     * Reads both ends; a rounded end is the last millisecond of its day, week or month.
     *
     * @throws UserError if one of them is no time, or they are swapped
     */
    public TimeRange range(String from, String to) {
        return new TimeRange(instant("from", from, false), instant("to", to, true));
    }

    private Instant instant(String name, String text, boolean roundUp) {
        if (text.length() <= LONGEST_TEXT) {
            try {
                Instant instant = text.startsWith("now") ? relative(text.substring(3), roundUp) : absolute(text);
                if (!instant.isBefore(EARLIEST) && !instant.isAfter(LATEST)) {
                    return instant;
                }
            } catch (DateTimeException | ArithmeticException | NumberFormatException noTime) {
                throw noTime(name, text, noTime);
            }
        }
        throw noTime(name, text, null);
    }

    private Instant relative(String steps, boolean roundUp) {
        String bare = steps.replaceAll("\\s", "");
        Matcher step = STEP.matcher(bare);
        ZonedDateTime time = now.truncatedTo(ChronoUnit.MILLIS).atZone(zone);
        int at = 0;
        while (step.region(at, bare.length()).lookingAt()) {
            long count = step.group(2).isEmpty() ? 1 : Long.parseLong(step.group(2));
            String unit = step.group(4);
            boolean fiscal = !step.group(3).isEmpty();
            if (fiscal && !unit.equals("y") && !unit.equals("Q")) {
                throw new DateTimeException("only years and quarters are fiscal");
            }
            if (!step.group(1).equals("/")) {
                time = moved(time, step.group(1).equals("-") ? -count : count, unit);
            } else if (count != 1) {
                throw new DateTimeException("only whole units are rounded to");
            } else {
                ZonedDateTime start = startOf(time, unit, fiscal);
                time = roundUp ? moved(start, 1, unit).minus(1, ChronoUnit.MILLIS) : start;
            }
            at = step.end();
        }
        if (at != bare.length()) {
            throw new DateTimeException("a step is -7d, +1h or /d");
        }
        return time.toInstant();
    }

    private static ZonedDateTime moved(ZonedDateTime time, long count, String unit) {
        return switch (unit) {
            case "y" -> time.plusYears(count);
            case "Q" -> time.plusMonths(Math.multiplyExact(3, count));
            case "M" -> time.plusMonths(count);
            case "w" -> time.plusWeeks(count);
            case "d" -> time.plusDays(count);
            case "h" -> time.plusHours(count);
            case "m" -> time.plusMinutes(count);
            default -> time.plusSeconds(count);
        };
    }

    private ZonedDateTime startOf(ZonedDateTime time, String unit, boolean fiscal) {
        LocalDate day = time.toLocalDate();
        int monthsIntoFiscalYear = Math.floorMod(day.getMonthValue() - 1 - fiscalYearStartMonth, 12);
        int monthsIntoYear = fiscal ? monthsIntoFiscalYear : day.getMonthValue() - 1;
        return switch (unit) {
            case "y" -> day.withDayOfMonth(1).minusMonths(monthsIntoYear).atStartOfDay(zone);
            case "Q" -> day.withDayOfMonth(1).minusMonths(monthsIntoYear % 3).atStartOfDay(zone);
            case "M" -> day.withDayOfMonth(1).atStartOfDay(zone);
            case "w" -> day.with(TemporalAdjusters.previousOrSame(weekStart)).atStartOfDay(zone);
            case "d" -> day.atStartOfDay(zone);
            case "h" -> time.truncatedTo(ChronoUnit.HOURS);
            case "m" -> time.truncatedTo(ChronoUnit.MINUTES);
            default -> time.truncatedTo(ChronoUnit.SECONDS);
        };
    }

    private Instant absolute(String text) {
        if (text.matches("\\d{8}")) {
            return LocalDate.parse(text, DateTimeFormatter.BASIC_ISO_DATE)
                    .atStartOfDay(zone)
                    .toInstant();
        }
        if (text.matches("-?\\d{1,18}")) {
            return Instant.ofEpochMilli(Long.parseLong(text));
        }
        if (text.matches("\\d{8}T\\d{6}")) {
            return LocalDateTime.parse(text, COMPACT).atZone(zone).toInstant();
        }
        if (text.length() == 10) {
            return LocalDate.parse(text).atStartOfDay(zone).toInstant();
        }
        if (text.length() == 19 && text.charAt(10) == ' ') {
            return LocalDateTime.parse(text, WITH_BLANK).atZone(zone).toInstant();
        }
        boolean hasOffset = text.matches(".*(Z|[-+]\\d\\d:?\\d\\d)");
        return hasOffset
                ? OffsetDateTime.parse(text).toInstant()
                : LocalDateTime.parse(text).atZone(zone).toInstant();
    }

    private static UserError noTime(String name, String text, @Nullable Exception cause) {
        String shown = text.length() <= LONGEST_TEXT ? text : text.substring(0, LONGEST_TEXT) + "...";
        UserError error = UserError.failed(new Problem(
                name,
                shown,
                "is no time",
                "you mean now-24h, now/d, 2026-11-09T06:00:00Z or milliseconds of the epoch"));
        if (cause != null) {
            error.initCause(cause);
        }
        return error;
    }
}
