package org.capacityboard.bench.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SeriesTest {
    private static Series of(double... values) {
        Series series = new Series();
        for (double value : values) {
            series.add(value);
        }
        return series;
    }

    @Test
    void a_quantile_is_the_least_number_that_its_share_does_not_exceed() {
        Series hundred = of(
                IntStream.rangeClosed(1, 100).mapToDouble(value -> 101 - value).toArray());

        assertThat(hundred.quantile(0.99)).isEqualTo(99);
        assertThat(hundred.median()).isEqualTo(50);
        assertThat(hundred.max()).isEqualTo(100);
        assertThat(hundred.quantile(0)).isEqualTo(1);
        assertThat(of(7).quantile(0.99)).isEqualTo(7);
    }

    @Test
    void first_and_last_are_as_they_came() {
        Series series = of(5, 9, 1);

        assertThat(series.first()).isEqualTo(5);
        assertThat(series.last()).isEqualTo(1);
    }

    @Test
    void the_slope_is_that_of_the_line_through_the_numbers() {
        Series at = of(0, 1, 2, 4);

        assertThat(of(10, 13, 16, 22).slope(at)).isEqualTo(3, within(1e-9));
        assertThat(of(8, 8, 8, 8).slope(at)).isZero();
        assertThat(of(8).slope(of(1))).isZero();
    }

    @Test
    void two_series_are_one_when_added() {
        Series one = of(1, 2);
        one.addAll(of(3));

        assertThat(one.size()).isEqualTo(3);
        assertThat(one.max()).isEqualTo(3);
    }

    @Test
    void of_nothing_there_is_no_quantile() {
        assertThatThrownBy(() -> new Series().median()).hasMessageContaining("nothing was measured");
    }
}
