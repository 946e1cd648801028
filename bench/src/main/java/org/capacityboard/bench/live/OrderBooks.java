package org.capacityboard.bench.live;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.avro.specific.SpecificRecord;
import org.capacityboard.bench.load.LoadWriter;
import org.capacityboard.bench.load.OrderLoad;
import org.capacityboard.bench.load.OrderScript;
import org.capacityboard.bench.run.BenchServers;
import org.capacityboard.local.embedded.Folders;
import org.capacityboard.local.jobs.BoardJob;
import org.capacityboard.local.setup.DatabaseAccess;
import org.capacityboard.process.settings.DatabaseSettings;
import org.capacityboard.process.settings.Settings;
import org.capacityboard.schemas.Topic;

/**
 * What the lead time job needs for very many orders, and whether it holds a rate of events with all of them at hand. It first reads the past as fast as it can,
 * then events come evenly, with stamps of now, and once a second those are counted that were sent and not yet taken. The rate is held if this lag never is more
 * than {@link #MOST_LAG_SECONDS} of it and does not grow by half a percent of it, and if the producer kept its pace. In the end the orders must stand in the
 * database as they were sent: each with its state, its units and the number of its events.
 */
public final class OrderBooks {
    /** The job looks at time and groups on the thread that takes events: while it writes a minute's rows, events wait. */
    static final double MOST_LAG_SECONDS = 10;

    private static final double MOST_GROWTH = 0.005;
    private static final double LEAST_RATE = 0.995;
    private static final Duration LOOK_EVERY = Duration.ofSeconds(1);
    private static final Duration PAST_PATIENCE = Duration.ofMinutes(45);
    private static final Duration ROWS_PATIENCE = Duration.ofMinutes(5);
    /** Later than the next early rows, and inside the future guard. */
    private static final Duration CLOSING_AHEAD = Duration.ofSeconds(200);

    private OrderBooks() {}

    /**
     * Measures: {@code orders} and {@code open} at the end, {@code pastPerSecond}, {@code eventsPerSecond} that were taken live, {@code lagMaxSeconds},
     * {@code lagSlope} in events a second, {@code flat}, 1 if the rate is held and 0 if not, {@code rowsVerified}, and {@code peakGigabytes} of the job's process
     * where the system tells.
     */
    public static Map<String, Double> measure(BenchServers servers, OrderOptions options) throws Exception {
        Path directory = options.directory().toAbsolutePath();
        Folders.delete(directory);
        Files.createDirectories(directory);
        String prefix = "orders-" + System.currentTimeMillis();
        Map<String, String> all = settings(servers, options, prefix, directory);
        OrderLoad load = new OrderLoad(options.orders(), options.open(), options.past(), Instant.now(), options.seed());
        OrderScript script = new OrderScript(load);
        Map<String, Double> figures = new TreeMap<>();
        try (LoadWriter writer = new LoadWriter(servers.bootstrap(), prefix)) {
            long past = sendPast(load, script, writer);
            try (JobProcess job = JobProcess.start(
                    BoardJob.LEAD_TIME, List.of(Topic.ORDERS, Topic.DELIVERIES), all, options.job(), directory)) {
                job.awaitSubmitted();
                long startedAt = System.nanoTime();
                Patience.await("the past of the orders", PAST_PATIENCE, () -> {
                    Patience.pass(Duration.ofMillis(100));
                    return job.taken() >= past;
                });
                figures.put("pastPerSecond", past / ((System.nanoTime() - startedAt) / 1e9));
                long live = live(script, writer, job, past, options, figures);
                script.closing(Instant.now().plus(CLOSING_AHEAD)).forEach(writer::send);
                writer.flush();
                Patience.await("all events", ROWS_PATIENCE, () -> job.taken() >= past + live);
                verify(script.outcome(), database(all), figures);
                Long peak = job.peakBytes();
                if (peak != null) {
                    figures.put("peakGigabytes", peak / 1e9);
                }
                job.stop();
            }
        } finally {
            Folders.delete(directory.resolve("checkpoints"));
        }
        return figures;
    }

    private static Map<String, String> settings(
            BenchServers servers, OrderOptions options, String prefix, Path directory)
            throws IOException, SQLException {
        Map<String, String> all = new TreeMap<>(servers.topics(prefix));
        all.putAll(servers.emptyDatabase("orders"));
        all.put("job.parallelism", String.valueOf(options.job().parallelism()));
        all.put("checkpoint.interval", options.job().checkpointInterval().toMillis() + "ms");
        all.put("checkpoint.directory", directory.resolve("checkpoints").toUri().toString());
        return all;
    }

    private static DatabaseSettings database(Map<String, String> all) {
        Settings read = Settings.defaults();
        for (Map.Entry<String, String> setting : all.entrySet()) {
            read = read.with(setting.getKey(), setting.getValue());
        }
        return read.database();
    }

    /** Sends plants, products and all that happened before now; how many events of orders and deliveries that is. */
    private static long sendPast(OrderLoad load, OrderScript script, LoadWriter writer) {
        load.reference().forEach(writer::send);
        writer.flush();
        long sent = 0;
        for (SpecificRecord event = script.past(); event != null; event = script.past()) {
            writer.send(event);
            sent++;
        }
        writer.flush();
        return sent;
    }

    /** Sends events of now and looks how far the job is behind; how many it sent. */
    private static long live(
            OrderScript script,
            LoadWriter writer,
            JobProcess job,
            long past,
            OrderOptions options,
            Map<String, Double> figures)
            throws Exception {
        int rate = options.eventsPerSecond();
        try (OrderFeed feed = new OrderFeed(script, writer, rate)) {
            Patience.await("a job level with its orders", PAST_PATIENCE, () -> {
                Patience.pass(Duration.ofMillis(100));
                long taken = job.taken();
                return feed.sent() > rate && past + feed.sent() - taken < rate;
            });
            Patience.pass(options.warmUp());
            Series atSeconds = new Series();
            Series lag = new Series();
            long from = System.nanoTime();
            long sentAtStart = feed.sent();
            for (long due = from; due - from <= options.measured().toNanos(); due += LOOK_EVERY.toNanos()) {
                Patience.until(due);
                long taken = job.taken();
                lag.add(past + feed.sent() - taken);
                atSeconds.add((System.nanoTime() - from) / 1e9);
            }
            double sentRate = (feed.sent() - sentAtStart) / ((System.nanoTime() - from) / 1e9);
            double slope = lag.slope(atSeconds);
            boolean flat =
                    lag.max() < MOST_LAG_SECONDS * rate && slope < MOST_GROWTH * rate && sentRate > LEAST_RATE * rate;
            figures.put("eventsPerSecond", sentRate - (lag.last() - lag.first()) / atSeconds.last());
            figures.put("lagMedian", lag.median());
            figures.put("lagMaxSeconds", lag.max() / rate);
            figures.put("lagSlope", slope);
            figures.put("flat", flat ? 1.0 : 0.0);
            return feed.stop();
        }
    }

    private static void verify(OrderScript.Outcome expected, DatabaseSettings database, Map<String, Double> figures)
            throws Exception {
        try (Connection connection = new DatabaseAccess(database.url(), "reader", database.reader()).connect();
                Statement patience = connection.createStatement()) {
            patience.execute("set statement_timeout = '120s'");
            OrderScript.Outcome[] found = {outcome(connection)};
            try {
                Patience.await("the orders as they were sent", ROWS_PATIENCE, () -> {
                    Patience.pass(Duration.ofSeconds(1));
                    found[0] = outcome(connection);
                    return found[0].equals(expected);
                });
            } catch (IllegalStateException e) {
                throw new IllegalStateException("The orders stand as " + found[0] + ", must be " + expected, e);
            }
            requireNoneRefused(connection);
        }
        figures.put("orders", (double) expected.orders());
        figures.put("open", (double) expected.open());
        figures.put("rowsVerified", (double) expected.orders());
    }

    private static OrderScript.Outcome outcome(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(
                        """
                        select count(*), count(*) filter (where state = 'OPEN'), count(*) filter (where state = 'COMPLETED'),
                            count(*) filter (where state = 'CANCELLED'), coalesce(sum(accepted_units), 0), coalesce(sum(version), 0)
                        from capacity.order_status where order_id not like 'closing-%'""")) {
            result.next();
            return new OrderScript.Outcome(
                    result.getLong(1),
                    result.getLong(2),
                    result.getLong(3),
                    result.getLong(4),
                    result.getLong(5),
                    result.getLong(6));
        }
    }

    private static void requireNoneRefused(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet result =
                        statement.executeQuery("select count(*), min(reason) from capacity.rejected_event")) {
            result.next();
            if (result.getLong(1) > 0) {
                throw new IllegalStateException(result.getLong(1) + " events were refused: " + result.getString(2));
            }
        }
    }
}
