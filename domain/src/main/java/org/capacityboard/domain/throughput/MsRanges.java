package org.capacityboard.domain.throughput;

import java.util.Arrays;

/** Disjoint ranges [from, to) in ascending order; ranges that touch are one. */
final class MsRanges {
    private long[] bounds;
    private int size;

    MsRanges() {
        this(new long[4], 0);
    }

    private MsRanges(long[] bounds, int size) {
        this.bounds = bounds;
        this.size = size;
    }

    /** Comes into the cache; see {@link LineHead#glanceAtWindows}. */
    int glance() {
        return size == 0 ? 0 : (int) bounds[0];
    }

    int size() {
        return size;
    }

    boolean isEmpty() {
        return size == 0;
    }

    long from(int i) {
        return bounds[2 * i];
    }

    long to(int i) {
        return bounds[2 * i + 1];
    }

    void add(long from, long to) {
        if (from >= to || size > 0 && from >= from(size - 1) && to <= to(size - 1)) {
            return;
        }
        int first = 0;
        while (first < size && to(first) < from) {
            first++;
        }
        int next = first;
        long mergedFrom = from;
        long mergedTo = to;
        while (next < size && from(next) <= to) {
            mergedFrom = Math.min(mergedFrom, from(next));
            mergedTo = Math.max(mergedTo, to(next));
            next++;
        }
        int grown = 1 - (next - first);
        if (2 * (size + grown) > bounds.length) {
            bounds = Arrays.copyOf(bounds, 2 * bounds.length);
        }
        System.arraycopy(bounds, 2 * next, bounds, 2 * (next + grown), 2 * (size - next));
        bounds[2 * first] = mergedFrom;
        bounds[2 * first + 1] = mergedTo;
        size += grown;
    }

    void addAll(MsRanges others) {
        for (int i = 0; i < others.size; i++) {
            add(others.from(i), others.to(i));
        }
    }

    void remove(long from, long to) {
        MsRanges behind = takeFrom(to);
        takeFrom(from);
        addAll(behind);
    }

    /** Moves what lies before an instant into a set of its own. */
    MsRanges takeBefore(long ms) {
        return takeFirst(endingBy(ms), ms);
    }

    /** Moves what lies at and after an instant into a set of its own. */
    MsRanges takeFrom(long ms) {
        MsRanges before = takeBefore(ms);
        MsRanges taken = new MsRanges(bounds, size);
        bounds = before.bounds;
        size = before.size;
        return taken;
    }

    /** How many end at or before an instant. */
    private int endingBy(long ms) {
        int i = 0;
        while (i < size && to(i) <= ms) {
            i++;
        }
        return i;
    }

    /** Takes the first ranges, and what lies before an instant of the one behind them. */
    private MsRanges takeFirst(int whole, long ms) {
        boolean cuts = whole < size && from(whole) < ms;
        int taken = cuts ? whole + 1 : whole;
        MsRanges first = new MsRanges(Arrays.copyOf(bounds, Math.max(4, 2 * taken)), taken);
        if (cuts) {
            first.bounds[2 * whole + 1] = ms;
            bounds[2 * whole] = ms;
        }
        size -= whole;
        System.arraycopy(bounds, 2 * whole, bounds, 0, 2 * size);
        return first;
    }

    boolean contains(long ms) {
        for (int i = 0; i < size; i++) {
            if (from(i) <= ms && ms < to(i)) {
                return true;
            }
        }
        return false;
    }

    void write(ByteWriter out) {
        out.varint(size);
        for (int i = 0; i < 2 * size; i++) {
            out.zigzag(i == 0 ? bounds[0] : bounds[i] - bounds[i - 1]);
        }
    }

    static MsRanges read(ByteReader in) {
        int size = in.count();
        long[] bounds = new long[Math.max(4, 2 * size)];
        for (int i = 0; i < 2 * size; i++) {
            bounds[i] = in.zigzag() + (i == 0 ? 0 : bounds[i - 1]);
        }
        return new MsRanges(bounds, size);
    }
}
