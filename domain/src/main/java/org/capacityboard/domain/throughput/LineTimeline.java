package org.capacityboard.domain.throughput;

import java.util.ArrayList;
import java.util.List;
import org.capacityboard.domain.reference.LineVersion;
import org.capacityboard.domain.reference.PlantVersion;
import org.capacityboard.domain.reference.ShiftPlanVersion;

/**
 * The timeline of one line: takes reports, shift plans and versions of the line and its plant in any order, and writes the facts of every minute, hour and
 * production day they touch. Facts are taken from all that was accepted, never carried forward, so the order of arrival cannot show in them.
 *
 * <p>Not for use by several threads. All state is in the head and the hours: the object itself may be made anew for every call.
 */
public final class LineTimeline {
    /** What became of an input. */
    public enum Outcome {
        /** It is new and counts. */
        ACCEPTED,
        /** It is known already, or is another content of a known report that does not count. */
        DUPLICATE,
        /** It would change what is older than the correction horizon. */
        LATE,
        /** The same version was given with another content; the first stands. */
        CONFLICT
    }

    private final LineHead head;
    private final KeptHours hours;
    private final long horizonMs;
    private final ReportLog log;

    /**
     * @param head the line's state but its hours
     * @param store the line's hours
     * @param horizonMs correction horizon: how long after its end a window may change, ms
     */
    public LineTimeline(String lineId, LineHead head, HourStore store, long horizonMs) {
        this.head = head;
        this.hours = new KeptHours(store);
        this.horizonMs = horizonMs;
        this.log = new ReportLog(head, hours);
    }

    /** Takes a report, judged by a watermark ({@code Long.MIN_VALUE}: none yet). */
    public Outcome report(LineReport report, long watermarkMs) {
        Outcome outcome = log.add(report, boundMs(watermarkMs));
        if (outcome == Outcome.LATE) {
            countLate(Math.max(watermarkMs, head.watermarkMs));
            return outcome;
        }
        if (outcome == Outcome.ACCEPTED) {
            accepted(log.changedFromMs(), log.changedToMs());
        } else {
            mark(log.changedFromMs(), log.changedToMs());
        }
        return outcome;
    }

    /** Takes a version of a shift plan. */
    public Outcome plan(ShiftPlanVersion plan, long watermarkMs) {
        long fromMs = plan.startMs();
        long toMs = plan.endMs();
        for (Acting<ShiftPlanVersion> known : head.plans) {
            ShiftPlanVersion other = known.version();
            if (other.planId().equals(plan.planId())) {
                if (known.validFromMs() == plan.validFromMs() && known.revision() == plan.revision()) {
                    return other.equals(plan) ? Outcome.DUPLICATE : Outcome.CONFLICT;
                }
                fromMs = Math.min(fromMs, other.startMs());
                toMs = Math.max(toMs, other.endMs());
            }
        }
        Acting<ShiftPlanVersion> added = new Acting<>(plan, plan.validFromMs(), plan.revision(), boundMs(watermarkMs));
        head.setPlans(with(head.plans, added));
        Report next = toMs < reachMs() ? new ReportCursor(head, hours, toMs, Long.MAX_VALUE).next() : null;
        accepted(Math.max(added.actsFromMs(), fromMs), next == null ? toMs : next.atMs + 1);
        return Outcome.ACCEPTED;
    }

    /** Takes a version of the line itself. */
    public Outcome line(LineVersion line, long watermarkMs) {
        for (Acting<LineVersion> known : head.lines) {
            if (known.validFromMs() == line.validFromMs() && known.revision() == line.revision()) {
                return known.version().equals(line) ? Outcome.DUPLICATE : Outcome.CONFLICT;
            }
        }
        Acting<LineVersion> added = new Acting<>(line, line.validFromMs(), line.revision(), boundMs(watermarkMs));
        head.setLines(with(head.lines, added));
        settingsChanged(added.actsFromMs());
        return Outcome.ACCEPTED;
    }

    /** Takes a version of the line's plant. */
    public Outcome plant(PlantVersion plant, long watermarkMs) {
        for (Acting<PlantVersion> known : head.plants) {
            if (known.version().plantId().equals(plant.plantId())
                    && known.validFromMs() == plant.validFromMs()
                    && known.revision() == plant.revision()) {
                return known.version().equals(plant) ? Outcome.DUPLICATE : Outcome.CONFLICT;
            }
        }
        Acting<PlantVersion> added = new Acting<>(plant, plant.validFromMs(), plant.revision(), boundMs(watermarkMs));
        head.setPlants(with(head.plants, added));
        settingsChanged(added.actsFromMs());
        return Outcome.ACCEPTED;
    }

    /** Whether a version of the line and one of its plant hold at an instant. */
    public boolean knowsLineAt(long ms) {
        return head.knownForMsAt(ms) != LineHead.UNKNOWN_LINE;
    }

    /** How many distinct records were ever accepted. */
    public long version() {
        return head.version;
    }

    /** Start of the range that the last accepted input changed; {@code Long.MIN_VALUE} if it changed everything or there was none. */
    public long lastChangeFromMs() {
        return head.lastChangeFromMs;
    }

    /** Marks all windows from an instant on as changed, as after a restore. */
    public void rewriteFrom(long fromMs) {
        mark(fromMs, Long.MAX_VALUE);
        head.currentDirty = true;
    }

    /** Earliest watermark at which a window closes or becomes final and a row would be written; {@code Long.MAX_VALUE} if there is none. */
    public long nextDue() {
        if (head.dueMs != LineHead.DUE_UNKNOWN) {
            return head.dueMs;
        }
        long due = findNextDue();
        Report last = head.last;
        if (last != null && last.atMs >= head.watermarkMs) {
            // What is due stays so while nothing but newer reports in windows already marked comes.
            head.dueMs = due;
        }
        return due;
    }

    private long findNextDue() {
        long now = head.watermarkMs;
        long due = Math.min(head.finalDueMs, head.currentDueMs);
        if (!head.dirtyMinutes.isEmpty()) {
            due = Math.min(due, Math.max(now, head.dirtyMinutes.from(0) + Ms.MINUTE));
        }
        if (!head.dirtyHours.isEmpty()) {
            due = Math.min(due, Math.max(now, head.dirtyHours.from(0) + Ms.HOUR));
        }
        for (OpenDay day : head.days) {
            if (day.dirty || day.endMs > now) {
                due = Math.min(due, Math.max(now, day.endMs));
            }
        }
        int open = now == Long.MIN_VALUE ? 0 : head.hours.indexFrom(Ms.hour(now));
        if (open < head.hours.size()) {
            due = Math.min(due, (head.hours.get(open) + 1) * Ms.HOUR);
        }
        long nextMs = ahead().nextTimeMs(now == Long.MIN_VALUE ? now : Ms.minuteStart(now));
        return nextMs == Long.MAX_VALUE ? due : Math.min(due, Ms.minuteStart(nextMs) + Ms.MINUTE);
    }

    /** Whether {@link #early} would write anything: something open changed, or time that counts is passing. */
    public boolean hasOpenChanges() {
        if (head.currentDirty || reaches(head.dirtyMinutes, Ms.MINUTE) || reaches(head.dirtyHours, Ms.HOUR)) {
            return true;
        }
        for (OpenDay day : head.days) {
            if (day.dirty && day.endMs > head.watermarkMs) {
                return true;
            }
        }
        return head.passedMs != Long.MIN_VALUE && ahead().nextTimeMs(head.passedMs) <= head.passedMs;
    }

    private boolean reaches(MsRanges dirty, long windowMs) {
        return !dirty.isEmpty()
                && dirty.to(dirty.size() - 1) > head.watermarkMs - Math.floorMod(head.watermarkMs, windowMs);
    }

    /** Writes the windows that closed or became final up to a watermark, and the closed ones that changed; drops what no longer matters. */
    public void advance(long watermarkMs, RowSink out) {
        long now = Math.max(watermarkMs, head.watermarkMs);
        if (now == Long.MIN_VALUE) {
            return;
        }
        long before = head.watermarkMs;
        Retention retention = new Retention(head, hours, horizonMs);
        pass(now);
        LineRows rows = new LineRows(head, hours, horizonMs, now, out);
        MsRanges minutes = due(head.dirtyMinutes, before, now, Ms.MINUTE);
        MsRanges wholeHours = due(head.dirtyHours, before, now, Ms.HOUR);
        MsRanges touched = new MsRanges();
        touched.addAll(wholeHours);
        for (int i = 0; i < minutes.size(); i++) {
            touched.add(Ms.hourStart(minutes.from(i)), Ms.hourStart(minutes.to(i) - 1) + Ms.HOUR);
        }
        for (int i = 0; i < touched.size(); i++) {
            long end = touched.to(i) / Ms.HOUR;
            for (long hour = ahead().nextHour(touched.from(i) / Ms.HOUR);
                    hour < end;
                    hour = ahead().nextHour(hour + 1)) {
                rows.hour(hour, minutes, wholeHours.contains(hour * Ms.HOUR));
            }
        }
        rows.closedDays(before);
        head.watermarkMs = now;
        if (now >= head.currentDueMs) {
            head.currentDueMs = Long.MAX_VALUE;
            head.currentDirty = true;
        }
        head.currentDirty |= rows.wroteAny();
        if (Ms.before(now, horizonMs) != Long.MIN_VALUE) {
            retention.dropBefore(Ms.hourStart(now - horizonMs));
        }
        head.finalDueMs = retention.finalDueMs(now);
        head.forgetMarked();
    }

    /**
     * Writes open windows that changed since they were last written; that time passes is a change for a line that has time to count.
     *
     * @param minutesAndCurrent write minutes and the current state
     * @param wholeHours write hours
     * @param days write production days
     */
    public void early(long watermarkMs, boolean minutesAndCurrent, boolean wholeHours, boolean days, RowSink out) {
        long now = Math.max(watermarkMs, head.watermarkMs);
        if (now == Long.MIN_VALUE) {
            return;
        }
        pass(now);
        LineRows rows = new LineRows(head, hours, horizonMs, now, out);
        if (minutesAndCurrent) {
            MsRanges changed = head.dirtyMinutes.takeFrom(Ms.minuteStart(now));
            for (int i = 0; i < changed.size(); i++) {
                long end = Ms.hour(changed.to(i) - 1);
                for (long hour = ahead().nextHour(Ms.hour(changed.from(i)));
                        hour <= end;
                        hour = ahead().nextHour(hour + 1)) {
                    rows.hour(hour, changed, false);
                }
            }
        }
        if (wholeHours || days) {
            MsRanges changed = head.dirtyHours.takeFrom(Ms.hourStart(now));
            for (int i = 0; i < changed.size(); i++) {
                long end = Ms.hour(changed.to(i) - 1);
                for (long hour = ahead().nextHour(Ms.hour(changed.from(i)));
                        hour <= end;
                        hour = ahead().nextHour(hour + 1)) {
                    rows.openHour(hour, wholeHours);
                }
            }
            if (!wholeHours) {
                head.dirtyHours.addAll(changed);
            }
        }
        if (days) {
            rows.openDays();
        }
        if (minutesAndCurrent) {
            rows.current();
        }
        head.forgetMarked();
    }

    private static <T> List<Acting<T>> with(List<Acting<T>> versions, Acting<T> added) {
        List<Acting<T>> all = new ArrayList<>(versions);
        all.add(added);
        return List.copyOf(all);
    }

    private long boundMs(long watermarkMs) {
        return Ms.before(Math.max(watermarkMs, head.watermarkMs), horizonMs);
    }

    private void accepted(long fromMs, long toMs) {
        head.version++;
        head.lastChangeFromMs = fromMs;
        mark(fromMs, toMs);
    }

    private void countLate(long watermarkMs) {
        long hour = Ms.hour(watermarkMs);
        OpenHour chunk = hours.openOrNew(hour);
        chunk.countLate(watermarkMs);
        markWindows(watermarkMs, watermarkMs + 1);
        if (chunk.totalsToMs() > watermarkMs) {
            chunk.forgetTotals();
        }
        hours.put(chunk);
        head.hours.add(hour);
    }

    private void settingsChanged(long fromMs) {
        for (OpenDay day : head.days) {
            long[] extent = head.settings().extentOf(day.day);
            if (extent[0] != day.startMs || extent[1] != day.endMs) {
                day.changedFrom(Long.MIN_VALUE);
                if (extent[0] < extent[1]) {
                    day.startMs = Math.min(day.startMs, extent[0]);
                    day.endMs = extent[1];
                }
            }
        }
        accepted(fromMs, Long.MAX_VALUE);
    }

    /** First instant after all that has facts so far. */
    private long reachMs() {
        Report last = head.last;
        return Math.max(head.passedMs, last == null ? Long.MIN_VALUE : last.atMs + 1);
    }

    /** Marks what changed in a range, so far as it has facts. */
    private void mark(long fromMs, long toMs) {
        long from = Math.max(fromMs, head.openFromMs);
        if (from == Long.MIN_VALUE) {
            from = ahead().earliestMs();
        }
        long to = Math.min(toMs, reachMs());
        if (from < to) {
            markWindows(from, to);
            if (from < head.passedMs) {
                forgetTotals(from, to);
            }
        }
    }

    private void markWindows(long fromMs, long toMs) {
        long firstMinute = Ms.minuteStart(fromMs);
        long endMinute = Ms.minuteStart(toMs - 1) + Ms.MINUTE;
        if (firstMinute >= head.markedFromMs && endMinute <= head.markedToMs) {
            return;
        }
        head.dueMs = LineHead.DUE_UNKNOWN;
        boolean touches = firstMinute <= head.markedToMs && endMinute >= head.markedFromMs;
        head.markedFromMs = touches ? Math.min(head.markedFromMs, firstMinute) : firstMinute;
        head.markedToMs = touches ? Math.max(head.markedToMs, endMinute) : endMinute;
        head.dirtyMinutes.add(firstMinute, endMinute);
        head.dirtyHours.add(Ms.hourStart(fromMs), Ms.hourStart(toMs - 1) + Ms.HOUR);
        for (OpenDay day : head.days) {
            if (firstMinute < day.endMs && day.startMs < toMs) {
                day.changedFrom(firstMinute);
            }
        }
    }

    private void forgetTotals(long fromMs, long toMs) {
        for (int i = head.hours.indexFrom(Ms.hour(fromMs));
                i < head.hours.size() && head.hours.get(i) * Ms.HOUR < toMs;
                i++) {
            Hour chunk = hours.get(head.hours.get(i));
            if (chunk != null && chunk.totalsToMs() > fromMs) {
                hours.put(chunk.withoutTotals());
            }
        }
    }

    private TimeAhead ahead() {
        return new TimeAhead(head, hours);
    }

    /** Marks the time up to a watermark as passed. */
    private void pass(long nowMs) {
        if (nowMs <= head.passedMs) {
            return;
        }
        long fromMs = ahead().nextTimeMs(head.passedMs);
        head.passedMs = nowMs;
        if (fromMs < nowMs) {
            markWindows(Math.max(fromMs, head.openFromMs), nowMs);
        }
    }

    /** Windows to write: those that changed and are closed, those that closed, those that became final. */
    private MsRanges due(MsRanges dirty, long beforeMs, long nowMs, long windowMs) {
        long closedTo = Math.floorDiv(nowMs, windowMs) * windowMs;
        MsRanges due = dirty.takeBefore(closedTo);
        long earliest = ahead().earliestMs();
        if (earliest == Long.MAX_VALUE) {
            return due;
        }
        earliest = Math.floorDiv(earliest, windowMs) * windowMs;
        due.add(Math.max(earliest, windowStart(beforeMs, windowMs)), closedTo);
        due.add(
                Math.max(earliest, windowStart(Ms.before(beforeMs, horizonMs), windowMs)),
                windowStart(Ms.before(nowMs, horizonMs), windowMs));
        return due;
    }

    private static long windowStart(long ms, long windowMs) {
        return ms == Long.MIN_VALUE ? ms : Math.floorDiv(ms, windowMs) * windowMs;
    }
}
