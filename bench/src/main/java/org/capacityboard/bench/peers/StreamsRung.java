package org.capacityboard.bench.peers;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.CloseOptions;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;
import org.apache.kafka.streams.processor.TimestampExtractor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.state.StoreBuilder;
import org.capacityboard.bench.run.Course;
import org.capacityboard.bench.run.RunPlan;
import org.capacityboard.bench.run.Rung;
import org.capacityboard.bench.rungs.DatabaseRows;
import org.capacityboard.domain.throughput.LineReport;
import org.capacityboard.oracle.OracleKey;
import org.capacityboard.oracle.OracleRow;
import org.capacityboard.oracle.OracleRows;
import org.capacityboard.process.settings.Settings;
import org.capacityboard.schemas.Topic;

/**
 * The same computation in Kafka Streams, exactly-once, committing as often as the job takes checkpoints: a Processor of its own over the topic's key, so
 * nothing is shuffled. Rows go by transactions to a topic.
 *
 * <p>Less than the job: reference data is known from the start, rubbish is counted but not kept with its reason, rows are not written before their window closes. The
 * watermark is each partition's own and forgotten by a restart, and nothing closes windows in silence. As in the job, what comes later than the watermark still
 * corrects its rows up to the horizon.
 */
public final class StreamsRung implements Rung {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int TRANSACTION_TIMEOUT_MS = 60_000;
    /** Streams' own default of 10 MB holds a tenth of the lines. */
    private static final long CACHE_BYTES = 512L << 20;

    private final Build build;

    /** How the program is built. */
    public enum Build {
        /**
         * As one builds with Kafka Streams: Avro's reader; timelines in its key-value stores, read, changed and put back for each report, cached until the commit;
         * and rows from the topic into PostgreSQL, in the same process. It has taken the load when a reader of the database sees the last minute.
         */
        ORDINARY,
        /**
         * With the product's decoder, and timelines that stay objects between two commits, in a store hooked into Streams' internals. Its rows count when they are
         * committed to the topic, and there is no database; state must fit the heap twice (objects and bytes).
         */
        TUNED
    }

    public StreamsRung(Build build) {
        this.build = build;
    }

    @Override
    public void run(RunPlan plan, Course course) throws Exception {
        String application = plan.directory().getFileName() + "-" + UUID.randomUUID();
        StreamsProgress progress = new StreamsProgress();
        long heapAtStart = Course.liveHeap();
        try (Admin admin = Admin.create(plan.boardSettings().kafka().clientProperties())) {
            createOutput(admin, application);
            try {
                KafkaStreams streams = streams(build, plan, application, progress);
                streams.setUncaughtExceptionHandler(failure -> {
                    progress.failed(failure);
                    return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
                });
                try {
                    streams.start();
                    Callable<Boolean> isCommitted = () -> {
                        progress.wantCommit();
                        return committed(admin, application) >= plan.size().records();
                    };
                    switch (build) {
                        case ORDINARY -> intoTables(plan, course, application, progress, isCommitted);
                        case TUNED ->
                            course.time(progress::takenRecords, plan.size().records(), isCommitted);
                    }
                    course.weigh(heapAtStart);
                } finally {
                    streams.close(CloseOptions.timeout(PATIENCE)
                            .withGroupMembershipOperation(CloseOptions.GroupMembershipOperation.LEAVE_GROUP));
                }
                course.judge(
                        switch (build) {
                            case ORDINARY -> DatabaseRows.of(plan);
                            case TUNED ->
                                (fromLine, toLine) -> rows(
                                        plan,
                                        application,
                                        Set.copyOf(plan.load().lineIds(fromLine, toLine)));
                        });
            } finally {
                forget(admin, application);
            }
        }
        if (progress.refusedRecords() != plan.size().rubbish()) {
            throw new IllegalStateException(progress.refusedRecords() + " records were refused, must be "
                    + plan.size().rubbish());
        }
    }

    private static void intoTables(
            RunPlan plan, Course course, String application, StreamsProgress progress, Callable<Boolean> isCommitted)
            throws Exception {
        Callable<Boolean> isThere = DatabaseRows.lastMinuteIsThere(plan);
        try (RowsToTables tables = new RowsToTables(plan, output(application))) {
            course.time(
                    progress::takenRecords,
                    plan.size().records(),
                    () -> tables.isWell() && isCommitted.call() && isThere.call());
        }
    }

    static void createOutput(Admin admin, String application) throws ExecutionException, InterruptedException {
        NewTopic output = new NewTopic(output(application), Topic.LINE_TELEMETRY.partitions(), (short) 1)
                // The load's time is long ago, and rows carry it.
                .configs(Map.of(TopicConfig.RETENTION_MS_CONFIG, "-1"));
        admin.createTopics(List.of(output)).all().get();
    }

    private static String output(String application) {
        return application + "-rows";
    }

    /** The program, not yet started. */
    static KafkaStreams streams(Build build, RunPlan plan, String application, StreamsProgress progress)
            throws IOException {
        return new KafkaStreams(
                topology(build, plan, output(application), progress), new StreamsConfig(settings(plan, application)));
    }

    private static Topology topology(Build build, RunPlan plan, String output, StreamsProgress progress) {
        TimestampExtractor eventTime = (record, partitionTimeMs) ->
                record.value() instanceof LineReport report ? report.eventTimeMs() : Math.max(0, partitionTimeMs);
        Serializer<StreamsRow> rows = (topic, row) -> row.encode();
        LoadLines reference = new LoadLines(plan.load());
        Deserializer<LineReport> reports =
                switch (build) {
                    case ORDINARY -> new AvroReports();
                    case TUNED -> new ReportDeserializer();
                };
        List<StoreBuilder<?>> stores =
                switch (build) {
                    case ORDINARY -> StoredTimelines.builders();
                    case TUNED -> List.of(LiveTimelines.builder(reference));
                };
        Function<ProcessorContext<String, StreamsRow>, TaskLines> lines =
                switch (build) {
                    case ORDINARY -> context -> new StoredTimelines(context, reference);
                    case TUNED -> LiveTimelines::of;
                };
        Topology topology = new Topology()
                .addSource(
                        Topology.AutoOffsetReset.EARLIEST,
                        "telemetry",
                        eventTime,
                        new ByteArrayDeserializer(),
                        reports,
                        Topic.LINE_TELEMETRY.topicName(
                                plan.boardSettings().kafka().topicPrefix()))
                .addProcessor("timeline", () -> new TimelineProcessor(progress, lines), "telemetry");
        stores.forEach(store -> topology.addStateStore(store, "timeline"));
        return topology.addSink("rows", output, new StringSerializer(), rows, "timeline");
    }

    private static Properties settings(RunPlan plan, String application) throws IOException {
        Settings board = plan.boardSettings();
        Properties properties = board.kafka().clientProperties();
        properties.put(StreamsConfig.APPLICATION_ID_CONFIG, application);
        properties.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
        properties.put(
                StreamsConfig.COMMIT_INTERVAL_MS_CONFIG,
                board.checkpoint().interval().toMillis());
        properties.put(StreamsConfig.NUM_STREAM_THREADS_CONFIG, plan.parallelism());
        properties.put(StreamsConfig.STATESTORE_CACHE_MAX_BYTES_CONFIG, CACHE_BYTES);
        properties.put(
                StreamsConfig.STATE_DIR_CONFIG,
                Files.createDirectories(plan.directory().resolve("streams")).toString());
        // Streams' own default of 10 s is as long as the time between two commits.
        properties.put(StreamsConfig.producerPrefix(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG), TRANSACTION_TIMEOUT_MS);
        return properties;
    }

    /** How many input records committed transactions cover. */
    static long committed(Admin admin, String application) throws ExecutionException, InterruptedException {
        return admin.listConsumerGroupOffsets(application).partitionsToOffsetAndMetadata().get().values().stream()
                .mapToLong(OffsetAndMetadata::offset)
                .sum();
    }

    /** The newest committed row of every window. */
    static OracleRows rows(RunPlan plan, String application, Set<String> lineIds) {
        Properties properties = plan.boardSettings().kafka().clientProperties();
        properties.setProperty(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        properties.setProperty(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false");
        Map<OracleKey, OracleRow> rows = new HashMap<>();
        try (KafkaConsumer<String, byte[]> consumer =
                new KafkaConsumer<>(properties, new StringDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = new ArrayList<>();
            for (int partition = 0; partition < Topic.LINE_TELEMETRY.partitions(); partition++) {
                partitions.add(new TopicPartition(output(application), partition));
            }
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                for (ConsumerRecord<String, byte[]> record : consumer.poll(PATIENCE)) {
                    if (lineIds.contains(record.key())) {
                        StreamsRow row = StreamsRow.decode(record.value());
                        rows.put(row.key(record.key()), row.row());
                    }
                }
            }
        }
        return new OracleRows(rows);
    }

    /** Deletes the run's own topics, so that the broker is for the next run as it was for this one. */
    private static void forget(Admin admin, String application) throws ExecutionException, InterruptedException {
        Set<String> own = new HashSet<>(admin.listTopics().names().get());
        own.removeIf(topic -> !topic.startsWith(application));
        admin.deleteTopics(own).all().get();
    }
}
