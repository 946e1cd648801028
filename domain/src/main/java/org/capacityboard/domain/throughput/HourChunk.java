package org.capacityboard.domain.throughput;

/** A part of a line's timeline that is kept on its own: one hour that is open, or the hours of a UTC day that are sealed. */
public abstract sealed class HourChunk permits OpenHour, FrozenHour, SealedDay {
    /** 1: an open hour whose reports are all written out. 2: an open hour, or sealed hours. */
    static final int FORMAT_VERSION = 2;

    static final int OPEN_HOUR = 0;
    static final int SEALED_DAY = 1;

    HourChunk() {}

    /** Whether it is an hour that reports still come to, as against sealed hours that are seldom looked at. */
    public final boolean isOpen() {
        return !(this instanceof SealedDay);
    }

    /** What this chunk is now: later changes of this one do not reach it, and it is stored without being encoded again. */
    public abstract HourChunk frozen();

    /** A chunk that can be read and, if it is open, changed. */
    public HourChunk thawed() {
        return this;
    }

    /** Comes into the cache; see {@link LineHead#glanceAtWindows}. */
    public int glance() {
        return 0;
    }

    /** Compact bytes, format version first. */
    public abstract byte[] encode();

    /** Reads what {@link #encode} wrote, in this release or an older one. */
    public static HourChunk decode(byte[] bytes) {
        ByteReader in = ByteReader.of(bytes, FORMAT_VERSION, "hour of a line");
        int kind = in.formatVersion() == 1 ? OPEN_HOUR : in.get();
        return kind == OPEN_HOUR ? OpenHour.read(in) : SealedDay.read(in, bytes.length);
    }
}
