package org.capacityboard.domain.leadtime;

/** How long the state of an order is kept. */
final class Retention {
    private final long dropAfterMs;
    private final WeeksDue weeks;

    /** @param dropAfterMs time after an order's end and its last record */
    Retention(long dropAfterMs, WeeksDue weeks) {
        this.dropAfterMs = dropAfterMs;
        this.weeks = weeks;
    }

    /** Watermark from which on nothing of an ended order can change a row that is not final, but for its place in the cohort of all. */
    long dropAtMs(OrderLine line) {
        long atMs = Math.max(line.endMs(), line.lastEventMs()) + dropAfterMs;
        DuePromise due = line.due;
        return due == null ? atMs : Math.max(atMs, weeks.finalAtMs(due.monday()));
    }
}
