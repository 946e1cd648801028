package org.capacityboard.bench.peers;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.capacityboard.bench.peers.StreamsRow.Kind;
import org.capacityboard.bench.run.RunPlan;
import org.capacityboard.local.setup.DatabaseAccess;
import org.capacityboard.process.settings.DatabaseSettings;
import org.capacityboard.schemas.Topic;
import org.jspecify.annotations.Nullable;

/**
 * Rows from their topic into the product's tables, as Kafka Connect's JDBC sink brings them there: threads that read what is committed, up to 3,000 rows at a time,
 * upsert them in one transaction of the database, and then commit how far they have read.
 */
final class RowsToTables implements AutoCloseable {
    /** As many as the JDBC sink of Kafka Connect puts into a batch if it is not told otherwise. */
    private static final int BATCH_ROWS = 3_000;

    private static final Duration POLL = Duration.ofMillis(50);
    /** The driver then makes one statement of many rows. */
    private static final String MANY_ROWS_A_STATEMENT = "reWriteBatchedInserts=true";

    private record Window(Kind kind, String lineId, String subject, long start, String reasonCode) {}

    private final List<Writer> writers = new ArrayList<>();
    private final AtomicReference<@Nullable Exception> failure = new AtomicReference<>();
    private volatile boolean ending;

    /** Starts as many threads as the plan has copies of operators. */
    RowsToTables(RunPlan plan, String topic) throws SQLException {
        RowUpserts.prepare(plan);
        for (int i = 0; i < plan.parallelism(); i++) {
            writers.add(new Writer(plan, topic, i));
        }
        writers.forEach(Thread::start);
    }

    /** Whether all goes well; if not, it says what does not. */
    boolean isWell() {
        Exception failed = failure.get();
        if (failed != null) {
            throw new IllegalStateException("Rows did not get into the database: " + failed.getMessage(), failed);
        }
        return true;
    }

    /** Ends when everything that was committed is in the tables. */
    @Override
    public void close() throws InterruptedException {
        ending = true;
        for (Writer writer : writers) {
            writer.join();
        }
        isWell();
    }

    private final class Writer extends Thread {
        private final KafkaConsumer<String, byte[]> consumer;
        private final List<TopicPartition> partitions = new ArrayList<>();
        private final Connection connection;
        private final Map<Kind, PreparedStatement> statements = new EnumMap<>(Kind.class);

        Writer(RunPlan plan, String topic, int index) throws SQLException {
            super("rows-to-tables-" + index);
            Properties properties = plan.boardSettings().kafka().clientProperties();
            properties.setProperty(ConsumerConfig.GROUP_ID_CONFIG, topic + "-to-tables");
            properties.setProperty(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
            properties.setProperty(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false");
            properties.setProperty(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, String.valueOf(BATCH_ROWS));
            consumer = new KafkaConsumer<>(properties, new StringDeserializer(), new ByteArrayDeserializer());
            for (int partition = index;
                    partition < Topic.LINE_TELEMETRY.partitions();
                    partition += plan.parallelism()) {
                partitions.add(new TopicPartition(topic, partition));
            }
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            DatabaseSettings database = plan.boardSettings().database();
            String url = database.url() + (database.url().contains("?") ? "&" : "?") + MANY_ROWS_A_STATEMENT;
            connection = new DatabaseAccess(url, "writer", database.writer()).connect();
            connection.setAutoCommit(false);
            for (Kind kind : Kind.values()) {
                statements.put(
                        kind,
                        connection.prepareStatement(
                                switch (kind) {
                                    case MINUTE -> RowUpserts.minutes();
                                    case HOUR -> RowUpserts.hours();
                                    case DAY -> RowUpserts.days();
                                    case LOSS -> RowUpserts.losses();
                                }));
            }
        }

        @Override
        public void run() {
            try (consumer;
                    connection) {
                while (true) {
                    boolean last = ending;
                    ConsumerRecords<String, byte[]> records = consumer.poll(POLL);
                    if (!records.isEmpty()) {
                        write(records);
                        consumer.commitSync();
                    } else if (last && isAtEnd()) {
                        return;
                    }
                }
            } catch (SQLException | RuntimeException e) {
                failure.compareAndSet(null, e);
            }
        }

        private boolean isAtEnd() {
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            return ends.entrySet().stream().allMatch(end -> consumer.position(end.getKey()) >= end.getValue());
        }

        /** A statement of many rows cannot replace a row twice: of each window the newest row is written. */
        private void write(ConsumerRecords<String, byte[]> records) throws SQLException {
            Map<Window, StreamsRow> newest = new LinkedHashMap<>();
            for (ConsumerRecord<String, byte[]> record : records) {
                StreamsRow row = StreamsRow.decode(record.value());
                newest.put(new Window(row.kind(), record.key(), row.subject(), row.start(), row.reasonCode()), row);
            }
            Set<PreparedStatement> filled = new HashSet<>();
            for (Map.Entry<Window, StreamsRow> row : newest.entrySet()) {
                PreparedStatement statement = statement(row.getKey().kind());
                set(statement, row.getKey().lineId(), row.getValue());
                statement.addBatch();
                filled.add(statement);
            }
            for (PreparedStatement statement : filled) {
                statement.executeBatch();
            }
            connection.commit();
        }

        private PreparedStatement statement(Kind kind) {
            PreparedStatement statement = statements.get(kind);
            if (statement == null) {
                throw new IllegalStateException("there is no statement for rows of " + kind);
            }
            return statement;
        }

        private void set(PreparedStatement statement, String lineId, StreamsRow row) throws SQLException {
            switch (row.kind()) {
                case MINUTE -> facts(statement, lineId, row, row.start(), RowUpserts.MINUTE_MS);
                case HOUR -> facts(statement, lineId, row, row.start(), RowUpserts.HOUR_MS);
                case DAY -> facts(statement, lineId, row, row.start() * RowUpserts.DAY_MS, RowUpserts.DAY_MS);
                case LOSS ->
                    RowUpserts.setLoss(
                            statement,
                            lineId,
                            row.subject(),
                            row.reasonCode(),
                            row.start() * RowUpserts.DAY_MS,
                            row.values()[0]);
            }
        }

        private void facts(PreparedStatement statement, String lineId, StreamsRow row, long inWindowMs, long windowMs)
                throws SQLException {
            RowUpserts.setFacts(statement, lineId, row.subject(), inWindowMs, windowMs, row.values());
        }
    }
}
