package org.capacityboard.local.proof;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.capacityboard.local.jobs.BoardJob;
import org.capacityboard.local.kit.TestBoard;
import org.capacityboard.process.settings.EffectiveSetting;
import org.capacityboard.process.settings.RoleLogin;
import org.capacityboard.process.settings.Settings;
import org.capacityboard.schemas.Topic;

/** A process of all jobs that is made to be killed. */
final class JobsProcess implements AutoCloseable {
    private final Process process;

    private JobsProcess(Process process) {
        this.process = process;
    }

    static JobsProcess start(Settings settings, Path temporary) throws IOException {
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
        RoleLogin writer = settings.database().writer();
        builder.environment()
                .put(
                        "CAPACITY_DATABASE_WRITER_PASSWORD",
                        Objects.requireNonNull(writer.password()).reveal());
        return new JobsProcess(builder.start());
    }

    /** SIGKILL. */
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /** Lets the jobs take a last checkpoint, so that every row is written. */
    void stop() throws IOException, InterruptedException {
        process.getOutputStream().write('\n');
        process.getOutputStream().flush();
        assertThat(process.waitFor()).isZero();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }

    /** Where a job's checkpoints are. */
    static Path checkpoints(Settings settings, BoardJob job) {
        return Path.of(URI.create(settings.checkpoint().directory()))
                .resolve(job.id().toString());
    }

    static void awaitCheckpointAfter(long number, Path checkpoints) throws Exception {
        assertThat(TestBoard.await(() -> newest(checkpoints) > number, true))
                .as("a checkpoint after %d", number)
                .isTrue();
    }

    /** Returns when a checkpoint with records has been told to the broker, which is a moment after it is on disk. */
    static void awaitOffsetsOf(String job, Topic topic, TestBoard board) throws Exception {
        assertThat(TestBoard.await(() -> board.committed(job, topic) > 0, true))
                .as("offsets of a checkpoint with records")
                .isTrue();
    }

    /** When the newest checkpoint was completed. */
    static Instant newestTakenAt(Path checkpoints) throws IOException {
        return Files.getLastModifiedTime(checkpoints.resolve("chk-" + newest(checkpoints) + "/_metadata"))
                .toInstant();
    }

    /** Number of the newest completed checkpoint. */
    static long newest(Path checkpoints) throws IOException {
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
}
