package org.capacityboard.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BenchCommandTest {

    @Test
    void help_names_every_step() {
        BenchCall call = BenchCall.of("--help");

        assertThat(call.exitCode()).isZero();
        assertThat(call.out()).startsWith("Usage: capacity bench").contains("l1, l2, l3a", "--quick", "Exit codes:");
    }

    @Test
    void an_unknown_flag_is_wrong_usage() {
        BenchCall call = BenchCall.of("--evnts", "5");

        assertThat(call.exitCode()).isEqualTo(2);
        assertThat(call.err()).contains("--evnts").contains("\nMaybe ").doesNotContain("\tat ");
    }

    @Test
    void a_wrong_number_is_wrong_usage() {
        BenchCall call = BenchCall.of("--repeat", "many");

        assertThat(call.exitCode()).isEqualTo(2);
        assertThat(call.err())
                .isEqualToNormalizingNewlines(
                        """
                        --repeat 'many' must be a whole number from 1 to 100.
                        Maybe you meant digits alone, such as 3.
                        """);
    }

    @Test
    void a_folder_with_something_in_it_is_not_taken_for_data(@TempDir Path directory) throws IOException {
        Path data = Files.createDirectory(directory.resolve("data"));
        Path precious = Files.writeString(data.resolve("precious"), "mine");

        BenchCall call = BenchCall.of("--data", data.toString(), "--output", directory.toString());

        assertThat(call.exitCode()).isEqualTo(2);
        assertThat(call.err()).startsWith("--data '" + data + "' must be a new or an empty folder.");
        assertThat(precious).hasContent("mine");
    }

    @Test
    void a_result_that_could_not_be_written_is_told_before_anything_is_measured(@TempDir Path directory)
            throws IOException {
        Path file = Files.writeString(directory.resolve("file"), "");

        BenchCall call = BenchCall.of("--output", file.toString());

        assertThat(call.exitCode()).isEqualTo(1);
        assertThat(call.err()).startsWith("--output '" + file + "' cannot be written: ");
    }
}
