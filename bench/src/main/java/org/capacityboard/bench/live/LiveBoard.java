package org.capacityboard.bench.live;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.capacityboard.bench.load.LoadWriter;
import org.capacityboard.bench.load.StandardLoad;
import org.capacityboard.bench.run.BenchServers;
import org.capacityboard.local.embedded.Folders;
import org.capacityboard.local.embedded.RetainedCheckpoints;
import org.capacityboard.local.jobs.BoardJob;
import org.capacityboard.local.setup.DatabaseAccess;
import org.capacityboard.process.settings.DatabaseSettings;
import org.capacityboard.process.settings.Settings;
import org.capacityboard.schemas.Topic;

/** What one live run has for itself: topics, a database, checkpoints, a producer that has sent the reference data, and the job. */
final class LiveBoard implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final String SECRET = ".password";

    private final BenchServers servers;
    private final LiveOptions options;
    private final Path directory;
    private final String prefix;
    private final Settings settings;
    private final Map<String, String> jobSettings = new TreeMap<>();
    private final LoadWriter writer;
    private int started;
    private JobProcess job;

    /**
     * Makes everything and starts the job.
     *
     * @param name of the figure
     */
    LiveBoard(BenchServers servers, LiveOptions options, String name) throws Exception {
        this.servers = servers;
        this.options = options;
        directory = options.directory().resolve(name).toAbsolutePath();
        Folders.delete(directory);
        Files.createDirectories(directory);
        prefix = name + "-" + System.currentTimeMillis();
        Map<String, String> all = new TreeMap<>(servers.topics(prefix));
        all.putAll(servers.emptyDatabase(name));
        all.put("job.parallelism", String.valueOf(options.job().parallelism()));
        all.put("checkpoint.interval", options.job().checkpointInterval().toMillis() + "ms");
        all.put("checkpoint.directory", directory.resolve("checkpoints").toUri().toString());
        settings = settings(all);
        all.forEach((key, value) -> {
            if (!key.endsWith(SECRET)) {
                jobSettings.put(key, value);
            }
        });
        Path secret = directory.resolve("writer-password");
        Files.writeString(secret, all.getOrDefault("database.writer" + SECRET, ""));
        jobSettings.put("database.writer.password-file", secret.toString());
        writer = new LoadWriter(servers.bootstrap(), prefix);
        writer.reference(new StandardLoad(options.lines(), 60, Instant.EPOCH, options.seed()));
        job = newJob(List.of());
        job.awaitSubmitted();
    }

    private static Settings settings(Map<String, String> given) {
        Settings read = Settings.defaults();
        for (Map.Entry<String, String> setting : given.entrySet()) {
            read = read.with(setting.getKey(), setting.getValue());
        }
        return read;
    }

    private JobProcess newJob(List<String> moreFlags) throws IOException {
        List<String> flags = new ArrayList<>(options.job().flags());
        flags.addAll(moreFlags);
        return JobProcess.start(
                BoardJob.THROUGHPUT,
                List.of(Topic.LINE_TELEMETRY),
                jobSettings,
                options.job().heapMegabytes(),
                flags,
                directory.resolve("job-" + ++started + ".log"));
    }

    LoadWriter writer() {
        return writer;
    }

    JobProcess job() {
        return job;
    }

    /** Starts the job anew, after it was killed or stopped, from the archive of its classes if there is one, and does not wait. */
    JobProcess restart() throws IOException {
        job = newJob(Files.exists(archive()) ? List.of("-XX:SharedArchiveFile=" + archive()) : List.of());
        return job;
    }

    /** The same, and lets it leave an archive of its classes when it is stopped. */
    JobProcess restartToArchive() throws IOException {
        job = newJob(List.of("-XX:ArchiveClassesAtExit=" + archive()));
        return job;
    }

    /** Where the archive of the job's classes is, if it was made. */
    Path archive() {
        return directory.resolve("classes.jsa");
    }

    /** A connection of the reader. */
    Connection reader() {
        DatabaseSettings database = settings.database();
        return new DatabaseAccess(database.url(), "reader", database.reader()).connect();
    }

    /** How often the job takes a checkpoint. */
    Duration checkpointInterval() {
        return settings.checkpoint().interval();
    }

    /** Number of the newest completed checkpoint, 0 if there is none. */
    long newestCheckpoint() {
        List<Path> completed = RetainedCheckpoints.of(directory.resolve("checkpoints"), BoardJob.THROUGHPUT.id())
                .completed();
        return completed.isEmpty()
                ? 0
                : Long.parseLong(completed.get(0).getFileName().toString().substring("chk-".length()));
    }

    /** Returns when the load goes by the clock and the job is at most a second of it behind. */
    void awaitLevel(LiveFeed feed, int recordsPerSecond) throws Exception {
        Patience.await(
                "a job level with its load",
                PATIENCE,
                () -> feed.behindMs() < 100 && feed.sent() > recordsPerSecond && lag(feed) < recordsPerSecond);
    }

    /** Records that were sent and have not been taken by the job, which must not have been started anew. */
    long lag(LiveFeed feed) throws IOException, InterruptedException {
        long taken = job.taken();
        return feed.sent() - taken;
    }

    /** Waits until all windows that a load closes are there, stops the job, and compares. */
    Verdict judge(StandardLoad sent) throws Exception {
        writer.flush();
        awaitLastMinute(sent);
        job.stop();
        try (Connection connection = reader()) {
            return Verdict.of(sent, connection);
        }
    }

    private void awaitLastMinute(StandardLoad sent) throws Exception {
        try (Connection connection = reader();
                PreparedStatement closed = connection.prepareStatement(
                        "select count(*) from capacity.line_product_minute where window_start = ? and watermark >= ?")) {
            closed.setObject(1, OffsetDateTime.ofInstant(sent.lastClosedMinute(), ZoneOffset.UTC));
            closed.setObject(2, OffsetDateTime.ofInstant(sent.closedUntil(), ZoneOffset.UTC));
            Patience.await("the minute " + sent.lastClosedMinute() + " of every line", PATIENCE, () -> {
                Patience.pass(Duration.ofMillis(200));
                try (ResultSet result = closed.executeQuery()) {
                    result.next();
                    return result.getLong(1) >= sent.lines();
                }
            });
        }
    }

    @Override
    public void close() throws IOException, InterruptedException {
        job.close();
        writer.close();
        Folders.delete(directory.resolve("checkpoints"));
        try (Admin admin = Admin.create(Map.<String, Object>of("bootstrap.servers", servers.bootstrap()))) {
            admin.deleteTopics(admin.listTopics().names().get().stream()
                            .filter(topic -> topic.startsWith(prefix))
                            .toList())
                    .all()
                    .get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("The broker does not delete the topics of " + prefix, e.getCause());
        }
    }
}
