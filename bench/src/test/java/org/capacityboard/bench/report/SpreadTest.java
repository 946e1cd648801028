package org.capacityboard.bench.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class SpreadTest {

    @Test
    void median_of_an_odd_number_of_runs_is_the_one_in_the_middle() {
        assertThat(Spread.of(List.of(9.0, 1.0, 4.0))).isEqualTo(new Spread(1, 4, 9));
    }

    @Test
    void median_of_an_even_number_of_runs_is_between_the_two_in_the_middle() {
        assertThat(Spread.of(List.of(9.0, 1.0, 4.0, 2.0))).isEqualTo(new Spread(1, 3, 9));
    }

    @Test
    void one_run_spreads_over_nothing() {
        assertThat(Spread.of(List.of(7.0))).isEqualTo(new Spread(7, 7, 7));
    }
}
