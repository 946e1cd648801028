package org.capacityboard.domain.throughput;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class IdealTimeTest {
    @Test
    void is_floored_towards_minus_infinity() {
        assertThat(IdealTime.us(1, 10, 1, 3)).isEqualTo(3);
        assertThat(IdealTime.us(-1, 10, 1, 3)).isEqualTo(-4);
        assertThat(IdealTime.us(-1, 10, 3, 3)).isEqualTo(-10);
    }

    @Test
    void is_exact_beyond_64_bits() {
        Random random = new Random(7);
        for (int i = 0; i < 10_000; i++) {
            long units = random.nextLong() >> 14 + random.nextInt(48);
            long cycleUs = random.nextInt(1 << 20);
            long totalMs = 1 + random.nextInt(1 << 30);
            long shareMs = (long) (random.nextDouble() * totalMs);
            long expected = BigDecimal.valueOf(units)
                    .multiply(BigDecimal.valueOf(cycleUs))
                    .multiply(BigDecimal.valueOf(shareMs))
                    .divide(BigDecimal.valueOf(totalMs), 0, RoundingMode.FLOOR)
                    .toBigInteger()
                    .longValue();
            assertThat(IdealTime.us(units, cycleUs, shareMs, totalMs)).isEqualTo(expected);
        }
    }
}
