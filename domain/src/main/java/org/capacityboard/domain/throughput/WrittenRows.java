package org.capacityboard.domain.throughput;

import java.util.Arrays;

/** Which minute rows and hour rows of an hour were written, by product. */
final class WrittenRows {
    private static final int HOUR = Ms.MINUTES_PER_HOUR;
    private static final long ALL = (1L << HOUR + 1) - 1;
    private static final String[] NO_PRODUCTS = {};
    private static final long[] NO_BITS = {};

    private String[] products;
    /** By product: a bit for each minute, and one for the hour. */
    private long[] bits;

    WrittenRows() {
        this(NO_PRODUCTS, NO_BITS);
    }

    private WrittenRows(String[] products, long[] bits) {
        this.products = products;
        this.bits = bits;
    }

    boolean isEmpty() {
        return products.length == 0;
    }

    int size() {
        return products.length;
    }

    String product(int i) {
        return products[i];
    }

    boolean minute(String productId, int minute) {
        return isWritten(productId, minute);
    }

    boolean hour(String productId) {
        return isWritten(productId, HOUR);
    }

    void addMinute(String productId, int minute) {
        add(productId, 1L << minute);
    }

    void addHour(String productId) {
        add(productId, 1L << HOUR);
    }

    private boolean isWritten(String productId, int bit) {
        int i = indexOf(productId);
        return i >= 0 && (bits[i] >>> bit & 1) != 0;
    }

    private void add(String productId, long more) {
        int i = indexOf(productId);
        if (i < 0) {
            i = products.length;
            products = Arrays.copyOf(products, i + 1);
            products[i] = productId;
            bits = Arrays.copyOf(bits, i + 1);
        }
        bits[i] |= more;
    }

    private int indexOf(String productId) {
        for (int i = 0; i < products.length; i++) {
            if (products[i].equals(productId)) {
                return i;
            }
        }
        return -1;
    }

    /** Minute of the hour after which the first written window from a minute on ends; -1 if none does. */
    int nextEnd(int firstMinute) {
        long any = 0;
        for (long written : bits) {
            any |= written;
        }
        int minute = Long.numberOfTrailingZeros(any >>> firstMinute << firstMinute & ~(1L << HOUR));
        if (minute < Ms.MINUTES_PER_HOUR) {
            return minute;
        }
        return any == 0 ? -1 : Ms.MINUTES_PER_HOUR - 1;
    }

    void write(ByteWriter out) {
        out.varint(products.length);
        for (int i = 0; i < products.length; i++) {
            out.text(products[i]);
            out.varint(bits[i]);
        }
    }

    static WrittenRows read(ByteReader in) {
        int size = in.count();
        String[] products = new String[size];
        long[] bits = new long[size];
        for (int i = 0; i < size; i++) {
            products[i] = in.text();
            bits[i] = in.varint();
        }
        return new WrittenRows(products, bits);
    }

    /** Short where all rows were written, as in most hours. */
    void seal(ByteWriter out, Texts texts) {
        out.varint(products.length);
        for (int i = 0; i < products.length; i++) {
            out.varint(texts.codeOf(products[i]));
            out.varint(bits[i] ^ ALL);
        }
    }

    static WrittenRows unseal(ByteReader in, Texts texts) {
        int size = in.count();
        String[] products = new String[size];
        long[] bits = new long[size];
        for (int i = 0; i < size; i++) {
            products[i] = texts.knownTextOf(in.count());
            bits[i] = in.varint() ^ ALL;
        }
        return new WrittenRows(products, bits);
    }
}
