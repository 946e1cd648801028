package org.capacityboard.domain.throughput;

import org.jspecify.annotations.Nullable;

/** Steps through a line's reports in their order, across blocks and hours. */
final class ReportCursor {
    private final LineHead head;
    private final HourStore hours;
    private final long toMs;
    private int hourIndex;
    private @Nullable HourChunk chunk;
    private int block;
    private int blockReports;
    private int taken;
    private ByteReader in = new ByteReader(new byte[0], 0);
    private Report before = new Report();
    private Report next = new Report();
    private boolean hasBefore;
    private boolean hasNext;

    /** Stands between the last report before {@code fromMs} and the first one from there on; hours that start at or after {@code toMs} are not read. */
    ReportCursor(LineHead head, HourStore hours, long fromMs, long toMs) {
        this.head = head;
        this.hours = hours;
        this.toMs = toMs;
        int start = -1;
        int i = head.reportHours.indexFrom(Ms.hour(fromMs) + 1) - 1;
        for (; i >= 0 && start < 0; i--) {
            chunk = ReportLog.chunk(hours, head.reportHours.get(i));
            start = chunk.lastBlockBefore(fromMs);
        }
        hourIndex = start < 0 ? -1 : i + 1;
        if (start >= 0) {
            open(start);
        } else {
            chunk = null;
            Report anchor = head.anchor;
            if (anchor != null) {
                before.set(anchor);
                hasBefore = true;
            }
        }
        pull();
        while (hasNext && next.atMs < fromMs) {
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

    private void open(int opened) {
        HourChunk current = chunk;
        if (current == null) {
            throw new IllegalStateException("no hour to read");
        }
        block = opened;
        blockReports = current.blockReports(opened);
        taken = 0;
        in = current.blockReader(opened);
    }

    private void pull() {
        HourChunk current = chunk;
        if (current == null || taken == blockReports) {
            if (current != null && block + 1 < current.blockCount()) {
                open(block + 1);
            } else if (hourIndex + 1 < head.reportHours.size()
                    && head.reportHours.get(hourIndex + 1) * Ms.HOUR < toMs) {
                hourIndex++;
                current = ReportLog.chunk(hours, head.reportHours.get(hourIndex));
                chunk = current;
                open(0);
            } else {
                hasNext = false;
                return;
            }
        }
        next.read(in, taken == 0 ? Report.origin(current.startMs()) : before, current.texts());
        taken++;
        hasNext = true;
    }
}
