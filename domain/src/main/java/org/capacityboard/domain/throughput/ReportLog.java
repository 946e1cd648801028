package org.capacityboard.domain.throughput;

import java.util.ArrayList;
import java.util.List;
import org.capacityboard.domain.throughput.LineTimeline.Outcome;
import org.jspecify.annotations.Nullable;

/**
 * The reports of a line in the order of (session, sequence), each at its effective time, by hour. A report put between two others pushes those behind it
 * that would come before it in time.
 */
final class ReportLog {
    private final LineHead head;
    private final HourStore hours;
    private long changedFromMs;
    private long changedToMs;

    ReportLog(LineHead head, HourStore hours) {
        this.head = head;
        this.hours = hours;
    }

    static HourChunk chunk(HourStore hours, long hour) {
        HourChunk chunk = hours.get(hour);
        if (chunk == null) {
            throw new IllegalStateException("Hour " + hour + " of the line is missing from its state."
                    + "\nMaybe the state was restored in part: restore an older checkpoint.");
        }
        return chunk;
    }

    private HourChunk reports(int i) {
        return chunk(hours, head.reportHours.get(i));
    }

    /** First instant that the last call changed. */
    long changedFromMs() {
        return changedFromMs;
    }

    /** First instant after those that the last call changed; {@code Long.MAX_VALUE} if all from the first on changed. */
    long changedToMs() {
        return changedToMs;
    }

    /** Takes a report unless it would change an instant before {@code boundMs}. */
    Outcome add(LineReport said, long boundMs) {
        Report last = head.last;
        if (last == null || last.compareKey(said.sessionId(), said.sequence()) < 0) {
            return append(said, boundMs);
        }
        int i = lastHourNotAfter(said.sessionId(), said.sequence());
        if (i < 0) {
            return addBeforeKeptHours(said, boundMs);
        }
        HourChunk chunk = reports(i);
        int block = chunk.blockOf(said.sessionId(), said.sequence());
        List<Report> inBlock = chunk.reports(block);
        int place = placeOf(said, inBlock);
        if (place < inBlock.size() && inBlock.get(place).compareKey(said.sessionId(), said.sequence()) == 0) {
            return repeat(said, i, block, inBlock, place, boundMs);
        }
        Report inserted = new Report().set(said, inBlock.get(place - 1).atMs);
        return put(inserted, false, i, block, inBlock, place, inserted.atMs, boundMs);
    }

    private Outcome append(LineReport said, long boundMs) {
        Report last = head.last;
        Report next = head.spare().set(said, last == null ? Long.MIN_VALUE : last.atMs);
        if (next.atMs < boundMs) {
            return Outcome.LATE;
        }
        long hour = Ms.hour(next.atMs);
        int count = head.reportHours.size();
        HourChunk chunk;
        if (count > 0 && head.reportHours.get(count - 1) == hour) {
            chunk = chunk(hours, hour);
        } else {
            HourChunk kept = hours.get(hour);
            chunk = kept == null ? new HourChunk(hour) : kept;
            head.hours.add(hour);
            head.reportHours.add(hour);
        }
        chunk.append(last == null ? next : last, next);
        hours.put(hour, chunk);
        if (last == null || last.state != next.state || silentBefore(last, next.atMs)) {
            head.stateSinceMs = next.atMs;
        }
        head.useSpareAsLast();
        changedFromMs = next.atMs;
        changedToMs = Long.MAX_VALUE;
        return Outcome.ACCEPTED;
    }

    private Outcome addBeforeKeptHours(LineReport said, long boundMs) {
        Report anchor = head.anchor;
        int order = anchor == null ? -1 : anchor.compareKey(said.sessionId(), said.sequence());
        if (anchor != null && order == 0 && (anchor.says(said) || !anchor.yieldsTo(said))) {
            changedFromMs = anchor.atMs;
            changedToMs = anchor.atMs;
            return Outcome.DUPLICATE;
        }
        if (order >= 0) {
            return Outcome.LATE;
        }
        Report inserted = new Report().set(said, anchor == null ? Long.MIN_VALUE : anchor.atMs);
        return put(inserted, false, 0, 0, reports(0).reports(0), 0, inserted.atMs, boundMs);
    }

    private Outcome repeat(LineReport said, int i, int block, List<Report> inBlock, int place, long boundMs) {
        Report kept = inBlock.get(place);
        boolean replaces = !kept.says(said) && kept.yieldsTo(said);
        if (replaces) {
            Report replacement = new Report().set(said, kept.atMs);
            replacement.duplicates = kept.duplicates + 1;
            return put(replacement, true, i, block, inBlock, place, kept.atMs, boundMs);
        }
        changedFromMs = kept.atMs;
        changedToMs = kept.atMs;
        if (Ms.minuteStart(kept.atMs) + Ms.MINUTE > boundMs) {
            kept.duplicates++;
            replaceBlock(i, block, inBlock);
            changedToMs = kept.atMs + 1;
        }
        return Outcome.DUPLICATE;
    }

    /** Puts a report at a place of a block, instead of the one there or before it. */
    private Outcome put(
            Report report,
            boolean instead,
            int i,
            int block,
            List<Report> inBlock,
            int place,
            long fromMs,
            long boundMs) {
        int behind = instead ? place + 1 : place;
        Report next = behind < inBlock.size() ? inBlock.get(behind) : firstAfter(i, block);
        long nextAtMs = next == null ? Long.MAX_VALUE : next.atMs;
        boolean pushes = nextAtMs < report.atMs;
        long earliestMs = Math.min(fromMs, nextAtMs);
        if (earliestMs < boundMs) {
            return Outcome.LATE;
        }
        changedFromMs = earliestMs;
        MachineState stateBefore = head.last == null ? null : head.last.state;
        if (!pushes && Ms.hour(report.atMs) == head.reportHours.get(i)) {
            if (instead) {
                inBlock.set(place, report);
            } else {
                inBlock.add(place, report);
            }
            replaceBlock(i, block, inBlock);
            changedToMs = next == null ? Long.MAX_VALUE : nextAtMs + 1;
        } else {
            replaceHours(report, instead, i);
        }
        adjustStateSince(report, stateBefore);
        return Outcome.ACCEPTED;
    }

    private void replaceBlock(int i, int block, List<Report> inBlock) {
        long hour = head.reportHours.get(i);
        HourChunk chunk = reports(i);
        boolean tail = i == head.reportHours.size() - 1 && block == chunk.blockCount() - 1;
        chunk.replaceBlock(block, inBlock);
        hours.put(hour, chunk);
        if (tail) {
            head.last = inBlock.get(inBlock.size() - 1);
        }
    }

    /** Puts a report in and pushes those behind it, wherever that moves them. */
    private void replaceHours(Report report, boolean instead, int i) {
        long lastHour = Math.max(Ms.hour(report.atMs), head.reportHours.get(i));
        List<Report> all = new ArrayList<>();
        List<Long> touched = new ArrayList<>();
        for (int j = i; j < head.reportHours.size() && head.reportHours.get(j) <= lastHour; j++) {
            all.addAll(reports(j).reports());
            touched.add(head.reportHours.get(j));
        }
        Report beyond = i + touched.size() < head.reportHours.size()
                ? reports(i + touched.size()).reports(0).get(0)
                : null;
        int place = 0;
        while (place < all.size() && all.get(place).compareKey(report.session, report.sequence) < 0) {
            place++;
        }
        if (instead) {
            all.set(place, report);
        } else {
            all.add(place, report);
        }
        int pushed = place + 1;
        while (pushed < all.size() && all.get(pushed).atMs < report.atMs) {
            all.get(pushed).delayTo(report.atMs);
            pushed++;
        }
        Report next = pushed < all.size() ? all.get(pushed) : beyond;
        changedToMs = next == null ? Long.MAX_VALUE : next.atMs + 1;
        for (long hour : touched) {
            HourChunk chunk = chunk(hours, hour);
            chunk.replaceAll(List.of());
            hours.put(hour, chunk);
            head.reportHours.remove(hour);
        }
        for (int from = 0; from < all.size(); ) {
            long hour = Ms.hour(all.get(from).atMs);
            int to = from;
            while (to < all.size() && Ms.hour(all.get(to).atMs) == hour) {
                to++;
            }
            HourChunk kept = hours.get(hour);
            HourChunk chunk = kept == null ? new HourChunk(hour) : kept;
            chunk.replaceAll(all.subList(from, to));
            hours.put(hour, chunk);
            head.hours.add(hour);
            head.reportHours.add(hour);
            from = to;
        }
        if (beyond == null) {
            head.last = all.get(all.size() - 1);
        }
    }

    /** A report of another state inside the run of equal states that is going on cuts it; one that pushes the start of the run moves it. */
    private void adjustStateSince(Report report, @Nullable MachineState stateBefore) {
        if (head.stateSinceMs >= changedFromMs && head.stateSinceMs < report.atMs) {
            head.stateSinceMs = report.atMs;
        }
        Report last = head.last;
        if (last == null || last.compareKey(report.session, report.sequence) == 0) {
            if (report.state != stateBefore) {
                head.stateSinceMs = report.atMs;
            }
        } else if (report.state != last.state && report.atMs >= head.stateSinceMs) {
            head.stateSinceMs = changedToMs - 1;
        }
    }

    private boolean silentBefore(Report last, long nextAtMs) {
        Setting setting = head.settings().at(last.atMs);
        return setting != null && nextAtMs - last.atMs > setting.knownForMs();
    }

    private int lastHourNotAfter(long session, long sequence) {
        int low = -1;
        int high = head.reportHours.size() - 1;
        if (high >= 0 && reports(high).compareFirstKey(session, sequence) <= 0) {
            return high;
        }
        high--;
        while (low < high) {
            int middle = (low + high + 1) >> 1;
            if (reports(middle).compareFirstKey(session, sequence) <= 0) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        return low;
    }

    private static int placeOf(LineReport said, List<Report> inBlock) {
        int place = 0;
        while (place < inBlock.size() && inBlock.get(place).compareKey(said.sessionId(), said.sequence()) < 0) {
            place++;
        }
        return place;
    }

    private @Nullable Report firstAfter(int i, int block) {
        HourChunk chunk = reports(i);
        if (block + 1 < chunk.blockCount()) {
            return chunk.reports(block + 1).get(0);
        }
        return i + 1 < head.reportHours.size() ? reports(i + 1).reports(0).get(0) : null;
    }
}
