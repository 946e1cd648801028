package org.capacityboard.domain.throughput;

import org.jspecify.annotations.Nullable;

/** Steps through a line's reports in their order, across blocks and hours. */
final class ReportCursor {
    private final LineHead head;
    private final KeptHours hours;
    private final long toMs;
    private @Nullable HourBlocks blocks;
    private int block = HourLog.NO_BLOCK;
    private @Nullable BlockReader reader;
    private Report before = new Report();
    private Report next = new Report();
    private boolean hasBefore;
    private boolean hasNext;

    /** Stands between the last report before {@code fromMs} and the first one from there on; hours that start at or after {@code toMs} are not read. */
    ReportCursor(LineHead head, KeptHours hours, long fromMs, long toMs) {
        this.head = head;
        this.hours = hours;
        this.toMs = toMs;
        int i = head.reportHours.indexFrom(Ms.hour(fromMs) + 1);
        while (reader == null && --i >= 0) {
            HourBlocks earlier = new HourBlocks(head, hours, i);
            open(earlier, earlier.lastBefore(fromMs));
        }
        if (reader == null) {
            blocks = null;
            Report anchor = head.anchor;
            hasBefore = anchor != null;
            if (anchor != null) {
                before.set(anchor);
            }
        }
        pull();
        while (hasNext && next.atMs < fromMs) {
            BlockReader current = reader;
            if (current != null) {
                current.passRunsBefore(fromMs, next);
            }
            step();
        }
    }

    /** The report before the place where the cursor stands. */
    @Nullable
    Report before() {
        return hasBefore ? before : null;
    }

    /** The report behind it. */
    @Nullable
    Report next() {
        return hasNext ? next : null;
    }

    void step() {
        Report free = before;
        before = next;
        next = free;
        hasBefore = true;
        pull();
    }

    /**
     * Moves over reports before an instant that only say again what the one before the cursor said, without a unit, if the next one is such a report.
     *
     * @return how many it moved over
     */
    int passIdle(long ms) {
        BlockReader current = reader;
        if (!hasNext || current == null || !current.isIdle() || next.atMs >= ms) {
            return 0;
        }
        long stepMs = next.stepMs();
        long more = stepMs == 0 ? current.idleAhead() : (ms - 1 - next.atMs) / stepMs;
        int passed = (int) Math.min(more, current.idleAhead());
        current.passIdle(passed, next);
        step();
        return passed + 1;
    }

    private void open(HourBlocks of, int opened) {
        blocks = of;
        block = opened;
        reader = opened == HourLog.NO_BLOCK ? null : of.reader(opened);
    }

    private void pull() {
        BlockReader current = reader;
        hasNext = current != null && current.read(before, next);
        while (!hasNext && openNext()) {
            current = reader;
            hasNext = current != null && current.read(before, next);
        }
    }

    private boolean openNext() {
        HourBlocks current = blocks;
        if (current != null && block != HourLog.NO_BLOCK) {
            int behind = current.after(block);
            if (behind != HourLog.NO_BLOCK) {
                open(current, behind);
                return true;
            }
        }
        int place = current == null ? 0 : current.place() + 1;
        if (place >= head.reportHours.size() || head.reportHours.get(place) * Ms.HOUR >= toMs) {
            return false;
        }
        HourBlocks following = new HourBlocks(head, hours, place);
        open(following, following.first());
        return true;
    }
}
