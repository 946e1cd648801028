package org.capacityboard.domain.throughput;

/** Writes bits in as many bits as their odds are worth: arithmetic coding with 32 bits of range. */
final class BitOddsWriter extends BitOdds {
    private static final long TOP = 0xFFFFFFFFL;
    private static final int SHIFT = 24;

    private final ByteWriter out;
    private long low;
    private long high = TOP;

    BitOddsWriter(ByteWriter out) {
        this.out = out;
    }

    @Override
    int code(int odds, int bit) {
        long middle = low + ((high - low) * odds >>> 16);
        if (bit == 0) {
            low = middle + 1;
        } else {
            high = middle;
        }
        while ((low ^ high) >>> SHIFT == 0) {
            out.put((int) (high >>> SHIFT));
            low = low << 8 & TOP;
            high = high << 8 & TOP | 0xFF;
        }
        return bit;
    }

    /** Writes the bytes without which the last bits are not known, if all bytes behind them are read as zero. */
    void close() {
        int left = Integer.SIZE;
        long start = 0;
        while (start < low) {
            left -= Byte.SIZE;
            long rest = (1L << left) - 1;
            start = low + rest & ~rest;
            if (start > high) {
                start = 0;
            }
        }
        for (int shift = SHIFT; shift >= left; shift -= Byte.SIZE) {
            out.put((int) (start >>> shift));
        }
    }
}
