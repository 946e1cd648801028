package org.capacityboard.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.ArrayList;
import java.util.List;
import org.capacityboard.process.errors.UserError;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LadderPlanTest {
    private static LadderPlan.Flags rungs(@Nullable String rungs) {
        return new LadderPlan.Flags(rungs, null, null, null, null, null, null, false);
    }

    private static LadderPlan.Flags numbers(String events, String lines, String repeat, String parallelism) {
        return new LadderPlan.Flags(null, events, lines, repeat, parallelism, null, null, false);
    }

    private static String refusal(LadderPlan.Flags flags) {
        List<String> messages = new ArrayList<>();
        assertThatExceptionOfType(UserError.class)
                .isThrownBy(() -> LadderPlan.read(flags))
                .satisfies(e -> assertThat(e.exitCode()).isEqualTo(UserError.WRONG_USAGE))
                .satisfies(e -> messages.add(String.valueOf(e.getMessage())));
        return messages.get(0);
    }

    @Test
    void without_flags_everything_is_measured_three_times() {
        assertThat(LadderPlan.read(rungs(null)))
                .isEqualTo(
                        new LadderPlan(Step.ladder(), List.of(Trial.values()), 120_000_000, 10_000, 3, 2, 150_000, 1));
    }

    @Test
    void quick_is_less_and_once_unless_more_is_asked_for() {
        LadderPlan quick = LadderPlan.read(new LadderPlan.Flags(null, null, null, null, null, null, null, true));
        LadderPlan more = LadderPlan.read(new LadderPlan.Flags(null, "3000000", null, "2", null, null, null, true));

        assertThat(quick.events()).isEqualTo(2_000_000);
        assertThat(quick.rounds()).isEqualTo(1);
        assertThat(more.events()).isEqualTo(3_000_000);
        assertThat(more.rounds()).isEqualTo(2);
    }

    @Test
    void steps_run_in_the_order_asked_for_and_each_once() {
        assertThat(LadderPlan.read(rungs("l6, L3A,l5-off,l6")).steps()).containsExactly(Step.L6, Step.L3A, Step.L5_OFF);
    }

    @ParameterizedTest
    @CsvSource({"l3,l3a", "L5of,l5", "l6x,l6"})
    void an_unknown_step_is_refused_with_the_nearest(String written, String meant) {
        assertThat(refusal(rungs("l1," + written)))
                .startsWith("--rungs '" + written + "' must be a step of the ladder: l1, l2, l3a, ")
                .endsWith("\nMaybe you meant '" + meant + "'.");
    }

    @Test
    void everything_that_is_wrong_is_told_at_once() {
        assertThat(refusal(new LadderPlan.Flags("ladder,x", "6M", "0", "101", "9", "0", "-1", false)))
                .contains(
                        "--rungs 'ladder' ",
                        "--rungs 'x' ",
                        "--events '6M' must be a whole number from 1 to 1000000000.\nMaybe you meant digits alone, such as 120000000.",
                        "--lines '0' must be a whole number from 1 to 1000000.",
                        "--repeat '101' ",
                        "--parallelism '9' must be a whole number from 1 to 8.",
                        "--seed '-1' ");
    }

    @ParameterizedTest
    @CsvSource({"449999,10000", "86401,1"})
    void events_that_close_no_window_or_outlast_the_horizon_are_refused(String events, String lines) {
        assertThat(refusal(numbers(events, lines, "1", "1")))
                .startsWith("--events '" + events + "' must be 45 to 86400 a line, ")
                .endsWith("\nMaybe --lines should be another number.");
    }

    @Test
    void the_command_does_the_same_again() {
        assertThat(LadderPlan.read(new LadderPlan.Flags("l5,l6", "900000", "500", "2", "4", null, "7", true))
                        .command())
                .isEqualTo(
                        "./capacity bench --rungs l5,l6 --events 900000 --lines 500 --repeat 2 --parallelism 4 --seed 7");
        assertThat(LadderPlan.read(rungs(null)).command()).startsWith("./capacity bench --events 120000000 ");
    }
}
