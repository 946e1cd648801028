package org.capacityboard.domain.leadtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

final class ObservationsTest {
    private static final double HALF = .5;
    private static final double LESS_THAN_HALF = .4;

    @Test
    void entry_counts_once_whatever_its_weight() {
        assertThat(Sample.of("1 2 900000*3 70-80").observations().size()).isEqualTo(4);
    }

    @Test
    void entry_that_says_nothing_is_not_held() {
        assertThat(Sample.of("5-5 9-4 0-0").observations().size()).isZero();
    }

    @Test
    void weights_of_any_size_add_up() {
        for (long weight : new long[] {65_535, 65_536, 65_537, 4_294_967_296L, 999_999_999_999L, 1L << 40}) {
            SurvivalCurve curve =
                    Sample.of(weight + "*1 " + weight + "*0.5-2 1*3+").curve();

            assertThat(curve.atRiskByDay(3)).containsExactly(weight + 1, 1, 0);
            assertThat(curve.atRiskAt(LESS_THAN_HALF)).isEqualTo(weight + 1);
        }
    }

    @Test
    void absurd_weight_does_not_overflow() {
        Observations observations = new Observations();
        for (int i = 0; i < 100; i++) {
            observations.add(0, Sample.DAY, Ending.EVENT, Long.MAX_VALUE);
        }

        assertThat(SurvivalCurve.of(observations).atRiskAt(HALF)).isEqualTo(100 * Observations.MOST_WEIGHT);
    }

    @Test
    void absurd_time_is_the_longest_one() {
        Observations observations = new Observations();
        observations.add(Observations.LONGEST_MS - 1, Long.MAX_VALUE, Ending.EVENT, 1);
        observations.add(Long.MAX_VALUE - 1, Long.MAX_VALUE, Ending.EVENT, 1);

        assertThat(observations.size()).isEqualTo(1);
        assertThat(SurvivalCurve.of(observations).daysUntil(HALF)).isEqualTo(Observations.LONGEST_MS / 86_400_000.0);
    }

    @Test
    void more_can_be_added_after_a_curve_was_drawn() {
        Observations observations = Sample.of("9 1 5").observations();
        SurvivalCurve before = SurvivalCurve.of(observations);
        observations.add(2 * Sample.DAY, 3 * Sample.DAY, Ending.EVENT, 3);

        assertThat(SurvivalCurve.of(observations).daysUntil(HALF)).isEqualTo(3);
        assertThat(before.daysUntil(HALF)).isEqualTo(5);
    }

    @Test
    void negative_entry_and_weight_below_1_are_refused() {
        Observations observations = new Observations();

        assertThatThrownBy(() -> observations.add(-1, 1, Ending.EVENT, 1)).hasMessageContaining("-1 ms");
        assertThatThrownBy(() -> observations.add(0, 1, Ending.EVENT, 0)).hasMessageContaining("Weight is 0");
    }
}
