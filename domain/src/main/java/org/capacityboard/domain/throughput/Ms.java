package org.capacityboard.domain.throughput;

/** Windows of fixed length on the UTC time line. */
final class Ms {
    static final long MINUTE = 60_000;
    static final long HOUR = 3_600_000;
    static final int MINUTES_PER_HOUR = 60;

    private Ms() {}

    static long minuteStart(long ms) {
        return Math.floorDiv(ms, MINUTE) * MINUTE;
    }

    static long hour(long ms) {
        return Math.floorDiv(ms, HOUR);
    }

    static long hourStart(long ms) {
        return hour(ms) * HOUR;
    }

    /** {@code ms - spanMs}, where {@code Long.MIN_VALUE} stands for "no time yet" and stays. */
    static long before(long ms, long spanMs) {
        return ms < Long.MIN_VALUE + spanMs ? Long.MIN_VALUE : ms - spanMs;
    }
}
