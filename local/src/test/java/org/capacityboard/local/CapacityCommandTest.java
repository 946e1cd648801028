package org.capacityboard.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.capacityboard.local.kit.CapacityCall;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CapacityCommandTest {

    @Test
    void version_names_the_product_and_what_it_runs_on() {
        CapacityCall call = CapacityCall.of("--version");

        assertThat(call.exitCode()).isZero();
        assertThat(call.out())
                .startsWith("Capacity Board ")
                .contains("Java ", "Flink 2", "Kafka 4")
                .doesNotContain("${", "null");
    }

    @Test
    void an_unknown_command_is_wrong_usage() {
        CapacityCall call = CapacityCall.of("exprot");

        assertThat(call.exitCode()).isEqualTo(2);
        assertThat(call.err()).contains("exprot").contains("\nMaybe ").doesNotContain("\tat ");
    }

    @Test
    void wrong_settings_are_told_all_at_once() {
        CapacityCall call = CapacityCall.of("config", "print", "--set", "http.prot=1", "--set", "http.port=70000");

        assertThat(call.exitCode()).isEqualTo(2);
        assertThat(call.err()).contains("http.prot", "70000", "Maybe").doesNotContain("\tat ");
    }

    @Test
    void a_setting_is_printed_with_its_source() {
        CapacityCall call = CapacityCall.of("config", "print", "--set", "http.port=1234", "--json");

        assertThat(call.exitCode()).isZero();
        assertThat(call.out()).contains("\"key\" : \"http.port\"", "\"value\" : \"1234\"", "flag --set");
    }

    @Test
    void settings_before_and_after_the_subcommand_hold_and_the_last_wins() {
        CapacityCall call = CapacityCall.of(
                "--set", "http.port=1", "--set", "http.host=::1", "config", "print", "--set", "http.port=2", "--json");

        assertThat(call.out()).contains("\"value\" : \"::1\"", "\"value\" : \"2\"");
    }

    @Test
    void a_refused_database_is_one_clear_message() {
        CapacityCall call =
                CapacityCall.of("db", "migrate", "--set", "database.url=jdbc:postgresql://127.0.0.1:1/capacity");

        assertThat(call.exitCode()).isEqualTo(1);
        assertThat(call.err())
                .contains("database.url 'jdbc:postgresql://127.0.0.1:1/capacity' does not answer", "\nMaybe ")
                .doesNotContain("\tat ");
    }

    @Test
    void a_viewer_that_everybody_could_reach_is_refused() {
        CapacityCall call = CapacityCall.of("viewer", "--set", "http.host=0.0.0.0", "--set", "http.port=0");

        assertThat(call.exitCode()).isNotZero();
        assertThat(call.err())
                .contains("http.host", "viewer.access-token", "viewer.user-header", "\nMaybe ")
                .doesNotContain("\tat ");
        assertThat(call.out()).isEmpty();
    }

    @Test
    void a_dashboard_without_a_database_is_one_clear_message(@TempDir Path directory) {
        CapacityCall call = CapacityCall.of(
                "render",
                "--dashboard",
                "board-overview",
                "--output",
                directory.toString(),
                "--set",
                "database.url=jdbc:postgresql://127.0.0.1:1/capacity");

        assertThat(call.exitCode()).isEqualTo(1);
        assertThat(call.err()).contains("does not answer", "\nMaybe ").doesNotContain("\tat ");
        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void a_variable_without_a_value_is_wrong_usage(@TempDir Path directory) {
        CapacityCall call =
                CapacityCall.of("render", "--dashboard", "plant", "--output", directory.toString(), "--var", "P0001");

        assertThat(call.exitCode()).isEqualTo(2);
        assertThat(call.err()).contains("option --var 'P0001' must be NAME=VALUE", "--var plant=P0001");
    }

    @Test
    void a_folder_without_dashboards_is_found_by_the_doctor(@TempDir Path directory) {
        CapacityCall call =
                CapacityCall.of("doctor", "--demo", "--set", "viewer.dashboards=" + directory, "--set", "http.port=0");

        assertThat(call.exitCode()).isEqualTo(1);
        assertThat(call.err()).contains("viewer.dashboards '" + directory + "' holds no *.json file");
    }

    @Test
    void the_completion_script_knows_the_commands() {
        assertThat(CapacityCall.of("completion").out()).contains("demo", "replay", "viewer", "render", "doctor");
    }

    @Test
    void bench_is_listed_and_an_installed_board_says_where_to_find_it() {
        assertThat(CapacityCall.of("help").out()).containsPattern("\n +bench +Measure ");

        CapacityCall call = CapacityCall.of("bench");

        assertThat(call.exitCode()).isEqualTo(2);
        assertThat(call.err())
                .startsWith("bench is not part of an installed Capacity Board.")
                .contains("'./capacity bench'");
    }

    @Test
    void a_bad_line_is_told_with_file_and_line_number(@TempDir Path directory) throws IOException {
        Path file = directory.resolve("line-telemetry.jsonl");
        Files.writeString(
                file,
                """
                {"lineId":"L1","sessionId":1,"sequence":1,"eventTime":"2026-11-02T06:00:00Z","state":"EXECUTE","goodCount":0,"scrapCount":0}

                {"lineId":"L1","sessionId":1,"sequence":2,"eventtime":"2026-11-02T06:00:10Z","state":"EXECUTE","goodCount":1,"scrapCount":0}
                """);

        CapacityCall call = CapacityCall.of("ingest", "--check", file.toString());

        assertThat(call.exitCode()).isEqualTo(1);
        assertThat(call.err()).contains(file + ":3 ", "eventtime", "Maybe you meant 'eventTime'");
    }

    @Test
    void a_schema_that_cannot_be_read_is_refused(@TempDir Path directory) throws IOException {
        Path file = directory.resolve("plant.avsc");
        Files.writeString(
                file,
                """
                {"type":"record","name":"Plant","namespace":"org.capacityboard.events","fields":[{"name":"plantId","type":"string"}]}
                """);

        CapacityCall call = CapacityCall.of("schemas", "check", file.toString());

        assertThat(call.exitCode()).isEqualTo(1);
        assertThat(call.err()).contains(file.toString(), "topic plants", "\nMaybe ");
    }
}
