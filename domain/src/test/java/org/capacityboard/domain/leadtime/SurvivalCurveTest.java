package org.capacityboard.domain.leadtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.capacityboard.domain.leadtime.LeadTimeCurve.LONGEST_DAYS;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

final class SurvivalCurveTest {
    private static final double P50 = .5;
    private static final double P80 = .2;
    private static final double P90 = .1;

    /** S right after whole days. */
    private static void assertSurvival(SurvivalCurve curve, int[] days, double... expected) {
        double[] survival = curve.survivalByDay(LONGEST_DAYS);
        double[] found =
                Arrays.stream(days).mapToDouble(day -> survival[day - 1]).toArray();
        assertThat(found).containsExactly(expected, within(5e-5));
    }

    @Test
    void eight_orders_of_which_two_still_wait_have_median_5() {
        SurvivalCurve curve = Sample.of("1 1 4 5 6+ 9 9+ 22").curve();

        assertSurvival(curve, new int[] {1, 4, 5, 9, 22}, .75, .625, .5, 1 / 3.0, 0);
        assertSurvival(curve, new int[] {2, 3, 6, 8, 21}, .75, .75, .5, .5, 1 / 3.0);
        assertThat(curve.daysUntil(P50)).isEqualTo(5);
        assertThat(curve.atRiskAt(P50)).isEqualTo(5);
        assertThat(curve.daysUntil(P80)).isEqualTo(22);
        assertThat(curve.atRiskAt(P80)).isEqualTo(1);
        assertThat(curve.atRiskAtLastEvent()).isEqualTo(1);
        assertThat(curve.cancelledShare()).isEqualTo(0);
    }

    @Test
    void orders_that_came_under_observation_late_count_from_then_on() {
        SurvivalCurve curve =
                Sample.of("0-30 0-50+ 0-80 40-60 40-120 70-90+ 70-150").curve();

        assertSurvival(curve, new int[] {29, 30, 60, 80, 120, 149, 150}, 1, .6667, .4444, .3333, .1667, .1667, 0);
        assertThat(curve.daysUntil(P50)).isEqualTo(60);
        assertThat(curve.daysUntil(P80)).isEqualTo(120);
        assertThat(curve.daysUntil(P90)).isEqualTo(150);
        assertThat(curve.atRiskAt(P50)).isEqualTo(3);
        assertThat(curve.atRiskAt(P80)).isEqualTo(2);
        assertThat(curve.atRiskAt(P90)).isEqualTo(1);
        long[] atRisk = curve.atRiskByDay(LONGEST_DAYS);
        assertThat(new long[] {atRisk[28], atRisk[29], atRisk[39], atRisk[69], atRisk[149]})
                .containsExactly(3, 2, 4, 4, 0);
    }

    @Test
    void cancelled_order_leaves_the_curve_and_has_its_own_share() {
        SurvivalCurve curve = Sample.of("2 4x 6 8+ 10").curve();

        assertSurvival(curve, new int[] {2, 4, 6, 8, 10}, .8, .8, .5333, .5333, 0);
        assertThat(curve.daysUntil(P50)).isEqualTo(10);
        assertThat(curve.cancelledShare()).isCloseTo(.2, within(1e-12));
        assertThat(Sample.of("2x 4 6x 8+ 10x").curve().cancelledShare())
                .as("what is delivered is what would be cancelled if both changed places")
                .isCloseTo(.8, within(1e-12));
        assertThat(curve.cancelledByDay(LONGEST_DAYS))
                .containsExactly(new double[] {0, 0, 0, .2, .2, .2, .2, .2, .2, .2}, within(1e-12));
    }

    @Test
    void four_of_five_are_accepted_by_40() {
        SurvivalCurve curve = Sample.of("10 20 30 40 50").curve();

        assertThat(curve.daysUntil(P80)).isEqualTo(40);
        assertThat(curve.daysUntil(P50)).isEqualTo(30);
        assertThat(curve.daysUntil(P90)).isEqualTo(50);
    }

    @Test
    void median_of_three_is_the_last_if_the_second_still_waits() {
        assertThat(Sample.of("4 4+ 8").curve().daysUntil(P50)).isEqualTo(8);
    }

    @Test
    void median_of_three_is_the_next_if_the_first_still_waits() {
        assertThat(Sample.of("4 3+ 8").curve().daysUntil(P50)).isEqualTo(4);
    }

    @Test
    void share_is_met_in_spite_of_rounding() {
        for (int orders = 10; orders <= 5_000; orders += 10) {
            Observations observations = new Observations();
            for (int day = 1; day <= orders; day++) {
                observations.add(0, day * Sample.DAY, Ending.EVENT, 1);
            }
            SurvivalCurve curve = SurvivalCurve.of(observations);
            assertThat(curve.daysUntil(P50)).isEqualTo(orders / 2);
            assertThat(curve.daysUntil(P80)).isEqualTo(orders / 10 * 8);
            assertThat(curve.daysUntil(P90)).isEqualTo(orders / 10 * 9);
        }
    }

    @Test
    void nothing_is_known_without_observations() {
        SurvivalCurve curve = SurvivalCurve.of(new Observations());

        assertThat(curve.daysUntil(P50)).isNull();
        assertThat(curve.atRiskAt(P50)).isNull();
        assertThat(curve.atRiskAtLastEvent()).isZero();
        assertThat(curve.cancelledShare()).isNull();
        assertThat(curve.survivalByDay(LONGEST_DAYS)).isEmpty();
        assertThat(curve.atRiskByDay(LONGEST_DAYS)).isEmpty();
        assertThat(curve.cancelledByDay(LONGEST_DAYS)).isEmpty();
    }

    @Test
    void median_is_not_reached_while_all_still_wait() {
        SurvivalCurve curve = Sample.of("1+ 2+ 3.5+").curve();

        assertThat(curve.daysUntil(P50)).isNull();
        assertThat(curve.atRiskAt(P50)).isNull();
        assertThat(curve.atRiskAtLastEvent()).isZero();
        assertThat(curve.cancelledShare()).isEqualTo(0);
        assertThat(curve.survivalByDay(LONGEST_DAYS)).containsExactly(1, 1, 1, 1);
        assertThat(curve.atRiskByDay(LONGEST_DAYS)).containsExactly(2, 1, 1, 0);
    }

    @Test
    void share_that_too_few_have_reached_is_not_reached() {
        SurvivalCurve curve = Sample.of("1 2 3+ 4+").curve();

        assertThat(curve.daysUntil(P50)).isEqualTo(2);
        assertThat(curve.daysUntil(P80)).isNull();
        assertThat(curve.atRiskAt(P80)).isNull();
        assertThat(curve.atRiskAtLastEvent()).isEqualTo(3);
    }

    @Test
    void nothing_is_said_if_all_were_accepted_before_a_later_entry() {
        SurvivalCurve curve = Sample.of("10 20 30-40 30-50 35-60+").curve();

        assertThat(curve.daysUntil(P50)).isNull();
        assertThat(curve.daysUntil(P80)).isNull();
        assertThat(curve.daysUntil(P90)).isNull();
        assertThat(curve.atRiskAt(P50)).isNull();
        assertThat(curve.atRiskAtLastEvent()).isEqualTo(2);
        double[] survival = curve.survivalByDay(LONGEST_DAYS);
        assertThat(Arrays.copyOf(survival, 19)).containsOnly(1, .5);
        assertThat(Arrays.copyOfRange(survival, 19, 60)).hasSize(41).containsOnly(Double.NaN);
        assertThat(curve.atRiskByDay(LONGEST_DAYS)[34]).isEqualTo(3);
        assertThat(curve.cancelledShare()).isEqualTo(0);
    }

    @Test
    void entry_at_the_instant_of_the_last_acceptance_is_a_later_entry() {
        assertThat(Sample.of("10 20 20-40").curve().daysUntil(P50)).isNull();
        assertThat(Sample.of("10 20 19-40").curve().daysUntil(P50)).isEqualTo(10);
    }

    @Test
    void later_entry_does_no_harm_while_somebody_waits() {
        SurvivalCurve curve = Sample.of("10 20+ 30-40 30-50").curve();

        assertThat(curve.daysUntil(P50)).isEqualTo(10);
        assertThat(curve.daysUntil(P80)).isEqualTo(50);
    }

    @Test
    void order_known_only_when_it_was_over_says_nothing() {
        SurvivalCurve with = Sample.of("1 2 3+ 5-5 9-4 0-0 7-6+").curve();
        SurvivalCurve without = Sample.of("1 2 3+").curve();

        assertThat(with.survivalByDay(LONGEST_DAYS)).isEqualTo(without.survivalByDay(LONGEST_DAYS));
        assertThat(with.atRiskByDay(LONGEST_DAYS)).isEqualTo(without.atRiskByDay(LONGEST_DAYS));
    }

    @Test
    void weight_is_as_many_orders_alike() {
        SurvivalCurve weighed = Sample.of("3*2 2*4+ 2*1-4x 5*6 1*8+").curve();
        SurvivalCurve repeated = Sample.of("2 2 2 4+ 4+ 1-4x 1-4x 6 6 6 6 6 8+").curve();

        assertThat(weighed.survivalByDay(LONGEST_DAYS)).isEqualTo(repeated.survivalByDay(LONGEST_DAYS));
        assertThat(weighed.atRiskByDay(LONGEST_DAYS)).isEqualTo(repeated.atRiskByDay(LONGEST_DAYS));
        assertThat(weighed.cancelledByDay(LONGEST_DAYS)).isEqualTo(repeated.cancelledByDay(LONGEST_DAYS));
        assertThat(weighed.daysUntil(P50)).isEqualTo(repeated.daysUntil(P50)).isEqualTo(6);
        assertThat(weighed.atRiskAt(P50)).isEqualTo(repeated.atRiskAt(P50)).isEqualTo(6);
    }

    @Test
    void cancelled_share_stays_when_everybody_has_left() {
        assertThat(Sample.of("2x 3 10-20x").curve().cancelledShare()).isCloseTo(.5, within(1e-12));
    }

    @Test
    void day_that_has_begun_is_shown_as_it_ends() {
        SurvivalCurve curve = Sample.of("0.25 1 1.75").curve();

        assertThat(curve.survivalByDay(LONGEST_DAYS)).containsExactly(new double[] {1 / 3.0, 0}, within(1e-12));
        assertThat(curve.atRiskByDay(LONGEST_DAYS)).containsExactly(1, 0);
    }

    @Test
    void days_are_shown_up_to_the_longest_wanted() {
        SurvivalCurve curve = Sample.of("1 2 3 4000+").curve();

        assertThat(curve.survivalByDay(LONGEST_DAYS)).hasSize(LONGEST_DAYS).endsWith(.25);
        assertThat(curve.atRiskByDay(2)).containsExactly(3, 2);
        assertThat(curve.cancelledByDay(0)).isEmpty();
    }

    @Test
    void share_outside_0_to_1_is_refused() {
        SurvivalCurve curve = Sample.of("1 2").curve();

        assertThatThrownBy(() -> curve.daysUntil(1)).hasMessageContaining("1.0").hasMessageContaining("less than 1");
        assertThatThrownBy(() -> curve.atRiskAt(-.1)).hasMessageContaining("-0.1");
        assertThatThrownBy(() -> curve.daysUntil(Double.NaN)).hasMessageContaining("NaN");
        assertThatThrownBy(() -> curve.survivalByDay(-1)).hasMessageContaining("-1");
    }
}
