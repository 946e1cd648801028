package org.capacityboard.domain.leadtime;

/** Days and weeks of UTC, in ms. */
final class UtcDays {
    static final long HOUR_MS = 3_600_000;
    static final long DAY_MS = 24 * HOUR_MS;
    static final long WEEK_MS = 7 * DAY_MS;

    private UtcDays() {}

    /** The midnight at or before an instant. */
    static long midnightMs(long ms) {
        return Math.floorDiv(ms, DAY_MS) * DAY_MS;
    }

    /** The first midnight after an instant. */
    static long nextMidnightMs(long ms) {
        return midnightMs(ms) + DAY_MS;
    }

    /** The epoch day that an instant closes or lies in: midnight closes the day before. */
    static long closedDay(long ms) {
        return Math.floorDiv(ms - 1, DAY_MS);
    }

    /** Monday of an epoch day's week, an epoch day. */
    static long monday(long day) {
        return Math.floorDiv(day + 3, 7) * 7 - 3;
    }
}
