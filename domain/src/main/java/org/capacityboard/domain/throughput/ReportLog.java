package org.capacityboard.domain.throughput;

import java.util.ArrayList;
import java.util.List;
import org.capacityboard.domain.throughput.LineTimeline.Outcome;
import org.jspecify.annotations.Nullable;

/**
 * The reports of a line in the order of (session, sequence), each at its effective time, by hour. A report put between two others pushes those behind it
 * that would come before it in time. The newest reports are in the open block, with the head, so that most reports touch no hour.
 */
final class ReportLog {
    private final LineHead head;
    private final KeptHours hours;
    private long changedFromMs;
    private long changedToMs;

    ReportLog(LineHead head, KeptHours hours) {
        this.head = head;
        this.hours = hours;
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
            return append(last, said, boundMs);
        }
        int i = lastHourNotAfter(said.sessionId(), said.sequence());
        if (i < 0) {
            return addBeforeKeptHours(said, boundMs);
        }
        HourBlocks blocks = new HourBlocks(head, hours, i);
        int block = blocks.blockOf(said.sessionId(), said.sequence());
        BlockSpot spot = blocks.spot(block, said.sessionId(), said.sequence());
        Report kept = spot.next();
        if (kept != null && spot.isTaken()) {
            return repeat(said, kept, blocks, block, spot, boundMs);
        }
        Report before = spot.before();
        Report inserted = new Report().set(said, before == null ? Long.MIN_VALUE : before.atMs);
        return put(inserted, false, blocks, block, spot, inserted.atMs, boundMs);
    }

    private Outcome append(@Nullable Report last, LineReport said, long boundMs) {
        long atMs = last == null ? said.eventTimeMs() : Math.max(said.eventTimeMs(), last.atMs);
        if (atMs < boundMs) {
            return Outcome.LATE;
        }
        boolean sameHour = last != null && Ms.hour(last.atMs) == Ms.hour(atMs);
        boolean starts = last == null || last.state != said.state() || silentBefore(last, atMs);
        if (last != null
                && sameHour
                && !head.openBlock.isEmpty()
                && !head.openBlock.isFull()
                && last.isPlainlyFollowedBy(said)) {
            int unit = (int) (said.goodCount() - last.good);
            last.passPlain(1, unit);
            head.openBlock.appendPlain(unit);
        } else {
            Report before = last == null ? new Report() : last.copy();
            Report next = (last == null ? new Report() : last).set(said, atMs);
            if (!sameHour || head.openBlock.isFull()) {
                closeBlock(before.atMs);
            }
            if (!sameHour) {
                startHour(next);
            }
            head.openBlock.append(before, next);
            if (head.last != next) {
                head.last = next;
            }
        }
        if (starts) {
            head.stateSinceMs = atMs;
        }
        changedFromMs = atMs;
        changedToMs = Long.MAX_VALUE;
        return Outcome.ACCEPTED;
    }

    private void startHour(Report first) {
        long hour = Ms.hour(first.atMs);
        OpenHour chunk = hours.openOrNew(hour);
        chunk.log().startsWith(first);
        hours.put(chunk);
        head.hours.add(hour);
        head.reportHours.add(hour);
    }

    /** Gives the open block to its hour. */
    void closeBlock() {
        Report last = head.last;
        if (last != null) {
            closeBlock(last.atMs);
        }
    }

    private void closeBlock(long lastAtMs) {
        if (!head.openBlock.isEmpty()) {
            long hour = Ms.hour(head.openBlock.firstAtMs());
            OpenHour chunk = hours.known(hour).opened();
            chunk.log().addBlock(head.openBlock, lastAtMs);
            hours.put(chunk);
            head.openBlock.clear();
        }
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
        HourBlocks blocks = new HourBlocks(head, hours, 0);
        int block = blocks.first();
        BlockSpot spot = blocks.spot(block, said.sessionId(), said.sequence());
        return put(inserted, false, blocks, block, spot, inserted.atMs, boundMs);
    }

    private Outcome repeat(LineReport said, Report kept, HourBlocks blocks, int block, BlockSpot spot, long boundMs) {
        if (!kept.says(said) && kept.yieldsTo(said)) {
            Report replacement = new Report().set(said, kept.atMs);
            replacement.duplicates = kept.duplicates + 1;
            return put(replacement, true, blocks, block, spot, kept.atMs, boundMs);
        }
        changedFromMs = kept.atMs;
        changedToMs = kept.atMs;
        if (Ms.minuteStart(kept.atMs) + Ms.MINUTE > boundMs) {
            Report repeated = kept.copy();
            repeated.duplicates++;
            write(repeated, true, blocks, block, spot);
            changedToMs = repeated.atMs + 1;
        }
        return Outcome.DUPLICATE;
    }

    /** Puts a report into its place in a block, instead of the one there or before it. */
    private Outcome put(
            Report report, boolean instead, HourBlocks blocks, int block, BlockSpot spot, long fromMs, long boundMs) {
        Report behind = instead ? spot.afterNext() : spot.next();
        Report next = behind == null ? firstAfter(blocks, block) : behind;
        long nextAtMs = next == null ? Long.MAX_VALUE : next.atMs;
        boolean pushes = nextAtMs < report.atMs;
        long earliestMs = Math.min(fromMs, nextAtMs);
        if (earliestMs < boundMs) {
            return Outcome.LATE;
        }
        changedFromMs = earliestMs;
        MachineState stateBefore = head.last == null ? null : head.last.state;
        if (!pushes && Ms.hour(report.atMs) == blocks.hourNumber()) {
            changedToMs = next == null ? Long.MAX_VALUE : nextAtMs + 1;
            write(report, instead, blocks, block, spot);
        } else {
            writeHours(report, instead, blocks.place());
        }
        adjustStateSince(report, stateBefore);
        return Outcome.ACCEPTED;
    }

    private void write(Report report, boolean instead, HourBlocks blocks, int block, BlockSpot spot) {
        if (block == HourBlocks.OPEN_BLOCK) {
            head.openBlock.become(spot.with(report, instead, head.openBlock.texts()));
            newestIs(spot.last());
            if (head.openBlock.isTooLong()) {
                closeBlock();
            }
        } else {
            boolean newest = blocks.place() == head.reportHours.size() - 1 && blocks.after(block) == HourLog.NO_BLOCK;
            HourLog log = blocks.hour().log();
            ReportBlock written = spot.with(report, instead, log.texts());
            log.replaceBlock(block, written, spot.last().atMs);
            hours.put(blocks.hour());
            if (newest) {
                newestIs(spot.last());
            }
        }
    }

    private void newestIs(Report report) {
        Report last = head.last;
        if (last == null) {
            head.last = report;
        } else {
            last.set(report);
        }
    }

    /** Puts a report in and pushes those behind it, wherever that moves them. */
    private void writeHours(Report report, boolean instead, int i) {
        closeBlock();
        long lastHour = Math.max(Ms.hour(report.atMs), head.reportHours.get(i));
        List<Report> all = new ArrayList<>();
        List<Long> touched = new ArrayList<>();
        for (int j = i; j < head.reportHours.size() && head.reportHours.get(j) <= lastHour; j++) {
            all.addAll(new HourBlocks(head, hours, j).reports());
            touched.add(head.reportHours.get(j));
        }
        Report beyond = firstOf(i + touched.size());
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
            OpenHour chunk = hours.known(hour).opened();
            chunk.dropReports();
            hours.put(chunk);
            head.reportHours.remove(hour);
        }
        for (int from = 0; from < all.size(); ) {
            long hour = Ms.hour(all.get(from).atMs);
            OpenHour chunk = hours.openOrNew(hour);
            HourLog.Filler filler = new HourLog.Filler(chunk.log());
            while (from < all.size() && Ms.hour(all.get(from).atMs) == hour) {
                filler.add(all.get(from));
                from++;
            }
            filler.close();
            hours.put(chunk);
            head.hours.add(hour);
            head.reportHours.add(hour);
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
        long knownForMs = head.knownForMsAt(last.atMs);
        return knownForMs != LineHead.UNKNOWN_LINE && nextAtMs - last.atMs > knownForMs;
    }

    /** The last hour whose first report is not after a key; -1 if all are. */
    private int lastHourNotAfter(long session, long sequence) {
        int high = head.reportHours.size() - 1;
        if (!head.openBlock.isEmpty() && head.openBlock.startsBy(session, sequence)
                || high >= 0 && startsBy(high, session, sequence)) {
            return high;
        }
        int low = -1;
        high--;
        while (low < high) {
            int middle = (low + high + 1) >> 1;
            if (startsBy(middle, session, sequence)) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        return low;
    }

    private boolean startsBy(int i, long session, long sequence) {
        return hours.known(head.reportHours.get(i)).compareFirstKey(session, sequence) <= 0;
    }

    private @Nullable Report firstAfter(HourBlocks blocks, int block) {
        int behind = blocks.after(block);
        return behind == HourLog.NO_BLOCK ? firstOf(blocks.place() + 1) : first(blocks, behind);
    }

    private @Nullable Report firstOf(int i) {
        if (i >= head.reportHours.size()) {
            return null;
        }
        HourBlocks blocks = new HourBlocks(head, hours, i);
        return first(blocks, blocks.first());
    }

    private static Report first(HourBlocks blocks, int block) {
        Report first = new Report();
        blocks.reader(block).read(first, first);
        return first;
    }
}
