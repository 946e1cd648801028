package org.capacityboard.domain.leadtime;

import java.util.Arrays;

/**
 * Waiting times, each from when it came under observation until it ended. Grows as needed; holds primitives only: 8 bytes for an entry that was observed
 * from its beginning, 16 for one that came under observation later. Not for several threads.
 */
public final class Observations {
    /** Times beyond this count as this: 278 years. */
    static final long LONGEST_MS = (1L << 43) - 1;

    /** Weights beyond this count as this, so that no sum overflows. */
    static final long MOST_WEIGHT = 1L << 40;

    // A number holds the time, what it ended with, and the weight as a digit and its place; a weight above a digit is
    // several numbers. Sorting the numbers sorts the times. Those who enter and those who leave are counted apart, so
    // nobody needs to know which entry belongs to which end.
    private static final int DIGIT_BITS = 16;
    private static final int PLACE_BITS = 2;
    private static final int ENDING_BITS = 2;
    private static final int ENDING_SHIFT = DIGIT_BITS + PLACE_BITS;
    private static final int TIME_SHIFT = ENDING_SHIFT + ENDING_BITS;
    private static final long DIGIT_MASK = (1L << DIGIT_BITS) - 1;
    private static final int SORTED_BITS = 11;
    private static final int FEWEST_BY_DIGIT = 2_000;
    private static final int FEWEST = 16;

    private long[] ends = new long[FEWEST];
    private int endCount;
    private long[] entries = new long[0];
    private int entryCount;
    private long weightFromZero;
    private int size;

    public Observations() {}

    /**
     * Adds one. It is at risk at t if {@code entryMs < t <= timeMs}, so one with {@code timeMs <= entryMs} says nothing and is left out.
     *
     * @param entryMs waiting time when it came under observation, 0 or more
     * @param timeMs waiting time at its end
     * @param weight how many are alike, 1 or more
     */
    public void add(long entryMs, long timeMs, Ending ending, long weight) {
        if (entryMs < 0) {
            throw new IllegalArgumentException("Entry " + entryMs + " ms is negative, must be 0 or more");
        }
        if (weight < 1) {
            throw new IllegalArgumentException("Weight is " + weight + ", must be 1 or more");
        }
        long time = Math.min(timeMs, LONGEST_MS);
        if (time <= entryMs) {
            return;
        }
        long rest = Math.min(weight, MOST_WEIGHT);
        if (entryMs == 0) {
            weightFromZero += rest;
        }
        for (long place = 0; rest != 0; place++) {
            long digit = rest & DIGIT_MASK;
            rest >>>= DIGIT_BITS;
            if (digit != 0) {
                long weightBits = place << DIGIT_BITS | digit;
                ends = withRoom(ends, endCount);
                ends[endCount++] = time << TIME_SHIFT | (long) ending.ordinal() << ENDING_SHIFT | weightBits;
                if (entryMs > 0) {
                    entries = withRoom(entries, entryCount);
                    entries[entryCount++] = entryMs << TIME_SHIFT | weightBits;
                }
            }
        }
        size++;
    }

    private static long[] withRoom(long[] numbers, int used) {
        return used < numbers.length ? numbers : Arrays.copyOf(numbers, Math.max(FEWEST, used + (used >> 1)));
    }

    /** How many entries it holds, each counted once. */
    public int size() {
        return size;
    }

    /** Those who leave, by time. Not to be changed; what is added later is not in it. */
    long[] sortedEnds() {
        ends = sorted(ends, endCount);
        return ends;
    }

    /** Those who enter later than at 0, by time. Not to be changed; what is added later is not in it. */
    long[] sortedEntries() {
        entries = sorted(entries, entryCount);
        return entries;
    }

    /** A copy by time, without room for more. Many are sorted digit by digit: three to four times as fast as comparing. */
    private static long[] sorted(long[] numbers, int count) {
        long[] sorted = Arrays.copyOf(numbers, count);
        if (count < FEWEST_BY_DIGIT) {
            Arrays.sort(sorted);
            return sorted;
        }
        long anyBit = 0;
        for (long number : sorted) {
            anyBit |= number;
        }
        long[] target = new long[count];
        for (int shift = TIME_SHIFT; shift < Long.SIZE && anyBit >>> shift != 0; shift += SORTED_BITS) {
            int[] places = new int[(1 << SORTED_BITS) + 1];
            for (long number : sorted) {
                places[sortedDigit(number, shift) + 1]++;
            }
            for (int digit = 1; digit < places.length; digit++) {
                places[digit] += places[digit - 1];
            }
            for (long number : sorted) {
                target[places[sortedDigit(number, shift)]++] = number;
            }
            long[] swap = sorted;
            sorted = target;
            target = swap;
        }
        return sorted;
    }

    private static int sortedDigit(long number, int shift) {
        return (int) (number >>> shift) & (1 << SORTED_BITS) - 1;
    }

    /** Weight of those who enter at 0. */
    long weightFromZero() {
        return weightFromZero;
    }

    static long timeMs(long number) {
        return number >>> TIME_SHIFT;
    }

    static long weight(long number) {
        int place = (int) (number >>> DIGIT_BITS) & (1 << PLACE_BITS) - 1;
        return (number & DIGIT_MASK) << place * DIGIT_BITS;
    }

    /** Whether a number out of {@link #sortedEnds} ended so. */
    static boolean ended(long number, Ending ending) {
        return ((int) (number >>> ENDING_SHIFT) & (1 << ENDING_BITS) - 1) == ending.ordinal();
    }
}
