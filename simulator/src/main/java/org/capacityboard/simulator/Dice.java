package org.capacityboard.simulator;

/**
 * Repeatable chance. One object is a stream of numbers (SplitMix64); {@link #share} throws a single die that belongs to
 * two numbers, so that what happens to a report depends on the report alone and not on what was drawn before.
 */
final class Dice {
    private static final long GOLDEN = 0x9E3779B97F4A7C15L;
    private long state;

    Dice(long seed, long a, long b) {
        state = mix(mix(seed + GOLDEN) ^ mix(a + 2 * GOLDEN) ^ Long.rotateLeft(mix(b + 3 * GOLDEN), 17));
    }

    /** A number in [0, 1). */
    double next() {
        state += GOLDEN;
        return unit(mix(state));
    }

    /** A waiting time with the given mean. StrictMath, because the same seed must give the same bytes on every machine. */
    double exponential(double mean) {
        return -mean * StrictMath.log(1 - next());
    }

    /** The number in [0, 1) that belongs to this pair. */
    static double share(long a, long b) {
        return unit(mix(a ^ mix(b + GOLDEN)));
    }

    /** A seed that belongs to this pair. */
    static long seed(long a, long b) {
        return mix(mix(a + GOLDEN) ^ (b * GOLDEN));
    }

    private static double unit(long bits) {
        return (bits >>> 11) * 0x1.0p-53;
    }

    private static long mix(long value) {
        long z = (value ^ (value >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }
}
