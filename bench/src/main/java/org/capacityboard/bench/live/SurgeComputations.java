package org.capacityboard.bench.live;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.capacityboard.bench.load.LoadWriter;
import org.capacityboard.bench.load.SurgeLoad;
import org.capacityboard.bench.run.BenchServers;
import org.capacityboard.domain.surge.SurgeReadiness;
import org.capacityboard.domain.surge.SurgeSnapshot;
import org.capacityboard.events.MaterialStock;
import org.capacityboard.flink.rows.SurgeSnapshotJson;
import org.capacityboard.local.embedded.Folders;
import org.capacityboard.local.jobs.BoardJob;
import org.capacityboard.local.setup.DatabaseAccess;
import org.capacityboard.process.settings.DatabaseSettings;
import org.capacityboard.process.settings.Settings;
import org.capacityboard.schemas.Topic;

/**
 * How long a computation of surge readiness takes, and how soon a count of stock shows: from handing it to the producer to the moment at which a reader has the row
 * that holds it. The job looks for changes every ten seconds. What it computes from it leaves in the database; that snapshot is computed here again and again.
 */
public final class SurgeComputations {
    private static final Duration PATIENCE = Duration.ofMinutes(10);
    private static final Duration CHANGE_PATIENCE = Duration.ofMinutes(2);
    private static final Duration LOOK_EVERY = Duration.ofMillis(20);
    private static final int JOB_LOOKS_EVERY_MS = 10_000;

    private SurgeComputations() {}

    /**
     * Measures: {@code computationMedianSeconds}, {@code computationMaxSeconds} and {@code computationFirstSeconds}, {@code visibleMedianSeconds},
     * {@code visibleMaxSeconds}, and how much was computed: {@code lines}, {@code readinessRows}, {@code coverRows}.
     */
    public static Map<String, Double> measure(BenchServers servers, SurgeOptions options) throws Exception {
        Path directory = options.directory().toAbsolutePath();
        Folders.delete(directory);
        Files.createDirectories(directory);
        String prefix = "surge-" + System.currentTimeMillis();
        Map<String, String> all = new TreeMap<>(servers.topics(prefix));
        all.putAll(servers.emptyDatabase("surge"));
        all.put("job.parallelism", String.valueOf(options.job().parallelism()));
        all.put("checkpoint.interval", options.job().checkpointInterval().toMillis() + "ms");
        all.put("checkpoint.directory", directory.resolve("checkpoints").toUri().toString());
        SurgeLoad load = new SurgeLoad(
                options.lines(),
                options.products(),
                options.materials(),
                options.plants(),
                Instant.now().truncatedTo(ChronoUnit.MILLIS));
        Map<String, Double> figures = new TreeMap<>();
        try (LoadWriter writer = new LoadWriter(servers.bootstrap(), prefix);
                Connection reader = reader(all)) {
            load.reference().forEach(writer::send);
            writer.flush();
            load.reports().forEach(writer::send);
            writer.flush();
            try (JobProcess job = JobProcess.start(
                    BoardJob.SURGE_READINESS, List.of(Topic.MATERIAL_STOCKS), all, options.job(), directory)) {
                job.awaitSubmitted();
                awaitAll(reader, load, job);
                Series visible = changes(load, options, writer, reader);
                figures.put("visibleMedianSeconds", visible.median());
                figures.put("visibleMaxSeconds", visible.max());
                requireNoneRefused(reader);
                compute(reader, options, figures);
                job.stop();
            }
        } finally {
            Folders.delete(directory.resolve("checkpoints"));
        }
        return figures;
    }

    private static Connection reader(Map<String, String> all) {
        Settings read = Settings.defaults();
        for (Map.Entry<String, String> setting : all.entrySet()) {
            read = read.with(setting.getKey(), setting.getValue());
        }
        DatabaseSettings database = read.database();
        return new DatabaseAccess(database.url(), "reader", database.reader()).connect();
    }

    /** Returns when everything that was sent shows in the newest rows. */
    private static void awaitAll(Connection reader, SurgeLoad load, JobProcess job) throws Exception {
        Patience.await("surge readiness of the whole alliance", PATIENCE, () -> {
            Patience.pass(Duration.ofMillis(500));
            return job.taken() >= load.stocks()
                    && count(reader, "select count(*) from " + newest("surge_readiness")) >= load.products()
                    && count(reader, "select count(*) from " + newest("material_cover") + " and on_hand > 0")
                            >= load.stocks();
        });
    }

    private static String newest(String view) {
        return "capacity." + view + " where as_of = (select max(as_of) from capacity.surge_computation)";
    }

    /** Sends counts at random moments, each when the one before is seen, and says how many seconds each took. */
    private static Series changes(SurgeLoad load, SurgeOptions options, LoadWriter writer, Connection reader)
            throws Exception {
        Random random = new Random(options.seed());
        Series seconds = new Series();
        try (PreparedStatement seen = reader.prepareStatement("select count(*) from " + newest("material_cover")
                + " and plant_id = ? and material_id = ? and on_hand = ?")) {
            for (int change = 0; change < options.changes(); change++) {
                Patience.pass(Duration.ofMillis(random.nextInt(JOB_LOOKS_EVERY_MS)));
                MaterialStock stock = load.stock(
                        random.nextInt(options.materials()),
                        0,
                        1_000_000 + change,
                        Instant.now().truncatedTo(ChronoUnit.MILLIS));
                seen.setString(1, stock.getPlantId());
                seen.setString(2, stock.getMaterialId());
                seen.setDouble(3, stock.getOnHand());
                long sentAt = System.nanoTime();
                writer.send(stock);
                Patience.await("the row of a count of stock", CHANGE_PATIENCE, () -> {
                    Patience.pass(LOOK_EVERY);
                    return count(seen) > 0;
                });
                seconds.add((System.nanoTime() - sentAt) / 1e9);
            }
        }
        return seconds;
    }

    private static void compute(Connection reader, SurgeOptions options, Map<String, Double> figures)
            throws SQLException {
        SurgeSnapshot snapshot =
                SurgeSnapshotJson.decode(text(reader, "select snapshot from " + newest("surge_snapshot")));
        Series seconds = new Series();
        for (int computation = 0; computation < options.computations(); computation++) {
            long from = System.nanoTime();
            SurgeReadiness.of(snapshot);
            double took = (System.nanoTime() - from) / 1e9;
            if (computation == 0) {
                figures.put("computationFirstSeconds", took);
            }
            if (computation >= options.computations() / 3) {
                seconds.add(took);
            }
        }
        figures.put("computationMedianSeconds", seconds.median());
        figures.put("computationMaxSeconds", seconds.max());
        figures.put("lines", (double) snapshot.lines().size());
        figures.put("readinessRows", (double) count(reader, "select count(*) from " + newest("surge_readiness")));
        figures.put("coverRows", (double) count(reader, "select count(*) from " + newest("material_cover")));
    }

    private static void requireNoneRefused(Connection reader) throws SQLException {
        long refused = count(reader, "select count(*) from capacity.rejected_event");
        if (refused > 0) {
            throw new IllegalStateException(refused + " events were refused: "
                    + text(reader, "select min(reason) from capacity.rejected_event"));
        }
    }

    private static String text(Connection reader, String sql) throws SQLException {
        try (Statement statement = reader.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            if (!result.next()) {
                throw new IllegalStateException("Nothing is found by: " + sql);
            }
            return result.getString(1);
        }
    }

    private static long count(Connection reader, String sql) throws SQLException {
        try (Statement statement = reader.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            result.next();
            return result.getLong(1);
        }
    }

    private static long count(PreparedStatement statement) throws SQLException {
        try (ResultSet result = statement.executeQuery()) {
            result.next();
            return result.getLong(1);
        }
    }
}
