package org.capacityboard.local;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.apache.flink.api.common.JobStatus;
import org.capacityboard.local.doctor.Examination;
import org.capacityboard.local.embedded.EmbeddedCluster;
import org.capacityboard.local.embedded.Folders;
import org.capacityboard.local.jobs.BoardJob;
import org.capacityboard.local.jobs.ClusterSettings;
import org.capacityboard.process.errors.Problem;
import org.capacityboard.process.errors.UserError;
import org.capacityboard.process.http.HealthServer;
import org.capacityboard.process.http.ReadyCheck;
import org.capacityboard.process.meters.ProcessMetrics;
import org.capacityboard.process.settings.Settings;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;

/** {@code capacity job}: one job in a process of its own, at brokers and a database that are there already. */
@Command(
        name = "job",
        description = "Run one job in this process; it goes on from the newest checkpoint in checkpoint.directory.")
final class JobCommand {

    private final CapacityCommand capacity;

    JobCommand(CapacityCommand capacity) {
        this.capacity = capacity;
    }

    @Command(name = "throughput", description = "Telemetry to facts of lines by minute, hour and day.")
    int throughput() throws Exception {
        return run(BoardJob.THROUGHPUT);
    }

    @Command(name = "reference", description = "Plants, lines, products and plans to their tables.")
    int reference() throws Exception {
        return run(BoardJob.REFERENCE);
    }

    @Command(
            name = "lead-time",
            description = "Orders and deliveries to lead times, backlog, and when orders will come.")
    int leadTime() throws Exception {
        return run(BoardJob.LEAD_TIME);
    }

    @Command(
            name = "surge-readiness",
            description = "What lines made, stocks and people to how far production can grow, and what stops it.")
    int surgeReadiness() throws Exception {
        return run(BoardJob.SURGE_READINESS);
    }

    private int run(BoardJob job) throws Exception {
        Settings settings = capacity.settings();
        List<Problem> problems = new Examination(settings).forJob();
        if (!problems.isEmpty()) {
            throw UserError.failed(problems);
        }
        Path temporary = Files.createTempDirectory("capacity-job");
        try (Interruption interruption = Interruption.listen();
                ProcessMetrics metrics = new ProcessMetrics("job-" + job.word());
                EmbeddedCluster cluster = EmbeddedCluster.start(
                        settings.job().parallelism(), temporary, ClusterSettings.of(settings, metrics.registry()));
                HealthServer http = HealthServer.start(
                        settings.http(), metrics, List.of(new ReadyCheck("job", () -> problem(cluster, job))))) {
            Path checkpoint = job.start(cluster, settings);
            capacity.err()
                    .println("Job " + job.word() + " runs "
                            + (checkpoint == null ? "from the beginning" : "from checkpoint " + checkpoint)
                            + "; health and metrics: " + http.address());
            CompletableFuture<@Nullable Throwable> result = cluster.result(job.id());
            CompletableFuture.anyOf(interruption.asked(), result).join();
            if (!result.isDone()) {
                cluster.stop(job.id());
                return 0;
            }
            throw new IllegalStateException("Job " + job.word() + " ended", result.join());
        } finally {
            Folders.delete(temporary);
        }
    }

    private static @Nullable String problem(EmbeddedCluster cluster, BoardJob job) {
        JobStatus status = cluster.status(job.id());
        return status == JobStatus.RUNNING ? null : "is " + status;
    }
}
