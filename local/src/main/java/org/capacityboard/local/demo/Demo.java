package org.capacityboard.local.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.apache.flink.api.common.JobStatus;
import org.capacityboard.local.embedded.DataDirectory;
import org.capacityboard.local.embedded.EmbeddedCluster;
import org.capacityboard.local.jobs.BoardJob;
import org.capacityboard.local.jobs.ClusterSettings;
import org.capacityboard.process.http.ReadyCheck;
import org.capacityboard.process.meters.ProcessMetrics;
import org.capacityboard.process.settings.Settings;
import org.capacityboard.process.settings.SimulatorSettings;
import org.capacityboard.simulator.KafkaOutput;
import org.capacityboard.simulator.Pacing;
import org.capacityboard.simulator.Playback;
import org.capacityboard.simulator.Scenario;
import org.capacityboard.simulator.Simulation;
import org.capacityboard.simulator.Simulator;
import org.capacityboard.simulator.StopSignal;
import org.capacityboard.viewer.Viewer;
import org.capacityboard.viewer.page.Access;
import org.jspecify.annotations.Nullable;

/** Broker, database, jobs and simulated plants in this JVM, on a data directory that the next run goes on with. */
public final class Demo implements AutoCloseable {

    private final LocalStack stack;
    private final EmbeddedCluster cluster;
    private final Viewer viewer;
    private final ProcessMetrics metrics;
    private final Connection observer;
    private final StopSignal stopSimulator;
    private final CompletableFuture<Long> simulation;
    private final SimulatedTime simulated;
    private final Deque<AutoCloseable> opened;

    private Demo(
            LocalStack stack,
            EmbeddedCluster cluster,
            Viewer viewer,
            ProcessMetrics metrics,
            Connection observer,
            StopSignal stopSimulator,
            CompletableFuture<Long> simulation,
            SimulatedTime simulated,
            Deque<AutoCloseable> opened) {
        this.stack = stack;
        this.cluster = cluster;
        this.viewer = viewer;
        this.metrics = metrics;
        this.observer = observer;
        this.stopSimulator = stopSimulator;
        this.simulation = simulation;
        this.simulated = simulated;
        this.opened = opened;
    }

    /**
     * Starts everything.
     *
     * @param steps told what is being done
     */
    public static Demo start(DataDirectory data, DemoPorts ports, Settings settings, Consumer<String> steps)
            throws Exception {
        Deque<AutoCloseable> opened = new ArrayDeque<>();
        try {
            return start(data, ports, settings, steps, opened);
        } catch (Exception e) {
            closeAll(opened);
            throw e;
        }
    }

    private static Demo start(
            DataDirectory data, DemoPorts ports, Settings settings, Consumer<String> steps, Deque<AutoCloseable> opened)
            throws Exception {
        SimulatorSettings wanted = settings.simulator();
        Scenario scenario = Scenario.load(wanted.scenario());
        // Told now, and not by the viewer when everything else has started.
        Access.of(settings);
        steps.accept("starting broker, database and Flink");
        ProcessMetrics metrics = opened(opened, new ProcessMetrics("demo"));
        Files.createDirectories(data.temporary());
        CompletableFuture<EmbeddedCluster> startingCluster = CompletableFuture.supplyAsync(() -> EmbeddedCluster.start(
                BoardJob.values().length * settings.job().parallelism(),
                data.temporary(),
                ClusterSettings.of(settings, metrics.registry())));
        LocalStack stack;
        try {
            stack = opened(opened, LocalStack.start(data, ports, settings));
        } finally {
            // The jobs end before what they read from and write to.
            opened.push(() -> startingCluster.join().close());
        }
        Settings here = stack.settings()
                .with("checkpoint.directory", data.checkpoints().toUri().toString());

        steps.accept("starting the jobs");
        EmbeddedCluster cluster = startingCluster.join();
        for (BoardJob job : BoardJob.values()) {
            Path checkpoint = job.start(cluster, here);
            opened.push(() -> cluster.stop(job.id()));
            if (checkpoint != null) {
                steps.accept("job " + job.word() + " goes on from " + checkpoint.getFileName());
            }
        }

        steps.accept("starting the simulated plants of " + scenario.name());
        Connection observer = opened(opened, stack.connect());
        SimulatedTime simulated = new SimulatedTime();
        StopSignal stop = new StopSignal();
        KafkaOutput output = opened(
                opened,
                new KafkaOutput(
                        here.kafka().bootstrap(),
                        here.kafka().topicPrefix(),
                        here.kafka().properties()));
        CompletableFuture<Long> simulation = simulate(data, scenario, wanted, output, stop, simulated);
        opened.push(() -> {
            stop.stop();
            simulation.join();
        });
        Viewer viewer = opened(
                opened,
                Viewer.start(
                        here.with("http.port", Integer.toString(ports.http())),
                        metrics,
                        List.of(
                                new ReadyCheck("broker", () -> stack.broker().failureReason()),
                                new ReadyCheck("jobs", () -> jobProblem(cluster)),
                                new ReadyCheck("simulator", () -> simulation.isDone() ? "has ended" : null))));
        return new Demo(stack, cluster, viewer, metrics, observer, stop, simulation, simulated, opened);
    }

    private static CompletableFuture<Long> simulate(
            DataDirectory data,
            Scenario scenario,
            SimulatorSettings wanted,
            KafkaOutput output,
            StopSignal stop,
            SimulatedTime simulated) {
        Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
        Instant start = now.minus(Duration.ofDays(7L * wanted.weeks()));
        Instant lastDay = now.minus(Duration.ofDays(1));
        Simulation simulation = new Simulation(
                scenario, wanted.seed(), 0, Simulation.of(scenario, start).reportInterval(), start);
        Playback playback =
                new Playback(wanted.speed(), lastDay.isAfter(start) ? lastDay : start, null, data.simulatorPosition());
        CompletableFuture<Long> result = new CompletableFuture<>();
        Thread thread = new Thread(
                () -> {
                    try {
                        result.complete(Simulator.run(simulation, playback, output, Pacing.UNLIMITED, stop, simulated));
                    } catch (InterruptedException | RuntimeException e) {
                        result.completeExceptionally(e);
                    }
                },
                "simulator");
        thread.setDaemon(true);
        thread.start();
        return result;
    }

    private static @Nullable String jobProblem(EmbeddedCluster cluster) {
        for (BoardJob job : BoardJob.values()) {
            JobStatus status = cluster.status(job.id());
            if (status != JobStatus.RUNNING) {
                return job.word() + " is " + status;
            }
        }
        return null;
    }

    private static <T extends AutoCloseable> T opened(Deque<AutoCloseable> opened, T closeable) {
        opened.push(closeable);
        return closeable;
    }

    /** Completes with what went wrong if broker, jobs or simulator end by themselves. */
    public CompletableFuture<Throwable> failure() {
        CompletableFuture<Throwable> failure = new CompletableFuture<>();
        stack.broker()
                .failure()
                .thenAccept(why -> failure.complete(new IllegalStateException("The embedded broker gave up: " + why)));
        for (BoardJob job : BoardJob.values()) {
            cluster.result(job.id())
                    .thenAccept(thrown ->
                            failure.complete(new IllegalStateException("Job " + job.word() + " ended", thrown)));
        }
        simulation.whenComplete(
                (sent, thrown) -> failure.complete(new IllegalStateException("The simulator ended", thrown)));
        return failure;
    }

    /** The settings with which another process reaches its broker and database. */
    public Settings settings() {
        return stack.settings();
    }

    /** Where the viewer, health and metrics are. */
    public String httpAddress() {
        return viewer.address().toString();
    }

    /** Where Flink's own page is. */
    public String flinkAddress() {
        return cluster.webAddress();
    }

    SimulatedTime simulated() {
        return simulated;
    }

    Vitals vitals() throws SQLException {
        return Vitals.of(observer, metrics.registry());
    }

    @Override
    public void close() throws IOException {
        stopSimulator.stop();
        closeAll(opened);
    }

    /** Closes what was opened, the last first; a failure does not keep the rest open. */
    private static void closeAll(Deque<AutoCloseable> opened) {
        RuntimeException first = null;
        while (!opened.isEmpty()) {
            try {
                opened.pop().close();
            } catch (Exception e) {
                if (first == null) {
                    first = new IllegalStateException("The demo did not close cleanly", e);
                } else {
                    first.addSuppressed(e);
                }
            }
        }
        if (first != null) {
            throw first;
        }
    }
}
