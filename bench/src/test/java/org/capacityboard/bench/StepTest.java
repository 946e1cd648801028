package org.capacityboard.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.capacityboard.bench.report.Ladder;
import org.capacityboard.bench.report.StepRun;
import org.capacityboard.bench.report.StepRuns;
import org.junit.jupiter.api.Test;

class StepTest {
    private static final List<Step> LIMITS = List.of(Step.L1, Step.L2, Step.L3A, Step.L3B);

    @Test
    void every_job_and_every_peer_is_compared_with_another_step() {
        Ladder ladder = new Ladder(Step.ladder().stream()
                .map(step -> new StepRuns(
                        step.word(), step.what(), List.of(StepRun.measured(1, Map.of(StepRun.EVENTS_PER_SECOND, 1.0)))))
                .toList());

        assertThat(Step.ladder())
                .filteredOn(step -> ladder.ratios(step.word()).isEmpty())
                .containsExactlyElementsOf(LIMITS);
    }
}
