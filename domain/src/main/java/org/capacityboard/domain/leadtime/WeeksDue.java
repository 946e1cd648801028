package org.capacityboard.domain.leadtime;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.capacityboard.domain.throughput.ProductionCalendar;
import org.jspecify.annotations.Nullable;

/** Order lines that fell due, by week and group. A week is final when it has closed in the last plant's zone and the horizon has passed. */
final class WeeksDue {
    /** From Monday 00:00 UTC until the week has closed in each plant. */
    private static final long CLOSED_EVERYWHERE_MS = 36 * UtcDays.HOUR_MS;

    private final long horizonMs;
    /** By Monday, an epoch day: weeks that are not final. */
    private final TreeMap<Long, Map<OrderGroup, Lines>> weeks = new TreeMap<>();

    private long finalToMs;

    /** What was final by {@code watermarkMs} stays as it is. */
    WeeksDue(long horizonMs, long watermarkMs) {
        this.horizonMs = horizonMs;
        this.finalToMs = watermarkMs;
    }

    /** Watermark at which a week becomes final. */
    long finalAtMs(long monday) {
        return (monday + 7) * UtcDays.DAY_MS + CLOSED_EVERYWHERE_MS + horizonMs;
    }

    private boolean isFinal(long monday) {
        return finalAtMs(monday) <= finalToMs;
    }

    /** Counts a line, or with {@code sign} -1 counts it no longer. */
    void count(DuePromise due, int sign) {
        if (!isFinal(due.monday())) {
            for (OrderGroup group : due.groups()) {
                Lines lines = weeks.computeIfAbsent(due.monday(), monday -> new LinkedHashMap<>())
                        .computeIfAbsent(group, any -> new Lines());
                lines.due += sign;
                lines.onTimeInFull += due.isInFull() ? sign : 0;
                lines.unitsDue += sign * due.units();
                lines.unitsOnTime += sign * due.unitsOnTime();
                group.changedWeeks.add(due.monday());
            }
        }
    }

    /** Rows of what was counted so far are there already. */
    void restored() {
        weeks.forEach((monday, groups) -> groups.forEach((group, lines) -> {
            lines.isWritten = true;
            group.changedWeeks.remove(monday);
        }));
    }

    void writeChanged(OrderGroup group, LeadTimeSink sink) {
        for (long monday : group.changedWeeks) {
            Map<OrderGroup, Lines> groups = weeks.get(monday);
            write(monday, group, groups == null ? null : groups.get(group), false, sink);
        }
        group.changedWeeks.clear();
    }

    /** Writes the weeks that become final at a watermark, and forgets them. */
    void close(long watermarkMs, LeadTimeSink sink) {
        while (!weeks.isEmpty() && finalAtMs(weeks.firstKey()) <= watermarkMs) {
            long monday = weeks.firstKey();
            weeks.remove(monday).forEach((group, lines) -> {
                write(monday, group, lines, true, sink);
                group.changedWeeks.remove(monday);
            });
        }
        finalToMs = Math.max(finalToMs, watermarkMs);
    }

    void writeAll(LeadTimeSink sink) {
        weeks.forEach((monday, groups) -> groups.forEach((group, lines) -> {
            write(monday, group, lines, false, sink);
            group.changedWeeks.remove(monday);
        }));
    }

    /** Nobody knows any more which rows were written: a group without lines in a week that is not final gets a row of zeros. */
    void writeZeros(Iterable<OrderGroup> all, LeadTimeSink sink) {
        long monday = UtcDays.monday(Math.floorDiv(finalToMs, UtcDays.DAY_MS));
        for (; !isFinal(monday); monday -= 7) {
            Map<OrderGroup, Lines> groups = weeks.getOrDefault(monday, Map.of());
            for (OrderGroup group : all) {
                if (!groups.containsKey(group) && group.rowsFromMs() != OrderStanding.NEVER) {
                    sink.onTimeWeek(row(monday, group, new Lines(), false));
                }
            }
        }
    }

    private void write(long monday, OrderGroup group, @Nullable Lines lines, boolean isFinal, LeadTimeSink sink) {
        if (lines != null && (lines.due != 0 || lines.isWritten)) {
            lines.isWritten = true;
            sink.onTimeWeek(row(monday, group, lines, isFinal));
        }
    }

    private static OnTimeWeek row(long monday, OrderGroup group, Lines lines, boolean isFinal) {
        return new OnTimeWeek(
                ProductionCalendar.isoWeek(monday),
                group.group,
                lines.due,
                lines.onTimeInFull,
                lines.unitsDue,
                lines.unitsOnTime,
                isFinal,
                group.version);
    }

    private static final class Lines {
        long due;
        long onTimeInFull;
        long unitsDue;
        long unitsOnTime;
        boolean isWritten;
    }
}
