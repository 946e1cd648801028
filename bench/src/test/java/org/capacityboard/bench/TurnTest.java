package org.capacityboard.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class TurnTest {

    @Test
    void every_step_runs_once_before_one_runs_again_and_each_round_begins_with_another() {
        assertThat(Turn.of(List.of(Step.L1, Step.L5, Step.L6), 3))
                .extracting(Turn::toString)
                .containsExactly(
                        "l1, run 1",
                        "l5, run 1",
                        "l6, run 1",
                        "l5, run 2",
                        "l6, run 2",
                        "l1, run 2",
                        "l6, run 3",
                        "l1, run 3",
                        "l5, run 3");
    }
}
