package org.capacityboard.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.capacityboard.local.deploy.FilledBoard;
import org.capacityboard.local.kit.CapacityCall;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code capacity render} at a database with a week of figures. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(60)
class RenderCommandIT {

    private final FilledBoard board;

    RenderCommandIT(@TempDir Path directory) throws Exception {
        board = new FilledBoard(directory);
    }

    @AfterAll
    void stop() {
        board.close();
    }

    @Test
    void a_dashboard_becomes_one_file_that_asks_for_nothing(@TempDir Path output) throws Exception {
        CapacityCall call = render(
                output,
                "plant",
                "--from",
                "2026-11-09T00:00:00Z",
                "--to",
                "2026-11-16T00:00:00Z",
                "--var",
                "plant=1FAB0");

        assertThat(call.err()).isEmpty();
        assertThat(call.exitCode()).isZero();
        assertThat(call.out()).isEqualTo(output.resolve("plant.html") + System.lineSeparator());
        assertThat(Files.readString(output.resolve("plant.html")))
                .contains("id=\"board-archive\"", "press-1")
                .doesNotContain("src=\"http", "href=\"/assets", "src=\"/assets");
    }

    @Test
    void an_unknown_dashboard_is_named_and_nothing_is_written(@TempDir Path output) {
        CapacityCall call = render(output, "plants");

        assertThat(call.exitCode()).isNotZero();
        assertThat(call.err()).contains("'plants'", "\nMaybe ").doesNotContain("\tat ");
        assertThat(output).isEmptyDirectory();
    }

    @Test
    void a_time_that_is_none_is_named(@TempDir Path output) {
        CapacityCall call = render(output, "plant", "--from", "yesterday");

        assertThat(call.exitCode()).isNotZero();
        assertThat(call.err()).contains("'yesterday'", "\nMaybe ").doesNotContain("\tat ");
    }

    private CapacityCall render(Path output, String dashboard, String... more) {
        List<String> all = new ArrayList<>(List.of(
                "render",
                "--dashboard",
                dashboard,
                "--output",
                output.toString(),
                "--set",
                "database.url=" + board.settings().database().url()));
        all.addAll(List.of(more));
        String password = Objects.requireNonNull(
                        board.settings().database().reader().password())
                .reveal();
        return CapacityCall.of(Map.of("CAPACITY_DATABASE_READER_PASSWORD", password), all.toArray(new String[0]));
    }
}
