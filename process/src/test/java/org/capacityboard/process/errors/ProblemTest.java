package org.capacityboard.process.errors;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;

class ProblemTest {
    private static final Problem TAKEN = new Problem("http.port", "9400", "is taken", "another process has it");
    private static final Problem NO_BROKER = new Problem("broker", null, "does not answer");

    private final ByteArrayOutputStream written = new ByteArrayOutputStream();
    private final PrintStream err = new PrintStream(written, true, StandardCharsets.UTF_8);

    @Test
    void text_names_thing_value_and_rule_and_then_the_remedy() {
        assertThat(TAKEN.text()).isEqualTo("http.port '9400' is taken.\nMaybe another process has it.");
    }

    @Test
    void text_is_one_line_without_a_remedy() {
        assertThat(NO_BROKER.text()).isEqualTo("broker does not answer.");
    }

    @Test
    void a_remedy_that_brings_its_maybe_along_gets_no_second_one() {
        assertThat(new Problem("a", "b", "c", "Maybe you meant 'd'").text()).endsWith("\nMaybe you meant 'd'.");
    }

    @Test
    void all_problems_are_printed_without_a_stack_trace_however_deep_they_are_wrapped() {
        int exitCode = ProblemReport.print(
                new ExecutionException(new IllegalStateException("task failed", UserError.failed(TAKEN, NO_BROKER))),
                err);

        assertThat(exitCode).isEqualTo(1);
        assertThat(written.toString(StandardCharsets.UTF_8).lines())
                .containsExactly(
                        "http.port '9400' is taken.", "Maybe another process has it.", "", "broker does not answer.");
    }

    @Test
    void wrong_usage_exits_with_2() {
        assertThat(ProblemReport.print(UserError.wrongUsage(NO_BROKER), err)).isEqualTo(2);
    }

    @Test
    void a_fault_of_the_program_keeps_its_stack_trace() {
        int exitCode = ProblemReport.print(new IllegalStateException("row without key"), err);

        assertThat(exitCode).isEqualTo(1);
        assertThat(written.toString(StandardCharsets.UTF_8)).contains("row without key", "\tat ");
    }
}
