package org.capacityboard.local.replay;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.capacityboard.flink.jobs.JobEnvironment;
import org.capacityboard.flink.jobs.ReplayJob;
import org.capacityboard.local.embedded.EmbeddedCluster;
import org.capacityboard.local.embedded.EmbeddedDatabase;
import org.capacityboard.local.embedded.Folders;
import org.capacityboard.local.setup.DatabaseMigration;
import org.capacityboard.process.errors.Problem;
import org.capacityboard.process.errors.UserError;
import org.capacityboard.process.settings.Settings;
import org.capacityboard.schemas.Topic;
import org.jspecify.annotations.Nullable;

/** The figures of a folder of events: the same events and the same {@code until} give the same bytes. */
public final class Replay {

    private static final String PASSWORD = "replay";

    private final Settings settings;

    public Replay(Settings settings) {
        this.settings = settings;
    }

    /**
     * Computes and writes the figures.
     *
     * @param input folder with {@code <topic>.jsonl} files; a missing one is an empty topic
     * @param output folder for {@code <view>.csv} files; it appears when all of them are written
     * @param until end of time; null: the last event that is not ahead of the wall clock
     * @return how many rows the files have
     */
    public long run(Path input, Path output, @Nullable Instant until) throws IOException, SQLException {
        requireInput(input);
        Path target = output.toAbsolutePath().normalize();
        requireReplaceable(target);
        Path parent = target.getParent() == null ? target : target.getParent();
        Files.createDirectories(parent);
        Path work = Files.createTempDirectory("capacity-replay");
        // Made with the rights of any new folder; those of a temporary one would shut others out.
        Path fresh = Files.createDirectory(parent.resolve(
                "." + target.getFileName() + "." + ProcessHandle.current().pid()));
        try {
            long rows = compute(input, until, work, fresh);
            Folders.delete(target);
            Files.move(fresh, target, StandardCopyOption.ATOMIC_MOVE);
            return rows;
        } finally {
            Folders.delete(fresh);
            Folders.delete(work);
        }
    }

    private long compute(Path input, @Nullable Instant until, Path work, Path fresh) throws SQLException, IOException {
        Path temporary = Files.createDirectory(work.resolve("tmp"));
        try (EmbeddedDatabase database =
                        EmbeddedDatabase.start(work.resolve("database"), 0, EmbeddedDatabase.Durability.THROWAWAY);
                EmbeddedCluster cluster = EmbeddedCluster.start(1, temporary, new Configuration())) {
            database.createDatabase("capacity");
            Settings here = settings.with("database.url", database.url("capacity"))
                    .with("database.migrator.user", EmbeddedDatabase.SUPERUSER)
                    .with("database.migrator.password", database.superuserPassword())
                    .with("database.writer.password", PASSWORD)
                    .with("database.reader.password", PASSWORD);
            DatabaseMigration.migrate(here.database());
            StreamExecutionEnvironment environment =
                    StreamExecutionEnvironment.getExecutionEnvironment(JobEnvironment.bounded(here));
            environment.setParallelism(1);
            ReplayJob.define(environment, input, until, here);
            cluster.run(environment, ReplayJob.NAME);
            try (Connection connection = database.connect("capacity")) {
                return CsvExport.write(connection, fresh);
            }
        }
    }

    private static void requireInput(Path input) throws IOException {
        if (!Files.isDirectory(input)) {
            throw UserError.failed(
                    new Problem("--input", input.toString(), "is not a directory", "the path is another one"));
        }
        List<String> names = Stream.of(Topic.values())
                .filter(Topic::isInput)
                .map(Topic::fileName)
                .toList();
        try (Stream<Path> files = Files.list(input)) {
            List<Path> events = files.filter(
                            file -> file.getFileName().toString().endsWith(".jsonl"))
                    .toList();
            List<Problem> problems = events.stream()
                    .filter(file -> !names.contains(file.getFileName().toString()))
                    .map(file -> new Problem(
                            "file",
                            file.toString(),
                            "is named after no input topic",
                            "you meant one of " + String.join(", ", names)))
                    .toList();
            if (!problems.isEmpty()) {
                throw UserError.failed(problems);
            }
            if (events.isEmpty()) {
                throw UserError.failed(new Problem(
                        "--input",
                        input.toString(),
                        "has no events",
                        "the files must be called " + String.join(", ", names)));
            }
        }
    }

    /** An earlier replay may be replaced; a folder with anything else in it may not. */
    private static void requireReplaceable(Path target) throws IOException {
        if (!Files.exists(target)) {
            return;
        }
        if (Files.isDirectory(target)) {
            try (Stream<Path> files = Files.list(target)) {
                if (files.allMatch(file -> file.getFileName().toString().endsWith(".csv"))) {
                    return;
                }
            }
        }
        throw UserError.failed(new Problem(
                "--output",
                target.toString(),
                "holds something else than a replay's CSV files",
                "a new folder was meant"));
    }
}
