package org.capacityboard.domain.throughput;

import java.math.BigInteger;

/** Ideal time of an increment, exact. */
final class IdealTime {
    private IdealTime() {}

    /** {@code units x cycle x share / total}, floored towards minus infinity, microseconds. */
    static long us(long units, long cycleUs, long shareMs, long totalMs) {
        if (units == 0 || shareMs == 0) {
            return 0;
        }
        long cycles = units * cycleUs;
        if (fits(units, cycleUs, cycles)) {
            if (shareMs == totalMs) {
                return cycles;
            }
            long product = cycles * shareMs;
            if (fits(cycles, shareMs, product)) {
                return Math.floorDiv(product, totalMs);
            }
        }
        BigInteger[] parts = BigInteger.valueOf(units)
                .multiply(BigInteger.valueOf(cycleUs))
                .multiply(BigInteger.valueOf(shareMs))
                .divideAndRemainder(BigInteger.valueOf(totalMs));
        return parts[0].longValue() - (parts[1].signum() < 0 ? 1 : 0);
    }

    private static boolean fits(long a, long b, long product) {
        return Math.multiplyHigh(a, b) == product >> 63;
    }
}
