package org.capacityboard.domain.throughput;

import org.capacityboard.domain.reference.LineCalendar;
import org.jspecify.annotations.Nullable;

/** Writes the rows of a line as of one watermark. A window is written whole: what it once held and holds no longer becomes zero. */
final class LineRows {
    private final LineHead head;
    private final KeptHours hours;
    private final long horizonMs;
    private final long nowMs;
    private final long wholeMinutesToMs;
    private final RowSink out;
    private boolean wroteAny;
    private @Nullable HourTotals openTotals;
    private long openTotalsHour;

    LineRows(LineHead head, KeptHours hours, long horizonMs, long nowMs, RowSink out) {
        this.head = head;
        this.hours = hours;
        this.horizonMs = horizonMs;
        this.nowMs = nowMs;
        this.wholeMinutesToMs = Ms.minuteStart(nowMs);
        this.out = out;
    }

    boolean wroteAny() {
        return wroteAny;
    }

    private boolean isFinal(long endMs) {
        return endMs + horizonMs <= nowMs;
    }

    /** Writes the minutes of an hour that lie in given ranges and, on demand, its row. */
    void hour(long hour, MsRanges minutes, boolean wholeHour) {
        OpenHour chunk = openOrNew(hour);
        for (int i = 0; i < minutes.size(); i++) {
            long from = Math.max(minutes.from(i), chunk.startMs());
            long to = Math.min(minutes.to(i), chunk.endMs());
            if (from < to) {
                HourFacts facts = Walk.facts(head, hours, from, to, nowMs, chunk);
                if (chunk.totalsToMs() == from && to <= wholeMinutesToMs) {
                    chunk.extendTotals(facts, to);
                }
                minutes(chunk, facts, from, to);
            }
        }
        if (wholeHour) {
            HourTotals totals = totals(chunk);
            hourRow(chunk, totals);
            openDaysOf(totals);
            chunk.log().trim();
        }
        keep(hour, chunk);
        if (wholeHour) {
            sealUpTo(hour);
        }
    }

    /** Looks at an hour that is not over: its production days, and on demand its row. */
    void openHour(long hour, boolean write) {
        OpenHour chunk = openOrNew(hour);
        HourTotals totals = totals(chunk);
        openDaysOf(totals);
        if (write) {
            hourRow(chunk, totals);
        }
        if (!totals.isEmpty()) {
            keepAlways(hour, chunk);
        } else {
            keep(hour, chunk);
        }
    }

    /** A sealed hour stays open from here on, so that it is opened once. */
    private OpenHour openOrNew(long hour) {
        Hour kept = hours.get(hour);
        if (kept == null) {
            return new OpenHour(hour);
        }
        OpenHour opened = kept.opened();
        if (opened != kept) {
            hours.put(opened);
        }
        return opened;
    }

    private void keep(long hour, OpenHour chunk) {
        if (head.hours.contains(hour) || !chunk.isBlank()) {
            keepAlways(hour, chunk);
        }
    }

    private void keepAlways(long hour, OpenHour chunk) {
        head.hours.add(hour);
        hours.put(chunk);
    }

    /**
     * Seals the open hours up to one whose row was written, back to the first sealed one: but those that are needed every minute, because they ended less
     * than an hour ago or become final now.
     */
    private void sealUpTo(long newestHour) {
        for (int i = head.hours.indexFrom(newestHour + 1) - 1; i >= 0; i--) {
            long hour = head.hours.get(i);
            boolean isOver = nowMs >= (hour + 2) * Ms.HOUR;
            if (isFinal(hour * Ms.HOUR) || isOver && !(hours.known(hour) instanceof OpenHour)) {
                return;
            }
            if (isOver) {
                if (!head.openBlock.isEmpty() && Ms.hour(head.openBlock.firstAtMs()) == hour) {
                    new ReportLog(head, hours).closeBlock();
                }
                hours.put(SealedHour.of(hours.known(hour).opened()));
            }
        }
    }

    private void minutes(OpenHour chunk, HourFacts facts, long fromMs, long toMs) {
        WrittenRows written = chunk.written();
        int firstMinute = (int) ((fromMs - chunk.startMs()) / Ms.MINUTE);
        int endMinute = (int) ((toMs - chunk.startMs()) / Ms.MINUTE);
        for (int minute = firstMinute; minute < endMinute; minute++) {
            long startMs = chunk.startMs() + minute * Ms.MINUTE;
            boolean isFinal = isFinal(startMs + Ms.MINUTE);
            HourFacts.Row first = facts.minute(minute);
            for (int i = 0; i < written.size(); i++) {
                String product = written.product(i);
                if (written.minute(product, minute) && !holds(first, product)) {
                    out.minute(product, startMs, new long[Fact.COUNT], isFinal);
                    wroteAny = true;
                }
            }
            for (HourFacts.Row row = first; row != null; row = row.next) {
                if (!HourFacts.isZero(row.facts) || written.minute(row.productId, minute)) {
                    out.minute(row.productId, startMs, row.facts, isFinal);
                    written.addMinute(row.productId, minute);
                    wroteAny = true;
                }
            }
        }
    }

    private static boolean holds(HourFacts.@Nullable Row first, String product) {
        for (HourFacts.Row row = first; row != null; row = row.next) {
            if (row.productId.equals(product)) {
                return true;
            }
        }
        return false;
    }

    private void hourRow(OpenHour chunk, HourTotals totals) {
        WrittenRows written = chunk.written();
        HourTotals byProduct = new HourTotals();
        for (HourTotals.Facts facts : totals.facts) {
            byProduct.add(facts.productId(), 0, facts.facts());
        }
        for (int i = 0; i < written.size(); i++) {
            if (written.hour(written.product(i))) {
                byProduct.add(written.product(i), 0, new long[Fact.COUNT]);
            }
        }
        for (HourTotals.Facts facts : byProduct.facts) {
            if (!HourFacts.isZero(facts.facts()) || written.hour(facts.productId())) {
                out.hour(facts.productId(), chunk.startMs(), facts.facts(), isFinal(chunk.endMs()));
                written.addHour(facts.productId());
                wroteAny = true;
            }
        }
    }

    /** Sums of a whole hour as of now; those of its closed minutes stay in the chunk. */
    private HourTotals totals(OpenHour chunk) {
        long closedTo = Math.min(chunk.endMs(), wholeMinutesToMs);
        if (chunk.totalsToMs() < closedTo) {
            long from = chunk.totalsToMs();
            chunk.extendTotals(Walk.facts(head, hours, from, closedTo, nowMs, chunk), closedTo);
        }
        if (chunk.totalsToMs() == chunk.endMs()) {
            return chunk.totals();
        }
        HourTotals known = openTotals;
        if (known != null && openTotalsHour == chunk.hour()) {
            return known;
        }
        HourTotals totals = chunk.totals().copy();
        long from = chunk.totalsToMs();
        long to = chunk.hasLate() ? chunk.endMs() : Math.min(chunk.endMs(), wholeMinutesAfterAll());
        if (from < to) {
            Walk.facts(head, hours, from, to, nowMs, chunk).addTo(totals);
        }
        openTotals = totals;
        openTotalsHour = chunk.hour();
        return totals;
    }

    /** First whole minute from which on nothing is known or passed. */
    private long wholeMinutesAfterAll() {
        Report last = head.last;
        long latestMs = last == null ? nowMs : Math.max(nowMs, last.atMs + 1);
        return Ms.minuteStart(latestMs - 1) + Ms.MINUTE;
    }

    private void openDaysOf(HourTotals totals) {
        for (HourTotals.Facts facts : totals.facts) {
            if (!isOpen(facts.day())) {
                OpenDay day = new OpenDay(facts.day());
                long[] extent = head.settings().extentOf(facts.day());
                day.startMs = extent[0];
                day.endMs = extent[1];
                if (head.watermarkMs < day.endMs + horizonMs) {
                    head.days.add(day);
                }
            }
        }
    }

    private boolean isOpen(long day) {
        for (OpenDay open : head.days) {
            if (open.day == day) {
                return true;
            }
        }
        return false;
    }

    /** Writes the days that closed or became final since an earlier watermark, and closed ones that changed; forgets the final ones. */
    void closedDays(long beforeMs) {
        for (OpenDay day : head.days) {
            boolean closed = day.endMs <= nowMs;
            long finalMs = day.endMs + horizonMs;
            if (closed && (day.dirty || day.endMs > beforeMs || finalMs > beforeMs && finalMs <= nowMs)) {
                day(day);
            }
        }
        head.days.removeIf(day -> isFinal(day.endMs));
    }

    void openDays() {
        for (OpenDay day : head.days) {
            if (day.dirty && day.endMs > nowMs) {
                day(day);
            }
        }
    }

    private void day(OpenDay day) {
        HourTotals totals = totals(day);
        boolean isFinal = isFinal(day.endMs);
        for (String product : day.writtenProducts) {
            totals.add(product, day.day, new long[Fact.COUNT]);
        }
        for (HourTotals.Facts facts : totals.facts) {
            boolean written = day.writtenProducts.contains(facts.productId());
            if (written || !HourFacts.isZero(facts.facts())) {
                out.day(facts.productId(), day.day, facts.facts(), isFinal);
                if (!written) {
                    day.writtenProducts.add(facts.productId());
                }
                wroteAny = true;
            }
        }
        for (OpenDay.LossKey loss : day.writtenLosses) {
            totals.addLoss(day.day, loss.category(), loss.reason(), 0);
        }
        for (HourTotals.Loss loss : totals.losses) {
            OpenDay.LossKey key = new OpenDay.LossKey(loss.category, loss.reason);
            boolean written = day.writtenLosses.contains(key);
            if (written || loss.ms != 0) {
                out.loss(day.day, loss.category, loss.reason, loss.ms, isFinal);
                if (!written) {
                    day.writtenLosses.add(key);
                }
            }
        }
        day.dirty = false;
    }

    /** Sums of a production day over its hours. */
    private HourTotals totals(OpenDay day) {
        HourTotals sum = new HourTotals();
        for (int i = head.hours.indexFrom(Ms.hour(day.startMs));
                i < head.hours.size() && head.hours.get(i) * Ms.HOUR < day.endMs;
                i++) {
            HourTotals totals = totals(head.hours.get(i));
            for (HourTotals.Facts facts : totals.facts) {
                if (facts.day() == day.day) {
                    sum.add(facts.productId(), day.day, facts.facts());
                }
            }
            for (HourTotals.Loss loss : totals.losses) {
                if (loss.day == day.day) {
                    sum.addLoss(day.day, loss.category, loss.reason, loss.ms);
                }
            }
        }
        return sum;
    }

    /** Writes what the line is doing now. */
    void current() {
        openHour(Ms.hour(nowMs), false);
        Setting here = head.settings().at(nowMs);
        Report last = head.last;
        MachineState state = null;
        long sinceMs = Long.MIN_VALUE;
        long dueMs = Long.MAX_VALUE;
        String product = here == null ? null : here.line().productId();
        if (last != null) {
            Setting then = head.settings().at(last.atMs);
            long knownToMs = Walk.knownToMs(last, then);
            boolean known = last.state != MachineState.OFFLINE && nowMs < knownToMs;
            state = known ? last.state : null;
            sinceMs = known ? head.stateSinceMs : knownToMs;
            dueMs = known ? knownToMs : Long.MAX_VALUE;
            product = Walk.productOf(last, then);
        }
        long[] today = today();
        long unitsLastHour = unitsLastHour();
        if (unitsLastHour != 0) {
            dueMs = Math.min(dueMs, wholeMinutesToMs + Ms.MINUTE);
        }
        long plannedMs = today[Fact.PLANNED_MS.ordinal()];
        boolean plannedNow = here != null
                && (here.line().calendar() == LineCalendar.AROUND_THE_CLOCK
                        ? last != null
                        : head.planned().contains(nowMs));
        out.current(new CurrentState(
                state,
                sinceMs,
                last == null ? null : last.reason,
                product,
                last == null ? Long.MIN_VALUE : last.atMs,
                plannedNow,
                today[Fact.GOOD_UNITS.ordinal()],
                unitsLastHour,
                plannedMs == 0 ? null : (double) (plannedMs - today[Fact.UNKNOWN_MS.ordinal()]) / plannedMs));
        head.currentDirty = false;
        head.currentDueMs = dueMs;
    }

    /** Facts of the running production day, all products together. */
    private long[] today() {
        for (OpenDay day : head.days) {
            if (day.startMs <= nowMs && nowMs < day.endMs) {
                return today(day);
            }
        }
        return new long[Fact.COUNT];
    }

    private long[] today(OpenDay day) {
        long thisHourMs = Ms.hourStart(nowMs);
        boolean known = day.pastToMs() != Long.MIN_VALUE && day.pastToMs() <= thisHourMs;
        long[] sum = known ? day.pastFacts().clone() : new long[Fact.COUNT];
        long from = known ? day.pastToMs() : day.startMs;
        boolean remembered = false;
        for (int i = head.hours.indexFrom(Ms.hour(from));
                i < head.hours.size() && head.hours.get(i) * Ms.HOUR < day.endMs;
                i++) {
            if (!remembered && head.hours.get(i) * Ms.HOUR >= thisHourMs) {
                day.rememberPast(sum.clone(), thisHourMs);
                remembered = true;
            }
            for (HourTotals.Facts facts : totals(head.hours.get(i)).facts) {
                if (facts.day() == day.day) {
                    for (int fact = 0; fact < Fact.COUNT; fact++) {
                        sum[fact] += facts.facts()[fact];
                    }
                }
            }
        }
        return sum;
    }

    private HourTotals totals(long hour) {
        Hour chunk = hours.known(hour);
        if (chunk.totalsToMs() == chunk.endMs()) {
            return chunk.totals();
        }
        OpenHour open = chunk.opened();
        boolean grows = open.totalsToMs() < Math.min(open.endMs(), wholeMinutesToMs);
        HourTotals totals = totals(open);
        if (grows) {
            hours.put(open);
        }
        return totals;
    }

    private long unitsLastHour() {
        long units = 0;
        for (long from = nowMs - Ms.HOUR; from < nowMs; ) {
            long hour = Ms.hour(from);
            long hourEnd = (hour + 1) * Ms.HOUR;
            boolean onMinute = Ms.minuteStart(from) == from;
            long to = Math.min(
                    nowMs,
                    onMinute
                            ? Math.max(from + Ms.MINUTE, Math.min(hourEnd, wholeMinutesToMs))
                            : Ms.minuteStart(from) + Ms.MINUTE);
            if (head.hours.contains(hour)) {
                OpenHour chunk = hours.known(hour).opened();
                boolean wholeMinutes = onMinute && Ms.minuteStart(to) == to;
                long known = wholeMinutes ? chunk.goodUnits(from, to) : OpenHour.NOT_AT_HAND;
                units += known == OpenHour.NOT_AT_HAND
                        ? Walk.facts(head, hours, from, to, nowMs, chunk).goodUnits()
                        : known;
            }
            from = to;
        }
        return units;
    }
}
