package org.capacityboard.local.proof;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.capacityboard.flink.jobs.ThroughputJob;
import org.capacityboard.local.jobs.BoardJob;
import org.capacityboard.local.kit.StackExtension;
import org.capacityboard.local.kit.TestBoard;
import org.capacityboard.oracle.SeededStream;
import org.capacityboard.oracle.StreamOptions;
import org.capacityboard.oracle.StreamOptions.References;
import org.capacityboard.process.settings.EffectiveSetting;
import org.capacityboard.process.settings.RoleLogin;
import org.capacityboard.process.settings.Settings;
import org.capacityboard.schemas.Topic;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The process of the jobs is killed (SIGKILL) while it works; the next one goes on from the newest checkpoint. */
@ExtendWith(StackExtension.class)
@Timeout(120)
class KilledProcessIT {
    private static final int STAGES = 10;
    /** Long enough for a stage to pass between two checkpoints. */
    private static final String CHECKPOINT_INTERVAL = "3s";

    private static final List<String> TABLES =
            List.of("line_product_minute", "line_product_hour", "line_product_day", "line_loss_day", "line_current");

    private final List<Process> started = new ArrayList<>();

    /**
     * When the kill comes.
     *
     * @param stagesBeforeCheckpoint stages that are in the checkpoint
     * @param stagesAtOnce stages sent just before the kill without waiting for their rows
     */
    private record Moment(long seed, int stagesBeforeCheckpoint, int stagesAtOnce) {
        StagedStream stream() {
            StreamOptions options = new StreamOptions(4, 400, Duration.ofHours(3), References.FIRST, 0.01);
            return new StagedStream(SeededStream.of(seed, options), STAGES);
        }
    }

    static Stream<Moment> moments() {
        return Stream.of(new Moment(11, 1, 0), new Moment(12, 3, 4), new Moment(13, 7, 0));
    }

    @AfterEach
    void killAll() {
        started.forEach(Process::destroyForcibly);
    }

    @ParameterizedTest
    @MethodSource("moments")
    void rows_equal_the_oracle_and_no_version_ever_fell(Moment moment, TestBoard shared, @TempDir Path temporary)
            throws Exception {
        StagedStream stream = moment.stream();
        try (TestBoard board = shared.another("seed" + moment.seed)) {
            watchVersions(board.settings());
            Settings settings = StagedRun.settings(board, stream).with("checkpoint.interval", CHECKPOINT_INTERVAL);
            Path checkpoints = Path.of(URI.create(settings.checkpoint().directory()))
                    .resolve(BoardJob.THROUGHPUT.id().toString());
            StagedRun run = new StagedRun(board, stream);
            run.prepare();
            Process process = start(settings, temporary);
            run.pass(moment.stagesBeforeCheckpoint);
            awaitCheckpointAfter(newest(checkpoints), checkpoints);
            run.pass(1);
            run.send(moment.stagesAtOnce);

            process.destroyForcibly().waitFor();

            Instant completed = Files.getLastModifiedTime(
                            checkpoints.resolve("chk-" + newest(checkpoints) + "/_metadata"))
                    .toInstant();
            assertThat(board.rows("select count(*) > 0 from capacity.line_product_minute where computed_at > '"
                            + completed + "'"))
                    .as("rows were written since the checkpoint")
                    .isEqualTo(List.of(List.of("t")));
            assertThat(board.endOffset(Topic.LINE_TELEMETRY))
                    .as("records that were sent, so that can have been read")
                    .isLessThan(stream.reports() * 9 / 10);
            assertThat(board.committed(ThroughputJob.NAME, Topic.LINE_TELEMETRY))
                    .as("records in the checkpoint")
                    .isPositive()
                    .isLessThan(board.endOffset(Topic.LINE_TELEMETRY));

            Process again = start(settings, temporary);
            run.passRest();
            run.awaitRejections();
            stop(again);

            run.compareWithOracle();
            assertThat(fallenVersions(board.settings())).isEmpty();
        }
    }

    private Process start(Settings settings, Path temporary) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx768m",
                "--add-opens=java.base/java.util=ALL-UNNAMED",
                "--add-opens=java.base/java.lang=ALL-UNNAMED",
                "--add-opens=java.base/java.time=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                JobsUntilKilled.class.getName(),
                Files.createTempDirectory(temporary, "jobs").toString()));
        for (EffectiveSetting setting : settings.effective()) {
            if (!setting.source().equals("default") && !setting.key().endsWith(".password")) {
                command.add("--set=" + setting.key() + "=" + setting.value());
            }
        }
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.INHERIT);
        builder.environment()
                .put(
                        "CAPACITY_DATABASE_WRITER_PASSWORD",
                        password(settings.database().writer()));
        Process process = builder.start();
        started.add(process);
        return process;
    }

    /** Lets the jobs take a last checkpoint, so that every row is written. */
    private static void stop(Process process) throws IOException, InterruptedException {
        process.getOutputStream().write('\n');
        process.getOutputStream().flush();
        assertThat(process.waitFor()).isZero();
    }

    private static void awaitCheckpointAfter(long number, Path checkpoints) throws Exception {
        assertThat(TestBoard.await(() -> newest(checkpoints) > number, true))
                .as("a checkpoint after %d", number)
                .isTrue();
    }

    /** Number of the newest completed checkpoint. */
    private static long newest(Path checkpoints) throws IOException {
        if (!Files.isDirectory(checkpoints)) {
            return 0;
        }
        try (Stream<Path> files = Files.list(checkpoints)) {
            return files.filter(file -> Files.exists(file.resolve("_metadata")))
                    .mapToLong(
                            file -> Long.parseLong(file.getFileName().toString().substring("chk-".length())))
                    .max()
                    .orElse(0);
        }
    }

    /** Makes the database itself note every row whose version falls. */
    private static void watchVersions(Settings settings) throws SQLException {
        try (Connection connection = migrator(settings);
                Statement statement = connection.createStatement()) {
            statement.execute("create table public.fallen (row text)");
            statement.execute(
                    """
                    create function public.note_fall() returns trigger language plpgsql security definer as $$
                    begin
                        insert into public.fallen values (old::text || ' -> ' || new::text);
                        return null;
                    end $$""");
            for (String table : TABLES) {
                statement.execute("create trigger version_falls after update on store." + table
                        + " for each row when (new.version < old.version) execute function public.note_fall()");
            }
        }
    }

    private static List<String> fallenVersions(Settings settings) throws SQLException {
        List<String> rows = new ArrayList<>();
        try (Connection connection = migrator(settings);
                Statement statement = connection.createStatement();
                var result = statement.executeQuery("select row from public.fallen")) {
            while (result.next()) {
                rows.add(result.getString(1));
            }
        }
        return rows;
    }

    private static Connection migrator(Settings settings) throws SQLException {
        RoleLogin login = settings.database().migrator();
        return DriverManager.getConnection(settings.database().url(), login.user(), password(login));
    }

    private static String password(RoleLogin login) {
        return Objects.requireNonNull(login.password()).reveal();
    }
}
