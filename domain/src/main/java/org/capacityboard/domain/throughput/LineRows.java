package org.capacityboard.domain.throughput;

import org.capacityboard.domain.reference.LineCalendar;
import org.jspecify.annotations.Nullable;

/** Writes the rows of a line as of one watermark. A window is written whole: what it once held and holds no longer becomes zero. */
final class LineRows {
    private final LineHead head;
    private final HourStore hours;
    private final long horizonMs;
    private final long nowMs;
    private final long wholeMinutesToMs;
    private final RowSink out;
    private boolean wroteAny;
    private @Nullable HourTotals openTotals;
    private long openTotalsHour;

    LineRows(LineHead head, HourStore hours, long horizonMs, long nowMs, RowSink out) {
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
        HourChunk chunk = chunkOrNew(hour);
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
            settle(chunk);
        }
        keep(hour, chunk);
    }

    /** Looks at an hour that is not over: its production days, and on demand its row. */
    void openHour(long hour, boolean write) {
        HourChunk chunk = chunkOrNew(hour);
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

    private HourChunk chunkOrNew(long hour) {
        HourChunk kept = hours.get(hour);
        return kept == null ? new HourChunk(hour) : kept;
    }

    private void keep(long hour, HourChunk chunk) {
        if (head.hours.contains(hour) || !chunk.isBlank()) {
            keepAlways(hour, chunk);
        }
    }

    private void keepAlways(long hour, HourChunk chunk) {
        head.hours.add(hour);
        hours.put(hour, chunk);
    }

    /** Frees what only the newest hours need. */
    private void settle(HourChunk chunk) {
        if (nowMs >= chunk.endMs() + Ms.HOUR) {
            chunk.settle();
        }
        long previous = Ms.hour(chunk.startMs()) - 1;
        if (head.hours.contains(previous) && previous * Ms.HOUR >= head.openFromMs) {
            HourChunk before = ReportLog.chunk(hours, previous);
            before.settle();
            hours.put(previous, before);
        }
    }

    private void minutes(HourChunk chunk, HourFacts facts, long fromMs, long toMs) {
        int firstMinute = (int) ((fromMs - chunk.startMs()) / Ms.MINUTE);
        int endMinute = (int) ((toMs - chunk.startMs()) / Ms.MINUTE);
        for (int minute = firstMinute; minute < endMinute; minute++) {
            long startMs = chunk.startMs() + minute * Ms.MINUTE;
            boolean isFinal = isFinal(startMs + Ms.MINUTE);
            HourFacts.Row first = facts.minute(minute);
            for (String product : chunk.writtenProducts()) {
                if (chunk.minuteWritten(product, minute) && !holds(first, product)) {
                    out.minute(product, startMs, new long[Fact.COUNT], isFinal);
                    wroteAny = true;
                }
            }
            for (HourFacts.Row row = first; row != null; row = row.next) {
                if (!HourFacts.isZero(row.facts) || chunk.minuteWritten(row.productId, minute)) {
                    out.minute(row.productId, startMs, row.facts, isFinal);
                    chunk.minuteWasWritten(row.productId, minute);
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

    private void hourRow(HourChunk chunk, HourTotals totals) {
        HourTotals byProduct = new HourTotals();
        for (HourTotals.Facts facts : totals.facts) {
            byProduct.add(facts.productId(), 0, facts.facts());
        }
        for (String product : chunk.writtenProducts()) {
            if (chunk.hourWritten(product)) {
                byProduct.add(product, 0, new long[Fact.COUNT]);
            }
        }
        for (HourTotals.Facts facts : byProduct.facts) {
            if (!HourFacts.isZero(facts.facts()) || chunk.hourWritten(facts.productId())) {
                out.hour(facts.productId(), chunk.startMs(), facts.facts(), isFinal(chunk.endMs()));
                chunk.hourWasWritten(facts.productId());
                wroteAny = true;
            }
        }
    }

    /** Sums of a whole hour as of now; those of its closed minutes stay in the chunk. */
    private HourTotals totals(HourChunk chunk) {
        long closedTo = Math.min(chunk.endMs(), wholeMinutesToMs);
        if (chunk.totalsToMs() < closedTo) {
            long from = chunk.totalsToMs();
            chunk.extendTotals(Walk.facts(head, hours, from, closedTo, nowMs, chunk), closedTo);
        }
        if (chunk.totalsToMs() == chunk.endMs()) {
            return chunk.totals();
        }
        HourTotals known = openTotals;
        if (known != null && openTotalsHour == Ms.hour(chunk.startMs())) {
            return known;
        }
        HourTotals totals = chunk.totals().copy();
        totals.add(Walk.facts(head, hours, chunk.totalsToMs(), chunk.endMs(), nowMs, chunk)
                .totals());
        openTotals = totals;
        openTotalsHour = Ms.hour(chunk.startMs());
        return totals;
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
        HourChunk chunk = ReportLog.chunk(hours, hour);
        boolean grows = chunk.totalsToMs() < Math.min(chunk.endMs(), wholeMinutesToMs);
        HourTotals totals = totals(chunk);
        if (grows) {
            hours.put(hour, chunk);
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
                HourChunk chunk = ReportLog.chunk(hours, hour);
                boolean wholeMinutes = onMinute && Ms.minuteStart(to) == to;
                long known = wholeMinutes ? chunk.goodUnits(from, to) : HourChunk.NOT_AT_HAND;
                units += known == HourChunk.NOT_AT_HAND
                        ? Walk.facts(head, hours, from, to, nowMs, chunk).goodUnits()
                        : known;
            }
            from = to;
        }
        return units;
    }
}
