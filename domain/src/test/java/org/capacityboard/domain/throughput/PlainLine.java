package org.capacityboard.domain.throughput;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.capacityboard.domain.reference.LineCalendar;
import org.capacityboard.domain.reference.LineVersion;
import org.capacityboard.domain.reference.PlantVersion;
import org.capacityboard.domain.reference.ShiftPlanVersion;
import org.jspecify.annotations.Nullable;

/** The rules once more, second by second and without any memory: what the timeline must agree with. All instants are whole seconds. */
final class PlainLine {
    private static final long SECOND = 1_000;

    record Applied<T>(T version, long validFromMs, long revision, long appliesFromMs) {}

    final List<LineReport> reports = new ArrayList<>();
    final Map<String, List<Applied<ShiftPlanVersion>>> plans = new TreeMap<>();
    final List<Applied<LineVersion>> lines = new ArrayList<>();
    final List<Applied<PlantVersion>> plants = new ArrayList<>();

    private static <T> @Nullable T holding(List<Applied<T>> versions, long ms) {
        Applied<T> holding = null;
        for (Applied<T> version : versions) {
            if (version.validFromMs <= ms
                    && version.appliesFromMs <= ms
                    && (holding == null
                            || version.validFromMs > holding.validFromMs
                            || version.validFromMs == holding.validFromMs && version.revision > holding.revision)) {
                holding = version;
            }
        }
        return holding == null ? null : holding.version;
    }

    private static long key(LineReport report) {
        return report.sessionId() * 1_000_000 + report.sequence();
    }

    static long[] effectiveTimes(List<LineReport> sorted) {
        long[] times = new long[sorted.size()];
        for (int i = 0; i < times.length; i++) {
            times[i] = Math.max(sorted.get(i).eventTimeMs(), i == 0 ? Long.MIN_VALUE : times[i - 1]);
        }
        return times;
    }

    private List<LineReport> sorted() {
        List<LineReport> sorted = new ArrayList<>(reports);
        sorted.sort(Comparator.comparingLong(PlainLine::key));
        return sorted;
    }

    /** First instant that taking this report would change; null if it is known or counts for nothing. */
    @Nullable
    Long firstChange(LineReport report) {
        List<LineReport> before = sorted();
        List<LineReport> after = new ArrayList<>(before);
        LineReport same = before.stream()
                .filter(known -> key(known) == key(report))
                .findFirst()
                .orElse(null);
        if (same != null && !replaces(report, same)) {
            return null;
        }
        after.remove(same);
        after.add(report);
        after.sort(Comparator.comparingLong(PlainLine::key));
        long[] timesBefore = effectiveTimes(before);
        long[] timesAfter = effectiveTimes(after);
        int place = after.indexOf(report);
        long first = same == null ? timesAfter[place] : timesBefore[place];
        for (int i = 0; i < timesBefore.length; i++) {
            int moved = i >= place && same == null ? i + 1 : i;
            if (timesBefore[i] != timesAfter[moved]) {
                first = Math.min(first, timesBefore[i]);
            }
        }
        return first;
    }

    /** The generators never give two contents of one report the same event time. */
    static boolean replaces(LineReport report, LineReport known) {
        return report.eventTimeMs() > known.eventTimeMs();
    }

    void take(LineReport report) {
        reports.removeIf(known -> key(known) == key(report));
        reports.add(report);
    }

    private boolean inPlans(long ms) {
        for (List<Applied<ShiftPlanVersion>> versions : plans.values()) {
            ShiftPlanVersion plan = holding(versions, ms);
            if (plan != null
                    && !plan.cancelled()
                    && plan.startMs() <= ms
                    && ms < plan.endMs()
                    && plan.breaks().stream().noneMatch(pause -> pause.startMs() <= ms && ms < pause.endMs())) {
                return true;
            }
        }
        return false;
    }

    private static long dayOf(PlantVersion plant, long ms) {
        ZonedDateTime local =
                Instant.ofEpochMilli(Math.floorDiv(ms, 60_000) * 60_000).atZone(plant.zone());
        LocalDate date = local.toLocalDate();
        boolean before = local.toLocalTime().toSecondOfDay() < plant.dayStartsAtMinute() * 60;
        return date.toEpochDay() - (before ? 1 : 0);
    }

    /** All rows with facts, and losses, of time from {@code fromMs} up to {@code untilMs}. */
    Map<String, String> rows(long fromMs, long untilMs) {
        Map<String, long[]> rows = new TreeMap<>();
        List<LineReport> sorted = sorted();
        long[] times = effectiveTimes(sorted);
        int seconds = (int) ((untilMs - fromMs) / SECOND);
        boolean[] plannedKnown = new boolean[seconds + 1];
        boolean[] planned = new boolean[seconds + 1];
        int last = -1;
        for (int s = 0; s <= seconds; s++) {
            long ms = fromMs + s * SECOND;
            while (last + 1 < times.length && times[last + 1] <= ms) {
                last++;
            }
            LineVersion line = holding(lines, ms);
            PlantVersion plant = holding(plants, ms);
            if (line == null || plant == null) {
                continue;
            }
            planned[s] = line.calendar() == LineCalendar.AROUND_THE_CLOCK ? last >= 0 : inPlans(ms);
            MachineState state = last < 0 ? null : knownState(sorted.get(last), times[last], ms);
            plannedKnown[s] = planned[s] && state != null;
            if (s == seconds) {
                break;
            }
            String product = last < 0 ? line.productId() : productOf(sorted.get(last), times[last]);
            if (planned[s]) {
                String reason = state == null
                        ? ""
                        : String.valueOf(sorted.get(last).reasonCode()).replace("null", "");
                add(rows, plant, ms, product, Fact.PLANNED_MS, SECOND);
                Fact fact =
                        switch (state == null ? MachineState.OFFLINE : state) {
                            case EXECUTE -> Fact.PRODUCING_MS;
                            case SETUP -> Fact.SETUP_MS;
                            case IDLE, SUSPENDED, HELD, COMPLETE -> Fact.DELAY_MS;
                            case STOPPED, ABORTED, CLEARING, MAINTENANCE -> Fact.DOWN_MS;
                            case OFFLINE -> Fact.UNKNOWN_MS;
                        };
                add(rows, plant, ms, product, fact, SECOND);
                String loss =
                        switch (state == null ? MachineState.OFFLINE : state) {
                            case EXECUTE -> null;
                            case SETUP -> "SETUP";
                            case IDLE -> "DELAY_IDLE";
                            case SUSPENDED -> "DELAY_EXTERNAL";
                            case HELD -> "DELAY_INTERNAL";
                            case COMPLETE -> "DELAY_COMPLETE";
                            case STOPPED, ABORTED, CLEARING, MAINTENANCE -> "DOWN";
                            case OFFLINE -> "UNKNOWN";
                        };
                if (loss != null) {
                    rows.computeIfAbsent("loss " + dayOf(plant, ms) + " " + loss + " " + reason, k -> new long[1])[0] +=
                            SECOND;
                }
            } else if (state == MachineState.EXECUTE) {
                add(rows, plant, ms, product, Fact.UNPLANNED_PRODUCING_MS, SECOND);
            }
        }
        for (int i = 0; i < times.length; i++) {
            count(rows, sorted, times, i, fromMs, plannedKnown, untilMs);
        }
        Map<String, String> text = new TreeMap<>();
        rows.forEach((key, facts) -> {
            if (Arrays.stream(facts).anyMatch(fact -> fact != 0)) {
                text.put(key, Arrays.toString(facts));
            }
        });
        return text;
    }

    private void count(
            Map<String, long[]> rows,
            List<LineReport> sorted,
            long[] times,
            int i,
            long fromMs,
            boolean[] plannedKnown,
            long untilMs) {
        long at = times[i];
        LineReport report = sorted.get(i);
        PlantVersion plant = holding(plants, at);
        if (plant == null || holding(lines, at) == null) {
            return;
        }
        add(rows, plant, at, productOf(report, at), Fact.REPORTS, 1);
        if (i == 0) {
            return;
        }
        LineReport before = sorted.get(i - 1);
        if (before.sessionId() == report.sessionId()) {
            add(rows, plant, at, productOf(report, at), Fact.LOST_REPORTS, report.sequence() - before.sequence() - 1);
        }
        String made = productOf(before, times[i - 1]);
        long good = increment(before.goodCount(), report.goodCount());
        long scrap = increment(before.scrapCount(), report.scrapCount());
        add(rows, plant, at, made, Fact.GOOD_UNITS, good);
        add(rows, plant, at, made, Fact.SCRAP_UNITS, scrap);
        if (before.reworkCount() >= 0 && report.reworkCount() >= 0) {
            add(rows, plant, at, made, Fact.REWORK_UNITS, increment(before.reworkCount(), report.reworkCount()));
        }
        if (at > untilMs) {
            throw new IllegalArgumentException("reports lie before the end");
        }
        LineVersion line = holding(lines, times[i - 1]);
        if (line == null) {
            return;
        }
        long all = at - times[i - 1];
        long share = 0;
        for (long ms = times[i - 1]; ms < at; ms += SECOND) {
            share += plannedKnown[(int) ((ms - fromMs) / SECOND)] ? SECOND : 0;
        }
        if (all == 0) {
            all = 1;
            boolean known = knownState(before, at, at) != null;
            boolean planned = line.calendar() == LineCalendar.AROUND_THE_CLOCK || inPlans(at);
            share = known && planned ? 1 : 0;
        }
        long cycle = line.cycleUs(made);
        add(rows, plant, at, made, Fact.IDEAL_US, Math.floorDiv((good + scrap) * cycle * share, all));
        add(rows, plant, at, made, Fact.IDEAL_GOOD_US, Math.floorDiv(good * cycle * share, all));
    }

    private static long increment(long before, long after) {
        if (after >= before) {
            return after - before;
        }
        return (before - after) * 10 < before ? after - before : after;
    }

    private @Nullable MachineState knownState(LineReport report, long at, long ms) {
        LineVersion line = holding(lines, at);
        boolean known = line != null && report.state() != MachineState.OFFLINE && ms < at + 3 * line.heartbeatMs();
        return known ? report.state() : null;
    }

    private String productOf(LineReport report, long at) {
        if (report.productId() != null) {
            return report.productId();
        }
        LineVersion line = holding(lines, at);
        return line == null ? "" : line.productId();
    }

    private static void add(
            Map<String, long[]> rows, PlantVersion plant, long ms, String product, Fact fact, long value) {
        long minute = Math.floorDiv(ms, 60_000) * 60_000;
        long hour = Math.floorDiv(ms, 3_600_000) * 3_600_000;
        for (String key : List.of(
                "minute " + product + " " + minute,
                "hour " + product + " " + hour,
                "day " + product + " " + dayOf(plant, ms))) {
            rows.computeIfAbsent(key, k -> new long[Fact.COUNT])[fact.ordinal()] += value;
        }
    }
}
