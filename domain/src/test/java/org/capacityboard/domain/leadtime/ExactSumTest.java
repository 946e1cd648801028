package org.capacityboard.domain.leadtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class ExactSumTest {
    @Test
    void a_sum_beyond_64_bits_is_as_exact_as_a_double_can_be() {
        Random random = new Random(5);
        ExactSum sum = new ExactSum();
        BigInteger exact = BigInteger.ZERO;
        for (int i = 0; i < 1_000; i++) {
            long one = random.nextLong() >>> 1 + random.nextInt(40);
            long other = random.nextLong() >>> 20 + random.nextInt(40);
            sum.add(one, other);
            exact = exact.add(BigInteger.valueOf(one).multiply(BigInteger.valueOf(other)));
        }

        assertThat(exact.bitLength()).isGreaterThan(64);
        assertThat(Math.abs(sum.value() - exact.doubleValue())).isLessThanOrEqualTo(2 * Math.ulp(exact.doubleValue()));
    }

    @Test
    void a_small_sum_is_exact() {
        ExactSum sum = new ExactSum();
        sum.add(3, 86_400_000);
        sum.add(4, 86_400_000);

        assertThat(sum.value()).isEqualTo(7 * 86_400_000.0);
    }
}
