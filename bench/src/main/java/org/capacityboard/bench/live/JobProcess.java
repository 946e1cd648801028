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
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.capacityboard.bench.run.RungProcess;
import org.capacityboard.local.CapacityCommand;
import org.capacityboard.local.jobs.BoardJob;
import org.capacityboard.schemas.Topic;
import org.jspecify.annotations.Nullable;

/** {@code capacity job NAME} in a JVM of its own, with the launcher's flags: what it does and says is what everybody's does. */
final class JobProcess implements AutoCloseable {
    private static final Duration START_PATIENCE = Duration.ofSeconds(90);
    private static final Duration STOP_PATIENCE = Duration.ofSeconds(120);
    /** A job that is short of memory or cores answers late; how late is part of the lag. */
    private static final Duration ANSWER_PATIENCE = Duration.ofSeconds(60);

    private static final Pattern RUNS =
            Pattern.compile("Job \\S+ runs (from [^;]*); health and metrics: (http://\\S+)");
    private static final List<String> TAKEN =
            List.of("capacity_ingest_records_total{", "capacity_ingest_rejected_records_total{");

    private static final String SECRET = ".password";

    private final Process process;
    private final List<Topic> inputs;
    private final Path log;
    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
    private String startedFrom = "";
    private URI metrics = URI.create("http://127.0.0.1");

    private JobProcess(Process process, List<Topic> inputs, Path log) {
        this.process = process;
        this.inputs = inputs;
        this.log = log;
    }

    /**
     * Starts it and does not wait.
     *
     * @param inputs topics whose records are counted
     * @param settings the product's settings, no secrets among them
     * @param flags more flags of its JVM
     */
    static JobProcess start(
            BoardJob job,
            List<Topic> inputs,
            Map<String, String> settings,
            int heapMegabytes,
            List<String> flags,
            Path log)
            throws IOException {
        // Between the class path and the class, a JVM takes more flags.
        List<String> words = new ArrayList<>(flags);
        words.addAll(List.of(CapacityCommand.class.getName(), "job", job.word(), "--set", "http.port=0"));
        settings.forEach((key, value) -> words.addAll(List.of("--set", key + "=" + value)));
        String[] others = words.subList(1, words.size()).toArray(String[]::new);
        return new JobProcess(RungProcess.start(heapMegabytes, log, words.get(0), others), inputs, log);
    }

    /**
     * The same, with settings of which some are secret: the writer's password goes to a file, the others stay here.
     *
     * @param directory where that file and the log are
     */
    static JobProcess start(
            BoardJob job, List<Topic> inputs, Map<String, String> settings, LiveOptions.Job how, Path directory)
            throws IOException {
        Map<String, String> open = new TreeMap<>(settings);
        open.keySet().removeIf(key -> key.endsWith(SECRET));
        Path secret = directory.resolve("writer-password");
        Files.writeString(secret, settings.getOrDefault("database.writer" + SECRET, ""));
        open.put("database.writer.password-file", secret.toString());
        return start(job, inputs, open, how.heapMegabytes(), how.flags(), directory.resolve("job.log"));
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

    /** Records of its inputs that it has taken since it started: counted by what they belong to, or refused. */
    long taken() throws IOException, InterruptedException {
        checkAlive();
        HttpResponse<String> page = client.send(
                HttpRequest.newBuilder(metrics).timeout(ANSWER_PATIENCE).build(), HttpResponse.BodyHandlers.ofString());
        return page.body()
                .lines()
                .filter(line -> TAKEN.stream().anyMatch(line::startsWith)
                        && inputs.stream().anyMatch(topic -> line.contains('"' + topic.baseName() + '"')))
                .mapToLong(line -> (long) Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }

    /** Most memory that its process ever had, heap and all else, bytes; null where the system does not tell. */
    @Nullable
    Long peakBytes() throws IOException {
        Path status = Path.of("/proc", String.valueOf(process.pid()), "status");
        if (!Files.isReadable(status)) {
            return null;
        }
        try (Stream<String> lines = Files.lines(status)) {
            return lines.filter(line -> line.startsWith("VmHWM:"))
                    .map(line -> Long.parseLong(line.replaceAll("[^0-9]", "")) * 1_024)
                    .findFirst()
                    .orElse(null);
        }
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
