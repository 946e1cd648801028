package org.capacityboard.flink.operators;

/** Reads what {@link PackedOutput} wrote. */
final class PackedInput {
    private static final int BITS = 7;
    private static final int LOW_BITS = 0x7f;

    private byte[] bytes = {};
    private int position;

    /** Begins with other bytes. */
    void open(byte[] other) {
        bytes = other;
        position = 0;
    }

    void moveTo(int place) {
        position = place;
    }

    int position() {
        return position;
    }

    boolean hasMore() {
        return position < bytes.length;
    }

    byte single() {
        return bytes[position++];
    }

    long number() {
        byte next = bytes[position++];
        long coded = next & LOW_BITS;
        for (int shift = BITS; next < 0; shift += BITS) {
            next = bytes[position++];
            coded |= (long) (next & LOW_BITS) << shift;
        }
        return (coded >>> 1) ^ -(coded & 1);
    }

    /** A whole number of four bytes. */
    int readInt() {
        position += Integer.BYTES;
        return (bytes[position - 4] << 24)
                | (bytes[position - 3] & 0xff) << 16
                | (bytes[position - 2] & 0xff) << 8
                | (bytes[position - 1] & 0xff);
    }
}
