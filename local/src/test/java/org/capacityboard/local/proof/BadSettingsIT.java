package org.capacityboard.local.proof;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.capacityboard.local.kit.CapacityCall;
import org.capacityboard.local.kit.StackExtension;
import org.capacityboard.local.kit.TestBoard;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What an operator reads who set something wrong: every problem at once, each with a remedy, and never where in the program it arose. */
@ExtendWith(StackExtension.class)
@Timeout(60)
class BadSettingsIT {

    private static final String NOBODY_LISTENS = "127.0.0.1:1";

    private final TestBoard board;

    BadSettingsIT(TestBoard board) {
        this.board = board;
    }

    @Test
    void unknown_keys_and_variables_and_bad_values_are_told_together(@TempDir Path directory) throws IOException {
        Path file = Files.writeString(
                directory.resolve("board.yaml"),
                """
                kafka:
                  bootstrp: 127.0.0.1:9092
                throughput:
                  horizon: 2 fortnights
                """);

        CapacityCall call = CapacityCall.of(
                Map.of("CAPACITY_DATABSE_URL", "jdbc:postgresql://127.0.0.1/capacity"),
                "job",
                "throughput",
                "--config",
                file.toString(),
                "--set",
                "http.port=many",
                "--set",
                "coffee=black");

        assertRefused(call, 2);
        assertThat(call.err())
                .contains(
                        "'kafka.bootstrp' is unknown.\nMaybe you meant 'kafka.bootstrap'.",
                        "'2 fortnights' must be a whole number with a unit: ms, s, m, h or d.",
                        "environment variable 'CAPACITY_DATABSE_URL' is no setting of Capacity Board.\nMaybe you meant 'CAPACITY_DATABASE_URL'.",
                        "http.port (flag --set) 'many' must be a whole number, 0..65535.",
                        "setting from flag --set 'coffee' is unknown.\nMaybe 'capacity config print' lists the one you mean.");
    }

    @Test
    void a_password_on_the_command_line_is_refused_and_not_repeated() {
        CapacityCall call = CapacityCall.of("db", "migrate", "--set", "database.migrator.password=hush-hush");

        assertRefused(call, 2);
        assertThat(call.err())
                .contains("is a secret and must not stand there", "CAPACITY_DATABASE_MIGRATOR_PASSWORD")
                .doesNotContain("hush-hush");
    }

    @Test
    void a_taken_port_is_told() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            CapacityCall call = job("http.port=" + taken.getLocalPort());

            assertRefused(call, 1);
            assertThat(call.err())
                    .isEqualTo(
                            """
                            http.port '%d' is taken by another process on 127.0.0.1.
                            Maybe another Capacity Board runs here: stop it or choose another port.
                            """
                                    .formatted(taken.getLocalPort()));
        }
    }

    @Test
    void a_refused_database_is_told() {
        CapacityCall call = job("database.url=jdbc:postgresql://" + NOBODY_LISTENS + "/capacity");

        assertRefused(call, 1);
        assertThat(call.err())
                .isEqualTo(
                        """
                        database.url 'jdbc:postgresql://127.0.0.1:1/capacity' does not answer: Connection to 127.0.0.1:1 refused.
                        Maybe PostgreSQL is not running there, or host or port is another one.
                        """);
    }

    @Test
    void missing_topics_are_one_problem() {
        CapacityCall call = job("kafka.topic-prefix=elsewhere");

        assertRefused(call, 1);
        assertThat(call.err())
                .isEqualTo(
                        """
                        topics 'elsewhere.line-telemetry.v1' and 20 more of 21 are missing.
                        Maybe 'capacity topics create' was not run, or kafka.topic-prefix is another one.
                        """);
    }

    @Test
    void a_wrong_password_is_told_and_not_repeated() {
        CapacityCall call = CapacityCall.of(
                Map.of("CAPACITY_DATABASE_WRITER_PASSWORD", "hush-hush"), arguments("job", "throughput"));

        assertRefused(call, 1);
        assertThat(call.err())
                .startsWith("database.writer.user 'capacity_writer' is not let in by ")
                .contains("\nMaybe the password is another one: it comes from CAPACITY_DATABASE_WRITER_PASSWORD")
                .doesNotContain("hush-hush");
    }

    @Test
    void a_missing_password_is_told() {
        CapacityCall call = CapacityCall.of(Map.of(), arguments("job", "throughput"));

        assertRefused(call, 1);
        assertThat(call.err()).contains("database.writer.user 'capacity_writer' ", "database.writer.password-file");
    }

    @Test
    void port_brokers_and_database_are_told_together() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            CapacityCall call = job(
                    "http.port=" + taken.getLocalPort(),
                    "kafka.bootstrap=" + NOBODY_LISTENS,
                    "database.url=jdbc:postgresql://" + NOBODY_LISTENS + "/capacity");

            assertRefused(call, 1);
            assertThat(call.err().split("\n\n"))
                    .hasSize(3)
                    .allSatisfy(problem -> assertThat(problem.lines().toList()).hasSize(2));
            assertThat(call.err())
                    .contains(
                            "http.port '",
                            "kafka.bootstrap '127.0.0.1:1' does not answer: no broker took a connection within 6 s.",
                            "database.url '");
        }
    }

    @Test
    void the_simulator_says_that_no_broker_answers() {
        CapacityCall call = CapacityCall.of("simulator", "--set", "kafka.bootstrap=" + NOBODY_LISTENS);

        assertRefused(call, 1);
        assertThat(call.err()).contains("kafka.bootstrap '127.0.0.1:1' does not answer");
    }

    @Test
    void doctor_tells_one_cause_once() {
        CapacityCall call = CapacityCall.of(
                arguments("doctor", "--set", "database.url=jdbc:postgresql://" + NOBODY_LISTENS + "/capacity"));

        assertRefused(call, 1);
        assertThat(call.out()).contains("WRONG  writer", "WRONG  reader");
        assertThat(call.err().split("does not answer", -1)).hasSize(2);
    }

    @Test
    void a_mistyped_command_is_guessed() {
        CapacityCall call = CapacityCall.of("job", "troughput");

        assertRefused(call, 2);
        assertThat(call.err()).contains("'troughput'", "throughput': 'capacity job --help' shows how it is meant.");
    }

    private static void assertRefused(CapacityCall call, int exitCode) {
        assertThat(call.exitCode()).as(call.err()).isEqualTo(exitCode);
        assertThat(call.err()).contains("\nMaybe ").doesNotContain("at org.", "\tat ", "Exception");
    }

    /** Asks for the throughput job with settings that are right but for these. */
    private CapacityCall job(String... wrong) {
        List<String> all = new ArrayList<>(List.of("job", "throughput"));
        for (String setting : wrong) {
            all.add("--set");
            all.add(setting);
        }
        String password = Objects.requireNonNull(
                        board.settings().database().writer().password())
                .reveal();
        return CapacityCall.of(
                Map.of("CAPACITY_DATABASE_WRITER_PASSWORD", password), arguments(all.toArray(new String[0])));
    }

    /** The arguments after the board's own settings, so that they win. */
    private String[] arguments(String... command) {
        List<String> all = new ArrayList<>(List.of(
                "--set",
                "kafka.bootstrap=" + board.settings().kafka().bootstrap(),
                "--set",
                "kafka.topic-prefix=" + board.settings().kafka().topicPrefix(),
                "--set",
                "database.url=" + board.settings().database().url(),
                "--set",
                "http.port=0"));
        all.addAll(List.of(command));
        return all.toArray(new String[0]);
    }
}
