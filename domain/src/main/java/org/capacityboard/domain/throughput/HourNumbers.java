package org.capacityboard.domain.throughput;

import java.util.Arrays;

/** A sorted set of hour numbers. */
final class HourNumbers {
    private long[] hours;
    private int size;

    HourNumbers() {
        this(new long[4], 0);
    }

    private HourNumbers(long[] hours, int size) {
        this.hours = hours;
        this.size = size;
    }

    HourNumbers copy() {
        return new HourNumbers(hours.clone(), size);
    }

    int size() {
        return size;
    }

    long get(int i) {
        return hours[i];
    }

    /** How many are smaller than {@code hour}: the place of the first that is not. */
    int indexFrom(long hour) {
        if (size == 0 || hours[size - 1] < hour) {
            return size;
        }
        int found = Arrays.binarySearch(hours, 0, size, hour);
        return found >= 0 ? found : -found - 1;
    }

    boolean contains(long hour) {
        int i = indexFrom(hour);
        return i < size && hours[i] == hour;
    }

    void add(long hour) {
        int i = indexFrom(hour);
        if (i < size && hours[i] == hour) {
            return;
        }
        if (size == hours.length) {
            hours = Arrays.copyOf(hours, 2 * size);
        }
        System.arraycopy(hours, i, hours, i + 1, size - i);
        hours[i] = hour;
        size++;
    }

    void remove(long hour) {
        int i = indexFrom(hour);
        if (i < size && hours[i] == hour) {
            System.arraycopy(hours, i + 1, hours, i, size - i - 1);
            size--;
        }
    }

    void write(ByteWriter out) {
        out.varint(size);
        for (int i = 0; i < size; i++) {
            out.zigzag(i == 0 ? hours[0] : hours[i] - hours[i - 1]);
        }
    }

    static HourNumbers read(ByteReader in) {
        int size = in.count();
        long[] hours = new long[Math.max(4, size)];
        for (int i = 0; i < size; i++) {
            hours[i] = in.zigzag() + (i == 0 ? 0 : hours[i - 1]);
        }
        return new HourNumbers(hours, size);
    }
}
