package org.capacityboard.bench.peers;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.connector.jdbc.JdbcConnectionOptions;
import org.apache.flink.connector.jdbc.JdbcExecutionOptions;
import org.apache.flink.connector.jdbc.JdbcStatementBuilder;
import org.apache.flink.connector.jdbc.core.datastream.sink.JdbcSink;
import org.capacityboard.bench.run.RunPlan;
import org.capacityboard.domain.throughput.Fact;
import org.capacityboard.local.setup.DatabaseAccess;
import org.capacityboard.process.settings.DatabaseSettings;
import org.capacityboard.process.settings.Secret;

/** The product's tables, written by Flink's JDBC sink: a statement for each row, a thousand of them in a batch. */
final class NaiveTables {
    private static final int BATCH_ROWS = 1_000;
    private static final int BATCH_INTERVAL_MS = 200;
    private static final int RETRIES = 5;
    private static final long MINUTE_MS = 60_000;
    private static final long HOUR_MS = 60 * MINUTE_MS;
    private static final long DAY_MS = 24 * HOUR_MS;

    private static final List<String> FACTS =
            Arrays.stream(Fact.values()).map(Fact::column).toList();
    private static final List<String> STAMP = List.of("generation", "version", "watermark", "final");

    private final DatabaseSettings database;

    NaiveTables(DatabaseSettings database) {
        this.database = database;
    }

    /** Makes the partitions of the days that a load touches. */
    void prepare(RunPlan plan) throws SQLException {
        try (Connection connection = new DatabaseAccess(database.url(), "writer", database.writer()).connect();
                Statement statement = connection.createStatement()) {
            statement.execute("select store.ensure_minute_partitions(date '"
                    + day(plan.load().start().toEpochMilli()) + "', date '"
                    + day(plan.load().closedUntil().toEpochMilli()) + "')");
        }
    }

    Sink<FactsRow> minutes() {
        return sink(
                upsert("line_product_minute", List.of("line_id", "window_start", "product_id"), FACTS),
                (statement, row) -> setFacts(statement, row, new Timestamp(row.windowStartMs), MINUTE_MS));
    }

    Sink<FactsRow> hours() {
        return sink(
                upsert("line_product_hour", List.of("line_id", "window_start", "product_id"), FACTS),
                (statement, row) ->
                        setFacts(statement, row, new Timestamp(start(row.windowStartMs, HOUR_MS)), HOUR_MS));
    }

    Sink<FactsRow> days() {
        return sink(
                upsert("line_product_day", List.of("line_id", "production_day", "product_id"), FACTS),
                (statement, row) -> setFacts(statement, row, day(row.windowStartMs), DAY_MS));
    }

    Sink<LossRow> losses() {
        return sink(
                upsert(
                        "line_loss_day",
                        List.of("line_id", "production_day", "category", "reason_code"),
                        List.of("lost_ms")),
                (statement, row) -> {
                    statement.setString(1, row.lineId);
                    statement.setObject(2, day(row.windowStartMs));
                    statement.setString(3, row.category);
                    statement.setString(4, row.reasonCode);
                    statement.setLong(5, row.lostMs);
                    setStamp(statement, 6, row.windowStartMs, DAY_MS);
                });
    }

    private static void setFacts(PreparedStatement statement, FactsRow row, Object window, long windowMs)
            throws SQLException {
        statement.setString(1, row.lineId);
        statement.setObject(2, window);
        statement.setString(3, row.productId);
        for (int i = 0; i < row.facts.length; i++) {
            statement.setLong(4 + i, row.facts[i]);
        }
        setStamp(statement, 4 + row.facts.length, row.windowStartMs, windowMs);
    }

    /** A row covers its window up to the end. */
    private static void setStamp(PreparedStatement statement, int first, long inWindowMs, long windowMs)
            throws SQLException {
        statement.setInt(first, 0);
        statement.setLong(first + 1, 0);
        statement.setTimestamp(first + 2, new Timestamp(start(inWindowMs, windowMs) + windowMs));
        statement.setBoolean(first + 3, false);
    }

    private static long start(long ms, long windowMs) {
        return Math.floorDiv(ms, windowMs) * windowMs;
    }

    private static LocalDate day(long ms) {
        return LocalDate.ofInstant(Instant.ofEpochMilli(ms), ZoneOffset.UTC);
    }

    private static String upsert(String table, List<String> key, List<String> values) {
        List<String> columns =
                Stream.of(key, values, STAMP).flatMap(List::stream).toList();
        return "insert into store." + table + " (" + String.join(", ", columns) + ") values ("
                + columns.stream().map(column -> "?").collect(Collectors.joining(", "))
                + ") on conflict ("
                + String.join(", ", key).replace("reason_code", "md5(reason_code)")
                + ") do update set "
                + Stream.concat(values.stream(), STAMP.stream())
                        .map(column -> column + " = excluded." + column)
                        .collect(Collectors.joining(", "));
    }

    private <R> Sink<R> sink(String sql, JdbcStatementBuilder<R> values) {
        JdbcConnectionOptions.JdbcConnectionOptionsBuilder connection =
                new JdbcConnectionOptions.JdbcConnectionOptionsBuilder()
                        .withUrl(database.url())
                        .withDriverName("org.postgresql.Driver")
                        .withUsername(database.writer().user());
        Secret password = database.writer().password();
        if (password != null) {
            connection.withPassword(password.reveal());
        }
        return JdbcSink.<R>builder()
                .withQueryStatement(sql, values)
                .withExecutionOptions(JdbcExecutionOptions.builder()
                        .withBatchSize(BATCH_ROWS)
                        .withBatchIntervalMs(BATCH_INTERVAL_MS)
                        .withMaxRetries(RETRIES)
                        .build())
                .buildAtLeastOnce(connection.build());
    }
}
