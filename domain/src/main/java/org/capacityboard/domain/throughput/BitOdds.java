package org.capacityboard.domain.throughput;

/** Codes values bit by bit, each at the odds that the bits before it in the same place had. Writing and reading go the same way. */
abstract class BitOdds {
    private static final int EVEN = 1 << 15;
    private static final int COUNT_BITS = 6;
    private static final int MOST_COUNTED = 40;
    private static final int LENGTH_BITS = 7;

    /** Room for the odds of {@link #tree} with a number of bits. */
    static int[] tree(int bits) {
        return new int[1 << bits];
    }

    /** Room for the odds of {@link #number}. */
    static int[] number() {
        return tree(LENGTH_BITS);
    }

    /**
     * Writes a bit, or reads one and takes no notice of {@code bit}.
     *
     * @param odds of a one, out of 65,536
     * @return the bit written or read
     */
    abstract int code(int odds, int bit);

    /** Codes a bit at the odds of a place, and lets it count there. */
    final int bit(int[] places, int place, int bit) {
        int odds = places[place] == 0 ? EVEN << COUNT_BITS : places[place];
        int counted = odds & (1 << COUNT_BITS) - 1;
        int ones = odds >>> COUNT_BITS;
        int coded = code(ones, bit);
        int target = coded == 0 ? 32 : (1 << 16) - 32;
        ones += 2 * (target - ones) / (2 * counted + 3);
        places[place] = ones << COUNT_BITS | Math.min(counted + 1, MOST_COUNTED);
        return coded;
    }

    /** Codes a value of a few bits, the highest first. */
    final int tree(int[] places, int bits, int value) {
        int node = 1;
        for (int i = bits - 1; i >= 0; i--) {
            node = node << 1 | bit(places, node, value >>> i & 1);
        }
        return node - (1 << bits);
    }

    /** Codes any value: how long it is at the odds of a place, its bits as they are. */
    final long number(int[] places, long value) {
        int length = tree(places, LENGTH_BITS, Long.SIZE - Long.numberOfLeadingZeros(value));
        long coded = length == 0 ? 0 : 1;
        for (int i = length - 2; i >= 0; i--) {
            coded = coded << 1 | code(EVEN, (int) (value >>> i) & 1);
        }
        return coded;
    }

    final long signed(int[] places, long value) {
        long coded = number(places, value << 1 ^ value >> 63);
        return coded >>> 1 ^ -(coded & 1);
    }
}
