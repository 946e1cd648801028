package org.capacityboard.domain.throughput;

/**
 * One UTC hour of a line's timeline: the reports whose effective time lies in it; the sums taken from them so far; and which rows were written, so that a
 * product that no longer holds anything becomes zero. Once its rows are final it keeps only the sums. An hour that is over is sealed: it holds the same in a
 * tenth of the space, and is opened again to be changed.
 */
public abstract sealed class HourChunk permits OpenHour, SealedHour {
    /** 1: an open hour whose reports are all written out. 2: an open hour, or a sealed one. */
    static final int FORMAT_VERSION = 2;

    static final int OPEN = 0;
    static final int SEALED = 1;

    private final int hour;

    HourChunk(long hour) {
        this.hour = Math.toIntExact(hour);
    }

    /** A chunk that can be changed without this one noticing; bytes are shared until then. */
    public abstract HourChunk copy();

    /** Compact bytes, format version first. */
    public abstract byte[] encode();

    /** Reads what {@link #encode} wrote, in this release or an older one. */
    public static HourChunk decode(byte[] bytes) {
        ByteReader in = ByteReader.of(bytes, FORMAT_VERSION, "hour of a line");
        long hour = in.zigzag();
        int kind = in.formatVersion() == 1 ? OPEN : in.get();
        return kind == OPEN ? OpenHour.read(in, hour) : SealedHour.read(in, hour, bytes.length);
    }

    /** This hour to be read at length or changed: itself, or a new one that takes its place by {@link HourStore#put}. */
    abstract OpenHour opened();

    /** This hour without its sums, for they changed; to be kept by {@link HourStore#put}. */
    abstract HourChunk withoutTotals();

    long hour() {
        return hour;
    }

    long startMs() {
        return hour * Ms.HOUR;
    }

    long endMs() {
        return startMs() + Ms.HOUR;
    }

    /** Compares the first report, also one that is in the open block, with a key. */
    abstract int compareFirstKey(long session, long sequence);

    /** Effective time of the last report that is not in the open block; {@code Long.MIN_VALUE} if there is none. */
    abstract long lastAtMs();

    /** The sums of [start of the hour, {@link #totalsToMs()}), not to be changed. */
    abstract HourTotals totals();

    abstract long totalsToMs();

    /** End of the first written window of this hour that ends after an instant; {@code Long.MAX_VALUE} if none does. */
    abstract long nextWrittenEnd(long afterMs);
}
