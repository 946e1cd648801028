package org.capacityboard.bench.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LadderTest {
    private static final Ladder LADDER = new Ladder(List.of(
            Reports.step("l3a", 1_000_000),
            Reports.step("l5", 700_000, 500_000, 600_000),
            Reports.step("l5-off", 800_000),
            Reports.step("l6", 300_000),
            Reports.step("streams", 100_000)));

    @Test
    void a_job_is_compared_by_medians_with_its_limit_and_with_itself_without_checkpoints() {
        assertThat(LADDER.ratios("l5")).containsExactly(Map.entry("l3a", 0.6), Map.entry("l5-off", 0.75));
        assertThat(LADDER.comparison("l5")).isEqualTo("0.60 of l3a; 0.75 of l5-off");
    }

    @Test
    void a_peer_says_how_many_times_as_fast_the_job_is() {
        assertThat(LADDER.comparison("streams")).isEqualTo("l6 is 3.0 times as fast");
    }

    @Test
    void nothing_is_compared_with_what_was_not_measured() {
        assertThat(LADDER.comparison("l6")).isEmpty();
        assertThat(LADDER.ratio("l6", "l3b")).isNull();
    }

    @Test
    void a_ladder_with_a_failed_run_is_not_complete() {
        assertThat(LADDER.isComplete()).isTrue();
        assertThat(Reports.small().ladder().isComplete()).isFalse();
    }
}
