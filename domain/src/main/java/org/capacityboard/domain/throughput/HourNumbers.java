package org.capacityboard.domain.throughput;

/** A sorted set of hour numbers: few runs of hours that follow each other. */
final class HourNumbers {
    private final MsRanges runs;
    private int size;

    HourNumbers() {
        this(new MsRanges());
    }

    private HourNumbers(MsRanges runs) {
        this.runs = runs;
        for (int i = 0; i < runs.size(); i++) {
            size += length(i);
        }
    }

    private int length(int run) {
        return (int) (runs.to(run) - runs.from(run));
    }

    /** Comes into the cache; see {@link LineHead#glanceAtWindows}. */
    int glance() {
        return runs.glance();
    }

    int size() {
        return size;
    }

    long get(int i) {
        int run = 0;
        int left = i;
        while (left >= length(run)) {
            left -= length(run);
            run++;
        }
        return runs.from(run) + left;
    }

    /** How many are smaller than {@code hour}: the place of the first that is not. */
    int indexFrom(long hour) {
        int smaller = 0;
        for (int run = 0; run < runs.size() && runs.from(run) < hour; run++) {
            smaller += (int) (Math.min(hour, runs.to(run)) - runs.from(run));
        }
        return smaller;
    }

    boolean contains(long hour) {
        return runs.contains(hour);
    }

    void add(long hour) {
        if (!contains(hour)) {
            runs.add(hour, hour + 1);
            size++;
        }
    }

    void remove(long hour) {
        if (contains(hour)) {
            runs.remove(hour, hour + 1);
            size--;
        }
    }

    void write(ByteWriter out) {
        runs.write(out);
    }

    static HourNumbers read(ByteReader in) {
        return new HourNumbers(MsRanges.read(in));
    }

    /** Reads the numbers one by one, as the first format has them. */
    static HourNumbers readEach(ByteReader in) {
        HourNumbers hours = new HourNumbers();
        long hour = 0;
        for (int i = in.count(); i > 0; i--) {
            hour += in.zigzag();
            hours.add(hour);
        }
        return hours;
    }
}
