package org.capacityboard.domain.throughput;

/** Reads what {@link BitOddsWriter} wrote. */
final class BitOddsReader extends BitOdds {
    private static final long TOP = 0xFFFFFFFFL;
    private static final int SHIFT = 24;

    private final byte[] bytes;
    private int position;
    private long low;
    private long high = TOP;
    private long at;

    BitOddsReader(byte[] bytes, int position) {
        this.bytes = bytes;
        this.position = position;
        for (int i = 0; i < Integer.BYTES; i++) {
            at = at << 8 | next();
        }
    }

    /** What is missing is zero. */
    private int next() {
        return position < bytes.length ? bytes[position++] & 0xFF : 0;
    }

    @Override
    int code(int odds, int bit) {
        long middle = low + ((high - low) * odds >>> 16);
        int read = at <= middle ? 1 : 0;
        if (read == 0) {
            low = middle + 1;
        } else {
            high = middle;
        }
        while ((low ^ high) >>> SHIFT == 0) {
            low = low << 8 & TOP;
            high = high << 8 & TOP | 0xFF;
            at = at << 8 & TOP | next();
        }
        return read;
    }
}
