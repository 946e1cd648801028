package org.capacityboard.bench.peers;

import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.connector.jdbc.JdbcConnectionOptions;
import org.apache.flink.connector.jdbc.JdbcExecutionOptions;
import org.apache.flink.connector.jdbc.JdbcStatementBuilder;
import org.apache.flink.connector.jdbc.core.datastream.sink.JdbcSink;
import org.capacityboard.process.settings.DatabaseSettings;
import org.capacityboard.process.settings.Secret;

/** The product's tables, written by Flink's JDBC sink with the options of its documentation: a statement for each row, a thousand of them in a batch. */
final class NaiveTables {
    private static final int BATCH_ROWS = 1_000;
    private static final int BATCH_INTERVAL_MS = 200;
    private static final int RETRIES = 5;

    private final DatabaseSettings database;

    NaiveTables(DatabaseSettings database) {
        this.database = database;
    }

    Sink<FactsRow> minutes() {
        return facts(RowUpserts.minutes(), RowUpserts.MINUTE_MS);
    }

    Sink<FactsRow> hours() {
        return facts(RowUpserts.hours(), RowUpserts.HOUR_MS);
    }

    Sink<FactsRow> days() {
        return facts(RowUpserts.days(), RowUpserts.DAY_MS);
    }

    Sink<LossRow> losses() {
        return sink(
                RowUpserts.losses(),
                (statement, row) -> RowUpserts.setLoss(
                        statement, row.lineId, row.category, row.reasonCode, row.windowStartMs, row.lostMs));
    }

    private Sink<FactsRow> facts(String sql, long windowMs) {
        return sink(
                sql,
                (statement, row) -> RowUpserts.setFacts(
                        statement, row.lineId, row.productId, row.windowStartMs, windowMs, row.facts));
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
