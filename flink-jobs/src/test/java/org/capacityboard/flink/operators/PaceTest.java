package org.capacityboard.flink.operators;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class PaceTest {
    private static final long NOW = 1_000_000_000;
    private static final long ONE_MINUTE = Duration.ofMinutes(1).toMillis();
    private static final long TEN_SECONDS = Duration.ofSeconds(10).toMillis();
    private static final long HALF_A_DAY = Duration.ofHours(12).toMillis();

    private final Pace pace = new Pace();

    @Test
    void a_job_close_to_the_clock_keeps_up_at_once() {
        assertThat(pace.catchesUp(NOW - 2 * ONE_MINUTE, NOW)).isFalse();
    }

    @Test
    void a_job_that_is_far_behind_catches_up_while_its_time_runs() {
        long dayAMinute = 2 * HALF_A_DAY / 60_000;
        for (int second = 0; second < 300; second++) {
            assertThat(pace.catchesUp(NOW - 1_000 * HALF_A_DAY + second * 1_000 * dayAMinute, NOW + second * 1_000))
                    .as("second %d", second)
                    .isTrue();
        }
    }

    @Test
    void a_job_whose_time_is_far_behind_and_moves_as_the_clock_keeps_up_after_ten_seconds() {
        assertThat(pace.catchesUp(NOW - HALF_A_DAY, NOW)).isTrue();
        assertThat(pace.catchesUp(NOW - HALF_A_DAY + TEN_SECONDS, NOW + TEN_SECONDS))
                .isFalse();
        assertThat(pace.catchesUp(NOW - HALF_A_DAY + 2 * TEN_SECONDS, NOW + 2 * TEN_SECONDS))
                .isFalse();
    }

    @Test
    void a_job_that_falls_back_and_runs_again_catches_up_again() {
        pace.catchesUp(NOW - HALF_A_DAY, NOW);
        pace.catchesUp(NOW - HALF_A_DAY, NOW + ONE_MINUTE);

        assertThat(pace.catchesUp(NOW - HALF_A_DAY / 2, NOW + 2 * ONE_MINUTE)).isTrue();
    }
}
