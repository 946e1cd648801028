package org.capacityboard.domain.leadtime;

/** A sum of products that does not depend on their order: 128 bits wide. */
final class ExactSum {
    private static final double TWO_TO_64 = 0x1p64;

    private long high;
    private long low;

    /** Adds a product of two numbers, 0 or more. */
    void add(long one, long other) {
        long product = one * other;
        low += product;
        high += Math.multiplyHigh(one, other) + (Long.compareUnsigned(low, product) < 0 ? 1 : 0);
    }

    /** The nearest double, but for a rounding where the sum is beyond 63 bits. */
    double value() {
        if (high == 0 && low >= 0) {
            return low;
        }
        double unsigned = (low >>> 1) * 2.0 + (low & 1);
        return high * TWO_TO_64 + unsigned;
    }
}
