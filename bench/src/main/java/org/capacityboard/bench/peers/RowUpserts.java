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
import org.capacityboard.bench.run.RunPlan;
import org.capacityboard.domain.throughput.Fact;
import org.capacityboard.local.setup.DatabaseAccess;
import org.capacityboard.process.settings.DatabaseSettings;

/** Statements that put a row into one of the product's tables, or replace the one that stands there, and how their values are set. */
final class RowUpserts {
    static final long MINUTE_MS = 60_000;
    static final long HOUR_MS = 60 * MINUTE_MS;
    static final long DAY_MS = 24 * HOUR_MS;

    private static final List<String> FACTS =
            Arrays.stream(Fact.values()).map(Fact::column).toList();
    private static final List<String> STAMP = List.of("generation", "version", "watermark", "final");

    private RowUpserts() {}

    /** Makes the partitions of the days that a load touches. */
    static void prepare(RunPlan plan) throws SQLException {
        DatabaseSettings database = plan.boardSettings().database();
        try (Connection connection = new DatabaseAccess(database.url(), "writer", database.writer()).connect();
                Statement statement = connection.createStatement()) {
            statement.execute("select store.ensure_minute_partitions(date '"
                    + day(plan.load().start().toEpochMilli()) + "', date '"
                    + day(plan.load().closedUntil().toEpochMilli()) + "')");
        }
    }

    static String minutes() {
        return upsert("line_product_minute", List.of("line_id", "window_start", "product_id"), FACTS);
    }

    static String hours() {
        return upsert("line_product_hour", List.of("line_id", "window_start", "product_id"), FACTS);
    }

    static String days() {
        return upsert("line_product_day", List.of("line_id", "production_day", "product_id"), FACTS);
    }

    static String losses() {
        return upsert(
                "line_loss_day", List.of("line_id", "production_day", "category", "reason_code"), List.of("lost_ms"));
    }

    /**
     * Sets the values of a row of facts.
     *
     * @param inWindowMs an instant in its window, ms since 1970
     * @param windowMs length of its window: that of a minute, an hour or a day of UTC
     */
    static void setFacts(
            PreparedStatement statement, String lineId, String productId, long inWindowMs, long windowMs, long[] facts)
            throws SQLException {
        statement.setString(1, lineId);
        if (windowMs == DAY_MS) {
            statement.setObject(2, day(inWindowMs));
        } else {
            statement.setTimestamp(2, new Timestamp(start(inWindowMs, windowMs)));
        }
        statement.setString(3, productId);
        for (int i = 0; i < facts.length; i++) {
            statement.setLong(4 + i, facts[i]);
        }
        setStamp(statement, 4 + facts.length, inWindowMs, windowMs);
    }

    /**
     * Sets the values of a row of lost time.
     *
     * @param inDayMs an instant of its day, ms since 1970
     */
    static void setLoss(
            PreparedStatement statement, String lineId, String category, String reasonCode, long inDayMs, long lostMs)
            throws SQLException {
        statement.setString(1, lineId);
        statement.setObject(2, day(inDayMs));
        statement.setString(3, category);
        statement.setString(4, reasonCode);
        statement.setLong(5, lostMs);
        setStamp(statement, 6, inDayMs, DAY_MS);
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
}
