package org.capacityboard.bench.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RateChartTest {

    @ParameterizedTest
    @CsvSource({"1, 0.2", "600, 100", "601, 200", "1300000, 500000", "2500000, 500000", "3000001, 1000000"})
    void ticks_are_round_numbers_and_few(double most, double step) {
        assertThat(RateChart.tickStep(most)).isEqualTo(step);
    }
}
