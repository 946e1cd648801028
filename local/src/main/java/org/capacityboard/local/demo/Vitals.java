package org.capacityboard.local.demo;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;

/**
 * How the demo is doing at an instant, as its database shows.
 *
 * @param at when it was looked at
 * @param eventsRead events the jobs have read since this start
 * @param rowsWritten rows written to tables since the database was made
 * @param rejected events refused so far
 * @param watermark everything before it is covered; null while no line has a row
 */
record Vitals(
        Instant at,
        double eventsRead,
        long rowsWritten,
        long rejected,
        @Nullable Instant watermark) {

    private static final String QUERY =
            """
            select (select coalesce(sum(n_tup_ins + n_tup_upd), 0) from pg_stat_user_tables where schemaname = 'store'),
                   (select count(*) from store.rejected_event),
                   (select max(watermark) from store.line_current)
            """;

    private static final String RECORDS_READ = "flink.operator.num.records.in";

    /** Looks at the database, and at the jobs' own counters in this process. */
    static Vitals of(Connection connection, MeterRegistry registry) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(QUERY)) {
            result.next();
            OffsetDateTime watermark = result.getObject(3, OffsetDateTime.class);
            return new Vitals(
                    Instant.now(),
                    eventsRead(registry),
                    result.getLong(1),
                    result.getLong(2),
                    watermark == null ? null : watermark.toInstant());
        }
    }

    private static double eventsRead(MeterRegistry registry) {
        return registry.find(RECORDS_READ).functionCounters().stream()
                .filter(counter ->
                        String.valueOf(counter.getId().getTag("operator_name")).startsWith("Source: "))
                .mapToDouble(FunctionCounter::count)
                .sum();
    }

    /** How far the figures are behind the clock; null while there are none. */
    @Nullable
    Duration watermarkAge() {
        return watermark == null ? null : Duration.between(watermark, at);
    }

    double eventsPerSecondSince(Vitals earlier) {
        return Math.max(0, eventsRead - earlier.eventsRead) / secondsSince(earlier);
    }

    double rowsPerSecondSince(Vitals earlier) {
        return Math.max(0, rowsWritten - earlier.rowsWritten) / secondsSince(earlier);
    }

    private double secondsSince(Vitals earlier) {
        return Math.max(1, Duration.between(earlier.at, at).toMillis()) / 1000.0;
    }
}
