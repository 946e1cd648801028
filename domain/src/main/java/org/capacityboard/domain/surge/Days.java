package org.capacityboard.domain.surge;

/** Days of 24 hours around today: day 0 stands at today, day s stands s days later, and what happens within a day counts on it. */
final class Days {
    static final long MS = 86_400_000;

    /** Days of a month. */
    static final double IN_MONTH = 30.4375;

    static final double WEEKS_IN_MONTH = IN_MONTH / 7;

    /** Days within which a rate is looked for, and for which it is said to be held, at most. */
    static final int LOOKED_AHEAD = 730;

    private static final long FARTHEST = 1_000_000_000;

    private Days() {}

    /** Day on which an instant counts: the first to stand at or after it. */
    static int of(long ms, long nowMs) {
        long day = -Math.floorDiv(nowMs - ms, MS);
        return (int) Math.max(-FARTHEST, Math.min(FARTHEST, day));
    }
}
