package org.capacityboard.domain.leadtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

final class DeliveryForecastTest {
    private static final long[] TEN_WEEKS = {3, 5, 8, 2, 9, 4, 7, 6, 1, 10};
    private static final long SEED = DeliveryForecast.seed("PLNT1", "shell-155", "2026-W47");

    private static int[][] weeks(long[] weeklyUnits, long... needs) {
        int[][] weeks = DeliveryForecast.weeks(weeklyUnits, needs, SEED);
        assertThat(weeks).isNotNull().hasDimensions(needs.length, 2);
        return weeks;
    }

    /** Newest weeks of a plant that makes {@code units} each. */
    private static long[] constant(int weeks, long units) {
        return LongStream.generate(() -> units).limit(weeks).toArray();
    }

    @Test
    void seed_is_the_checksum_of_plant_product_and_week() {
        assertThat(SEED).isEqualTo(2_318_007_842L);
        assertThat(DeliveryForecast.seed("PLNT1", "köln", "2026-W47")).isEqualTo(3_125_076_439L);
    }

    /** Computed by a program of ten lines in another language. */
    @Test
    void weeks_are_those_computed_elsewhere() {
        assertThat(weeks(TEN_WEEKS, 1, 10, 40, 100, 500, 2_500, 2_810, 2_950))
                .isDeepEqualTo(new int[][] {{1, 1}, {2, 3}, {8, 9}, {19, 20}, {91, 96}, {454, 465}, {511, 0}, {0, 0}});
    }

    @Test
    void constant_output_meets_each_need_in_its_exact_week() {
        assertThat(weeks(constant(8, 10), 1, 10, 11, 20, 95, 5_200, 5_201))
                .isDeepEqualTo(new int[][] {{1, 1}, {1, 1}, {2, 2}, {2, 2}, {10, 10}, {520, 520}, {0, 0}});
    }

    @Test
    void same_book_in_the_same_week_has_the_same_forecast() {
        assertThat(weeks(TEN_WEEKS, 17, 230)).isDeepEqualTo(weeks(TEN_WEEKS, 17, 230));
        assertThat(weeks(TEN_WEEKS, 230)[0]).isEqualTo(weeks(TEN_WEEKS, 17, 230)[1]);
    }

    @Test
    void whoever_is_further_back_waits_no_less() {
        long[] needs = new Random(3).longs(500, 1, 4_000).sorted().toArray();
        int[][] weeks = weeks(TEN_WEEKS, needs);

        int[] before = {1, 1};
        for (int[] now : weeks) {
            for (int share = 0; share < before.length; share++) {
                int week = now[share] == 0 ? Integer.MAX_VALUE : now[share];
                assertThat(week).isGreaterThanOrEqualTo(before[share]);
                before[share] = week;
            }
            assertThat(before[1]).isGreaterThanOrEqualTo(before[0]);
        }
    }

    @Test
    void each_path_is_walked_as_it_is_written_down() {
        Random random = new Random(4);
        for (int i = 0; i < 20; i++) {
            long[] units = random.longs(8 + random.nextInt(30), 0, 50).toArray();
            units[units.length - 1] = 1;
            long[] needs = random.longs(random.nextInt(8), 1, 16_000).sorted().toArray();
            long seed = random.nextLong();

            assertThat(DeliveryForecast.weeks(units, needs, seed)).isDeepEqualTo(pathByPath(units, needs, seed));
        }
    }

    private static int[][] pathByPath(long[] units, long[] needs, long seed) {
        int used = Math.min(26, units.length);
        int[][] weeks = new int[needs.length][2];
        for (int need = 0; need < needs.length; need++) {
            int[] met = new int[1_000];
            for (int p = 0; p < 1_000; p++) {
                long delivered = 0;
                met[p] = Integer.MAX_VALUE;
                for (int w = 0; w < 520 && met[p] == Integer.MAX_VALUE; w++) {
                    long z = seed + 0x9E3779B97F4A7C15L * (p * 520 + w + 1);
                    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
                    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
                    z = z ^ (z >>> 31);
                    delivered += units[units.length - used + (int) ((z >>> 1) % used)];
                    met[p] = delivered >= needs[need] ? w + 1 : Integer.MAX_VALUE;
                }
            }
            Arrays.sort(met);
            weeks[need][0] = met[499] == Integer.MAX_VALUE ? 0 : met[499];
            weeks[need][1] = met[799] == Integer.MAX_VALUE ? 0 : met[799];
        }
        return weeks;
    }

    @Test
    void fewer_than_eight_weeks_say_nothing() {
        assertThat(DeliveryForecast.weeks(constant(7, 10), new long[] {5}, SEED))
                .isNull();
        assertThat(DeliveryForecast.weeks(new long[0], new long[] {5}, SEED)).isNull();
        assertThat(DeliveryForecast.weeks(constant(8, 10), new long[] {5}, SEED))
                .isNotNull();
    }

    @Test
    void weeks_older_than_half_a_year_do_not_count() {
        long[] grown = constant(60, 1);
        Arrays.fill(grown, 34, 60, 10);

        assertThat(weeks(grown, 100)).isDeepEqualTo(weeks(constant(26, 10), 100));
    }

    @Test
    void four_weeks_without_output_are_a_standstill() {
        assertThat(DeliveryForecast.isStalled(new long[] {9, 9, 9, 9, 0, 0, 0, 0}))
                .isTrue();
        assertThat(DeliveryForecast.isStalled(new long[] {9, 9, 9, 9, 0, 0, 0, 1}))
                .isFalse();
        assertThat(DeliveryForecast.isStalled(new long[] {9, 9, 9, 9, 1, 0, 0, 0}))
                .isFalse();
        assertThat(DeliveryForecast.isStalled(new long[] {0, 0, 0, 0})).isTrue();
        assertThat(DeliveryForecast.isStalled(new long[] {0, 0, 0})).isFalse();
        assertThat(DeliveryForecast.weeks(new long[] {9, 9, 9, 9, 0, 0, 0, 0}, new long[] {5}, SEED))
                .isNull();
    }

    @Test
    void nothing_is_said_beyond_ten_years() {
        assertThat(weeks(constant(12, 1), 520, 521, Long.MAX_VALUE))
                .isDeepEqualTo(new int[][] {{520, 520}, {0, 0}, {0, 0}});
    }

    @Test
    void forecast_that_was_kept_says_the_same_of_other_needs() {
        DeliveryForecast kept = DeliveryForecast.of(TEN_WEEKS, SEED);
        assertThat(kept).isNotNull();
        for (long[] needs : new long[][] {{400}, {3, 60}, {2_900, 2_950}, {}, {1, 400}}) {
            assertThat(kept.weeks(needs)).isDeepEqualTo(weeks(TEN_WEEKS, needs));
        }
    }

    @Test
    void forecast_knows_whether_it_still_holds() {
        DeliveryForecast kept = DeliveryForecast.of(constant(30, 10), SEED);
        assertThat(kept).isNotNull();

        assertThat(kept.isOf(constant(26, 10), SEED))
                .as("older weeks do not count")
                .isTrue();
        assertThat(kept.isOf(constant(26, 10), SEED + 1)).isFalse();
        assertThat(kept.isOf(constant(25, 10), SEED)).isFalse();
        assertThat(kept.isOf(constant(26, 11), SEED)).isFalse();
    }

    @Test
    void empty_book_has_no_forecast_to_make() {
        assertThat(weeks(TEN_WEEKS)).isEmpty();
    }

    @Test
    void needs_that_do_not_ascend_are_refused() {
        assertThatThrownBy(() -> DeliveryForecast.weeks(TEN_WEEKS, new long[] {5, 4}, SEED))
                .hasMessageContaining("Need 4 follows 5");
    }
}
