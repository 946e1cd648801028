package org.capacityboard.process.settings;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectOutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.capacityboard.process.errors.UserError;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SettingsTest {
    private static final Map<String, String> NO_VARIABLES = Map.of();

    private final Path folder;

    SettingsTest(@TempDir Path folder) {
        this.folder = folder;
    }

    @Test
    void defaults_hold_if_nobody_says_otherwise() {
        Settings settings = read(null, NO_VARIABLES);

        assertThat(settings.throughput())
                .isEqualTo(new ThroughputSettings(
                        Duration.ofHours(48),
                        Duration.ofSeconds(30),
                        Duration.ofMinutes(1),
                        Duration.ofMinutes(5),
                        Duration.ofSeconds(30)));
        assertThat(settings.leadTime()).isEqualTo(new LeadTimeSettings(Duration.ofHours(24)));
        assertThat(settings.surge()).isEqualTo(new SurgeSettings(Duration.ofDays(14), Duration.ofSeconds(30)));
        assertThat(settings.http()).isEqualTo(new HttpSettings("127.0.0.1", 9400));
        assertThat(settings.database().writer()).isEqualTo(new RoleLogin("capacity_writer", null));
        assertThat(settings.viewer())
                .isEqualTo(new ViewerSettings(null, Duration.ofSeconds(15), 50_000, 6, null, null));
    }

    @Test
    void silence_is_stale_after_whole_days_and_not_before_the_first() {
        assertThat(Settings.defaults().with("surge.stale-after", "48h").surge().staleAfter())
                .isEqualTo(Duration.ofDays(2));
        assertThatThrownBy(() -> Settings.defaults().with("surge.stale-after", "36h"))
                .hasMessageContaining("surge.stale-after")
                .hasMessageContaining("must be whole days")
                .hasMessageContaining("2d");
        assertThatThrownBy(() -> Settings.defaults().with("surge.stale-after", "0d"))
                .hasMessageContaining("must be 1d..3650d");
    }

    @Test
    void a_flag_wins_over_the_environment_and_that_over_the_file() {
        Path file = yaml(
                """
                http: {port: 1, host: localhost}
                job:
                  parallelism: 3
                sink.flush-rows: 7
                """);

        Settings settings = read(
                file,
                Map.of("CAPACITY_HTTP_PORT", "2", "CAPACITY_JOB_PARALLELISM", "4", "PATH", "/bin"),
                "http.port=3");

        assertThat(settings.http()).isEqualTo(new HttpSettings("localhost", 3));
        assertThat(settings.job().parallelism()).isEqualTo(4);
        assertThat(settings.sink().flushRows()).isEqualTo(7);
        assertThat(settings.effective())
                .contains(
                        new EffectiveSetting("http.port", "3", "flag --set"),
                        new EffectiveSetting("job.parallelism", "4", "environment CAPACITY_JOB_PARALLELISM"),
                        new EffectiveSetting("http.host", "localhost", "file " + file),
                        new EffectiveSetting("job.max-parallelism", "128", "default"));
    }

    @Test
    void the_file_may_be_named_by_a_variable_and_an_empty_variable_is_none() {
        Path file = yaml("simulator: {seed: -9}");

        Settings settings = read(null, Map.of("CAPACITY_CONFIG", file.toString(), "CAPACITY_SIMULATOR_WEEKS", ""));

        assertThat(settings.simulator()).isEqualTo(new SimulatorSettings("alliance-155", 1, -9, 1));
    }

    @Test
    void everything_that_is_wrong_is_reported_at_once() {
        Path file = yaml(
                """
                kafka:
                  bootsrap: 127.0.0.1:9092
                throughput:
                  horizon: 48
                """);

        SettingsException refused = refusal(
                file, Map.of("CAPACITY_HTPP_PORT", "1", "CAPACITY_JOB_PARALLELISM", "0"), "state.backend=rocks", "x");

        assertThat(refused.exitCode()).isEqualTo(UserError.WRONG_USAGE);
        assertThat(refused.problems().stream().map(problem -> problem.text()))
                .containsExactlyInAnyOrder(
                        "setting from file " + file
                                + " 'kafka.bootsrap' is unknown.\nMaybe you meant 'kafka.bootstrap'.",
                        "throughput.horizon (file " + file
                                + ") '48' must be a whole number with a unit: ms, s, m, h or d.\nMaybe you mean 48s.",
                        "environment variable 'CAPACITY_HTPP_PORT' is no setting of Capacity Board."
                                + "\nMaybe you meant 'CAPACITY_HTTP_PORT'.",
                        "job.parallelism (environment CAPACITY_JOB_PARALLELISM) '0' must be a whole number, 1..1024.",
                        "state.backend (flag --set) 'rocks' must be hashmap or rocksdb."
                                + "\nMaybe you meant 'rocksdb'.",
                        "flag --set 'x' must be KEY=VALUE.");
    }

    @ParameterizedTest
    @CsvSource({
        "kafka.bootstrap=broker, host:port",
        "kafka.bootstrap=broker:70000, host:port",
        "kafka.topic-prefix=a b, must be 1..100",
        "database.url=postgresql://127.0.0.1/capacity, jdbc:postgresql:",
        "http.port=65536, 0..65535",
        "http.port=8e-1, 0..65535",
        "simulator.speed=0, above 0",
        "simulator.seed=1.5, whole number",
        "sink.flush-age=61s, 10ms..60s",
        "throughput.horizon=10s, 60s..31d",
        "throughput.disorder=-1s, with a unit",
        "minutes.retention-days=2, throughput.horizon",
        "job.parallelism=129, job.max-parallelism",
        "viewer.query-timeout=0s, 100ms..600s",
        "viewer.row-limit=0, 1..1000000",
        "viewer.connections=101, 1..100",
        "viewer.dashboards=, must be a path",
        "viewer.user-header=X User, must be 1..64",
        "viewer.user-header=User-Agent, sent by every browser",
        "viewer.user-header=accept-language, sent by every browser",
        "kafka.properties.bootstrap.servers=a:1, kafka.bootstrap",
    })
    void a_value_outside_its_rule_is_refused(String flag, String rule) {
        assertThat(refusal(null, NO_VARIABLES, flag)).hasMessageContaining(rule);
    }

    @ParameterizedTest
    @CsvSource({"250ms, PT0.25S", "90 s, PT90S", "5m, PT5M", "2h, PT2H", "3d, PT72H"})
    void a_duration_has_a_unit(String text, Duration duration) throws RuleBroken {
        ValueType<Duration> type = ValueType.duration(Duration.ZERO, Duration.ofDays(31));

        assertThat(type.parser().parse(text)).isEqualTo(duration);
    }

    @Test
    void a_path_becomes_a_file_address_and_an_address_stays() {
        assertThat(Settings.defaults()
                        .with("checkpoint.directory", folder + "/../checkpoints")
                        .checkpoint()
                        .directory())
                .isEqualTo("file://" + folder.resolveSibling("checkpoints"));
        assertThat(Settings.defaults()
                        .with("checkpoint.directory", "s3://bucket/a")
                        .checkpoint()
                        .directory())
                .isEqualTo("s3://bucket/a");
    }

    @Test
    void passwords_come_from_the_environment_or_a_file_and_are_never_shown() throws IOException {
        Path password = Files.writeString(folder.resolve("password"), "from file\n");

        Settings settings = read(
                null,
                Map.of("CAPACITY_DATABASE_WRITER_PASSWORD", "from variable"),
                "database.reader.password-file=" + password);

        assertThat(settings.database().writer().password()).isEqualTo(new Secret("from variable"));
        assertThat(settings.database().reader().password()).isEqualTo(new Secret("from file"));
        assertThat(settings.toString() + settings.database() + settings.effective())
                .contains("(secret)")
                .doesNotContain("from variable", "from file");
    }

    @Test
    void the_token_of_the_viewer_comes_from_the_environment_or_a_file_and_is_never_shown() throws IOException {
        Path token = Files.writeString(folder.resolve("token"), "from file\n");

        Settings fromFile = read(null, NO_VARIABLES, "viewer.access-token-file=" + token, "viewer.user-header=X-User");
        Settings fromVariable = read(null, Map.of("CAPACITY_VIEWER_ACCESS_TOKEN", "from variable"));

        assertThat(fromFile.viewer().accessToken()).isEqualTo(new Secret("from file"));
        assertThat(fromFile.viewer().userHeader()).isEqualTo("X-User");
        assertThat(fromVariable.viewer().accessToken()).isEqualTo(new Secret("from variable"));
        assertThat(fromVariable.toString() + fromVariable.viewer() + fromFile.viewer())
                .contains("(secret)")
                .doesNotContain("from variable", "from file");
        assertThat(refusal(
                        null,
                        Map.of("CAPACITY_VIEWER_ACCESS_TOKEN", "a"),
                        "viewer.access-token=hunter2",
                        "viewer.access-token-file=" + token))
                .hasMessageContaining("only one of them may")
                .hasMessageContaining("CAPACITY_VIEWER_ACCESS_TOKEN")
                .hasMessageNotContaining("hunter2");
    }

    @Test
    void a_password_on_a_flag_or_in_the_file_is_refused_without_repeating_it() {
        Path file = yaml("database: {writer: {password: hunter2, pasword: hunter2}}");

        SettingsException refused = refusal(
                file,
                NO_VARIABLES,
                "database.reader.password=hunter2",
                "kafka.properties.sasl.jaas.config=hunter2",
                "database.url=jdbc:postgresql://db/capacity?password=hunter2");

        assertThat(refused.problems()).hasSize(5);
        assertThat(refused)
                .hasMessageContaining("CAPACITY_DATABASE_READER_PASSWORD")
                .hasMessageContaining("kafka.properties-file")
                .hasMessageNotContaining("hunter2");
    }

    @Test
    void a_password_file_that_is_missing_or_empty_or_beside_a_password_is_refused() throws IOException {
        Path empty = Files.createFile(folder.resolve("empty"));

        assertThat(refusal(
                        null,
                        Map.of("CAPACITY_DATABASE_MIGRATOR_PASSWORD", "a"),
                        "database.reader.password-file=" + folder.resolve("none"),
                        "database.writer.password-file=" + empty,
                        "database.migrator.password-file=" + empty))
                .hasMessageContaining("none' cannot be read")
                .hasMessageContaining("empty' is an empty file")
                .hasMessageContaining("only one of them may");
    }

    @Test
    void kafka_properties_pass_through_untouched_and_their_secrets_stay_hidden() throws IOException {
        Path secrets = Files.writeString(
                folder.resolve("kafka.properties"), "sasl.jaas.config=top secret\nretries=1\nlinger.ms=5\n");
        Path file = yaml(
                """
                kafka:
                  properties-file: %s
                  properties:
                    security.protocol: SASL_SSL
                    retries: 010
                """
                        .formatted(secrets));

        Settings settings = read(file, Map.of("CAPACITY_KAFKA_PROPERTIES_SSL_KEY_PASSWORD", "hidden too"));

        assertThat(settings.kafka().clientProperties())
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        "bootstrap.servers", "127.0.0.1:9092",
                        "sasl.jaas.config", "top secret",
                        "retries", "010",
                        "linger.ms", "5",
                        "security.protocol", "SASL_SSL",
                        "ssl.key.password", "hidden too"));
        assertThat(settings.kafka() + "" + settings.effective())
                .contains("SASL_SSL")
                .doesNotContain("top secret", "hidden too");
    }

    @Test
    void a_file_that_is_no_yaml_or_missing_is_one_problem() {
        assertThat(refusal(yaml("http: [1"), NO_VARIABLES).problems()).hasSize(1);
        assertThat(refusal(yaml("just words"), NO_VARIABLES)).hasMessageContaining("must hold keys with values");
        assertThat(refusal(folder.resolve("none.yaml"), NO_VARIABLES)).hasMessageContaining("cannot be read");
        assertThat(refusal(yaml("http:\n  port: 1\nhttp:\n  port: 2\n"), NO_VARIABLES))
                .hasMessageContaining("duplicate key http");
    }

    @Test
    void a_program_may_decide_a_setting_and_nothing_else_changes() {
        Settings settings =
                Settings.defaults().with("database.writer.password", "x").with("http.port", "0");

        assertThat(settings.http()).isEqualTo(new HttpSettings("127.0.0.1", 0));
        assertThat(settings.database().writer().password()).isEqualTo(new Secret("x"));
        assertThat(settings.effective()).contains(new EffectiveSetting("http.port", "0", "set by the program"));
        assertThatThrownBy(() -> settings.with("http.prot", "0")).hasMessageContaining("Maybe you meant 'http.port'");
    }

    @Test
    void arguments_name_the_file_and_the_flags_and_nothing_else() {
        assertThat(SettingsSources.fromArguments(
                        List.of("--config", "a.yaml", "--set", "b=c", "--set=d=e"), NO_VARIABLES))
                .isEqualTo(new SettingsSources(Path.of("a.yaml"), NO_VARIABLES, List.of("b=c", "d=e")));
        assertThatThrownBy(() -> SettingsSources.fromArguments(List.of("--sett", "b=c"), NO_VARIABLES))
                .hasMessageContaining("'--sett'");
        assertThatThrownBy(() -> SettingsSources.fromArguments(List.of("--set"), NO_VARIABLES))
                .hasMessageContaining("needs a value");
    }

    @Test
    void settings_travel_with_a_job_to_its_workers() throws IOException {
        Settings settings = Settings.defaults().with("kafka.properties.retries", "1");
        ObjectOutputStream out = new ObjectOutputStream(new ByteArrayOutputStream());
        for (Object part : List.of(
                settings.kafka(),
                settings.database(),
                settings.throughput(),
                settings.leadTime(),
                settings.checkpoint(),
                settings.state(),
                settings.job(),
                settings.sink(),
                settings.minutes(),
                settings.http(),
                settings.simulator())) {
            out.writeObject(part);
        }
        assertThat(settings.kafka().properties()).containsEntry("retries", "1");
    }

    private Path yaml(String text) {
        try {
            return Files.writeString(folder.resolve("capacity.yaml"), text);
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    private static Settings read(@Nullable Path file, Map<String, String> variables, String... flags) {
        return Settings.read(new SettingsSources(file, variables, List.of(flags)));
    }

    private static SettingsException refusal(@Nullable Path file, Map<String, String> variables, String... flags) {
        return requireNonNull(catchThrowableOfType(SettingsException.class, () -> read(file, variables, flags)));
    }
}
