package org.capacityboard.domain.throughput;

/**
 * One UTC hour of a line's timeline: the reports whose effective time lies in it; the sums taken from them so far; and which rows were written, so that a
 * product that no longer holds anything becomes zero. Once its rows are final it keeps only the sums. An hour that is over is sealed: it holds the same in a
 * fraction of the space, and is opened again to be changed.
 */
sealed interface Hour permits OpenHour, SealedHour {
    long hour();

    default long startMs() {
        return hour() * Ms.HOUR;
    }

    default long endMs() {
        return startMs() + Ms.HOUR;
    }

    /** This hour to be read at length or changed: itself, or a new one that takes its place by {@link KeptHours#put}. */
    OpenHour opened();

    /** This hour without its sums, for they changed; to be kept by {@link KeptHours#put}. */
    Hour withoutTotals();

    /** Compares the first report, also one that is in the open block, with a key. */
    int compareFirstKey(long session, long sequence);

    /** Effective time of the last report that is not in the open block; {@code Long.MIN_VALUE} if there is none. */
    long lastAtMs();

    /** The sums of [start of the hour, {@link #totalsToMs()}), not to be changed. */
    HourTotals totals();

    long totalsToMs();

    /** End of the first written window of this hour that ends after an instant; {@code Long.MAX_VALUE} if none does. */
    long nextWrittenEnd(long afterMs);
}
