package org.capacityboard.bench.live;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.capacityboard.bench.run.RungProcess;
import org.capacityboard.local.CapacityCommand;

/** {@code capacity job throughput} in a JVM of its own, with the launcher's flags: what it does and says is what everybody's does. */
final class JobProcess implements AutoCloseable {
    private static final Duration START_PATIENCE = Duration.ofSeconds(90);
    private static final Duration STOP_PATIENCE = Duration.ofSeconds(120);
    private static final Pattern RUNS =
            Pattern.compile("Job throughput runs (from [^;]*); health and metrics: (http://\\S+)");
    private static final List<String> TAKEN =
            List.of("capacity_ingest_records_total{", "capacity_ingest_rejected_records_total{");

    private final Process process;
    private final Path log;
    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
    private String startedFrom = "";
    private URI metrics = URI.create("http://127.0.0.1");

    private JobProcess(Process process, Path log) {
        this.process = process;
        this.log = log;
    }

    /**
     * Starts it and does not wait.
     *
     * @param settings the product's settings, no secrets among them
     * @param flags more flags of its JVM
     */
    static JobProcess start(Map<String, String> settings, int heapMegabytes, List<String> flags, Path log)
            throws IOException {
        // Between the class path and the class, a JVM takes more flags.
        List<String> words = new ArrayList<>(flags);
        words.addAll(List.of(CapacityCommand.class.getName(), "job", "throughput", "--set", "http.port=0"));
        settings.forEach((key, value) -> words.addAll(List.of("--set", key + "=" + value)));
        String[] others = words.subList(1, words.size()).toArray(String[]::new);
        return new JobProcess(RungProcess.start(heapMegabytes, log, words.get(0), others), log);
    }

    /** Returns when the job has been handed to its cluster. */
    void awaitSubmitted() throws Exception {
        Patience.await("job in " + log, START_PATIENCE, () -> {
            Matcher runs = RUNS.matcher(Files.readString(log));
            if (!runs.find()) {
                checkAlive();
                return false;
            }
            startedFrom = runs.group(1);
            metrics = URI.create(runs.group(2) + "/metrics");
            return true;
        });
    }

    /** Whether it went on from a checkpoint; known once submitted. */
    boolean isRestored() {
        return startedFrom.startsWith("from checkpoint");
    }

    /** Telemetry records that it has taken since it started: counted by their lines' timelines, or refused. */
    long taken() throws IOException, InterruptedException {
        checkAlive();
        HttpResponse<String> page = client.send(
                HttpRequest.newBuilder(metrics).timeout(Duration.ofSeconds(10)).build(),
                HttpResponse.BodyHandlers.ofString());
        return page.body()
                .lines()
                .filter(line -> TAKEN.stream().anyMatch(line::startsWith) && line.contains("line-telemetry"))
                .mapToLong(line -> (long) Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }

    private void checkAlive() {
        if (!process.isAlive()) {
            throw new IllegalStateException(
                    "The job ended, status " + process.exitValue() + "\nMaybe its log in " + log + " says why.");
        }
    }

    /** Kills it at once, as when a machine goes down. */
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /** Stops it as an operator does; what it wrote by then is all in the database. */
    void stop() throws InterruptedException {
        checkAlive();
        process.destroy();
        if (!process.waitFor(STOP_PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
            throw new IllegalStateException("The job does not stop\nMaybe its log in " + log + " says why.");
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
