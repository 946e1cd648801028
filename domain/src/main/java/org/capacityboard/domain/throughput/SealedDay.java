package org.capacityboard.domain.throughput;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The sealed hours of one UTC day, together because each alone would take more space around it than in it. It never changes. */
final class SealedDay extends HourChunk {
    static final int HOURS = 24;

    private static final byte[] NO_HOURS = {};

    /** Hour by hour, in any order: the hour of the day, how many bytes it has, the bytes. */
    private final byte[] bytes;

    private SealedDay(byte[] bytes) {
        this.bytes = bytes;
    }

    static SealedDay empty() {
        return new SealedDay(NO_HOURS);
    }

    @Override
    public HourChunk frozen() {
        return this;
    }

    @Override
    public byte[] encode() {
        byte[] encoded = new byte[bytes.length + 2];
        encoded[0] = FORMAT_VERSION;
        encoded[1] = SEALED_DAY;
        System.arraycopy(bytes, 0, encoded, 2, bytes.length);
        return encoded;
    }

    static SealedDay read(ByteReader in, int end) {
        return new SealedDay(in.bytes(end - in.position()));
    }

    boolean isEmpty() {
        return bytes.length == 0;
    }

    /** An hour by its number; null if it is not here. */
    @Nullable
    SealedHour get(long hour) {
        int wanted = (int) Math.floorMod(hour, (long) HOURS);
        ByteReader in = new ByteReader(bytes, 0);
        while (in.position() < bytes.length) {
            int hourOfDay = in.get();
            int length = in.count();
            if (hourOfDay == wanted) {
                return new SealedHour(hour, in.bytes(length));
            }
            in.skip(length);
        }
        return null;
    }

    SealedDay with(SealedHour sealed) {
        ByteWriter more = new ByteWriter(sealed.bytes().length + 4);
        more.put((int) Math.floorMod(sealed.hour(), (long) HOURS));
        more.varint(sealed.bytes().length);
        more.append(sealed.bytes(), 0, sealed.bytes().length);
        byte[] others = without(sealed.hour()).bytes;
        byte[] all = Arrays.copyOf(others, others.length + more.length());
        System.arraycopy(more.array(), 0, all, others.length, more.length());
        return new SealedDay(all);
    }

    SealedDay without(long hour) {
        int unwanted = (int) Math.floorMod(hour, (long) HOURS);
        ByteReader in = new ByteReader(bytes, 0);
        while (in.position() < bytes.length) {
            int start = in.position();
            int hourOfDay = in.get();
            in.skip(in.count());
            if (hourOfDay == unwanted) {
                byte[] others = Arrays.copyOf(bytes, bytes.length - (in.position() - start));
                System.arraycopy(bytes, in.position(), others, start, bytes.length - in.position());
                return new SealedDay(others);
            }
        }
        return this;
    }
}
