package org.capacityboard.domain.throughput;

import org.capacityboard.domain.reference.LineCalendar;
import org.capacityboard.domain.reference.LineVersion;
import org.jspecify.annotations.Nullable;

/** Takes facts from a line's reports, plans and versions: the one place where time and units become facts. */
final class Walk {
    private final Settings settings;
    private final PlannedTime planned;
    private final ReportCursor cursor;
    private final long fromMs;
    private final long toMs;
    private final long untilMs;
    private final HourFacts facts;

    private Walk(LineHead head, KeptHours hours, long fromMs, long toMs, long untilMs, HourFacts facts) {
        this.settings = head.settings();
        this.planned = head.planned();
        this.cursor = new ReportCursor(head, hours, fromMs, toMs);
        this.fromMs = fromMs;
        this.toMs = toMs;
        this.untilMs = untilMs;
        this.facts = facts;
    }

    /** Facts of [from, to), inside one hour: units wherever they lie, time only up to {@code untilMs}. */
    static HourFacts facts(
            LineHead head, KeptHours hours, long fromMs, long toMs, long untilMs, @Nullable OpenHour chunk) {
        HourFacts facts = new HourFacts(head.settings(), fromMs, toMs);
        new Walk(head, hours, fromMs, toMs, untilMs, facts).run();
        if (chunk != null && chunk.hasLate()) {
            addLate(head.settings(), chunk, fromMs, toMs, facts);
        }
        return facts;
    }

    private static void addLate(Settings settings, OpenHour chunk, long fromMs, long toMs, HourFacts facts) {
        for (int minute = 0; minute < Ms.MINUTES_PER_HOUR; minute++) {
            long atMs = chunk.startMs() + minute * Ms.MINUTE;
            if (atMs >= fromMs && atMs < toMs && chunk.lateIn(minute) > 0) {
                Setting setting = settings.ofMinute(atMs);
                if (setting != null) {
                    facts.at(atMs, setting.line().productId())[Fact.LATE_REPORTS.ordinal()] += chunk.lateIn(minute);
                }
            }
        }
    }

    private void run() {
        long atMs = fromMs;
        while (true) {
            Report before = cursor.before();
            Report next = cursor.next();
            boolean ends = next == null || next.atMs >= toMs;
            long heldToMs = Math.min(ends || next == null ? toMs : next.atMs, untilMs);
            if (atMs < heldToMs) {
                hold(before, atMs, heldToMs);
            }
            if (ends || next == null) {
                return;
            }
            count(before, next);
            atMs = next.atMs;
            cursor.step();
            passIdle();
        }
    }

    /** Reports of one minute that only say that all goes on as before, none of them after a silence, are taken at once. */
    private void passIdle() {
        Report before = cursor.before();
        Report next = cursor.next();
        if (before == null || next == null || before.state == MachineState.OFFLINE) {
            return;
        }
        int i = settings.indexAt(before.atMs);
        Setting setting = settings.get(i);
        String product = productOf(before, setting);
        if (setting == null || product == null || next.atMs - before.atMs > setting.knownForMs()) {
            return;
        }
        long minuteStart = Ms.minuteStart(next.atMs);
        long endMs = Math.min(Math.min(toMs, minuteStart + Ms.MINUTE), settings.to(i));
        int passed = cursor.passIdle(endMs);
        if (passed > 0) {
            facts.at(minuteStart, product)[Fact.REPORTS.ordinal()] += passed;
        }
    }

    /** How long a report vouches for its state: the first instant after that. */
    static long knownToMs(Report report, @Nullable Setting setting) {
        return setting == null || report.state == MachineState.OFFLINE
                ? report.atMs
                : report.atMs + setting.knownForMs();
    }

    private void hold(@Nullable Report report, long aMs, long bMs) {
        if (report == null) {
            spread(null, null, null, aMs, bMs);
            return;
        }
        Setting setting = settings.at(report.atMs);
        String product = productOf(report, setting);
        long knownToMs = knownToMs(report, setting);
        if (aMs < knownToMs) {
            spread(report, report.state, product, aMs, Math.min(bMs, knownToMs));
        }
        if (knownToMs < bMs) {
            spread(report, null, product, Math.max(aMs, knownToMs), bMs);
        }
    }

    static @Nullable String productOf(Report report, @Nullable Setting setting) {
        String product = report.product;
        if (product != null) {
            return product;
        }
        return setting == null ? null : setting.line().productId();
    }

    /** Spreads a state over planned time; {@code state} is null while unknown, {@code report} before the first one. */
    private void spread(
            @Nullable Report report, @Nullable MachineState state, @Nullable String product, long aMs, long bMs) {
        for (int i = settings.indexAt(aMs); i < settings.size() && settings.from(i) < bMs; i++) {
            Setting setting = settings.get(i);
            if (setting == null) {
                continue;
            }
            long a = Math.max(aMs, settings.from(i));
            long b = Math.min(bMs, settings.to(i));
            LineVersion line = setting.line();
            String held = product == null ? line.productId() : product;
            String reason = report == null ? null : report.reason;
            if (line.calendar() == LineCalendar.AROUND_THE_CLOCK) {
                if (report != null) {
                    facts.planned(a, b, held, state, reason);
                }
            } else {
                spreadOverPlans(a, b, held, state, reason);
            }
        }
    }

    private void spreadOverPlans(
            long aMs, long bMs, String product, @Nullable MachineState state, @Nullable String reason) {
        boolean producing = state == MachineState.EXECUTE;
        long at = aMs;
        for (int i = planned.indexAfter(aMs); i < planned.size() && planned.start(i) < bMs; i++) {
            long start = Math.max(planned.start(i), aMs);
            long end = Math.min(planned.end(i), bMs);
            if (producing) {
                facts.unplannedProducing(at, start, product);
            }
            facts.planned(start, end, product, state, reason);
            at = end;
        }
        if (producing) {
            facts.unplannedProducing(at, bMs, product);
        }
    }

    /** Counts a report and what was made since the one before it, in the minute of the report. */
    private void count(@Nullable Report before, Report report) {
        Setting here = settings.at(report.atMs);
        String product = productOf(report, here);
        if (here == null || product == null) {
            return;
        }
        long[] own = facts.at(report.atMs, product);
        own[Fact.REPORTS.ordinal()]++;
        own[Fact.DUPLICATES.ordinal()] += report.duplicates;
        if (before == null) {
            return;
        }
        if (before.session == report.session) {
            own[Fact.LOST_REPORTS.ordinal()] += report.sequence - before.sequence - 1;
        }
        long good = increment(before.good, report.good);
        long scrap = increment(before.scrap, report.scrap);
        long rework = before.rework == LineReport.NOT_REPORTED || report.rework == LineReport.NOT_REPORTED
                ? 0
                : increment(before.rework, report.rework);
        if (good == 0 && scrap == 0 && rework == 0) {
            return;
        }
        Setting then = settings.at(before.atMs);
        String made = productOf(before, then);
        if (then == null || made == null) {
            return;
        }
        long[] sums = facts.at(report.atMs, made);
        sums[Fact.GOOD_UNITS.ordinal()] += good;
        sums[Fact.SCRAP_UNITS.ordinal()] += scrap;
        sums[Fact.REWORK_UNITS.ordinal()] += rework;
        long totalMs = report.atMs - before.atMs;
        long knownToMs = knownToMs(before, then);
        long shareMs = totalMs == 0
                ? (before.atMs < knownToMs ? plannedMs(before.atMs, before.atMs + 1) : 0)
                : plannedMs(before.atMs, Math.min(report.atMs, knownToMs));
        long cycleUs = then.line().cycleUs(made);
        sums[Fact.IDEAL_US.ordinal()] += IdealTime.us(good + scrap, cycleUs, shareMs, Math.max(1, totalMs));
        sums[Fact.IDEAL_GOOD_US.ordinal()] += IdealTime.us(good, cycleUs, shareMs, Math.max(1, totalMs));
    }

    /** A fall of less than a tenth corrects the counter, any other fall is a reset. */
    static long increment(long before, long after) {
        long delta = after - before;
        if (delta >= 0) {
            return delta;
        }
        boolean corrects = -delta < before / 10 || -delta == before / 10 && before % 10 > 0;
        return corrects ? delta : after;
    }

    /** Planned time of [a, b) that has a report at or before it. */
    private long plannedMs(long aMs, long bMs) {
        long sum = 0;
        for (int i = settings.indexAt(aMs); i < settings.size() && settings.from(i) < bMs; i++) {
            Setting setting = settings.get(i);
            if (setting != null) {
                long a = Math.max(aMs, settings.from(i));
                long b = Math.min(bMs, settings.to(i));
                sum += setting.line().calendar() == LineCalendar.AROUND_THE_CLOCK ? b - a : planned.msIn(a, b);
            }
        }
        return sum;
    }
}
