package org.capacityboard.flink.ingest;

import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.connector.kafka.source.KafkaSource;
import org.apache.flink.connector.kafka.source.KafkaSourceOptions;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.util.function.SerializableSupplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.OffsetResetStrategy;
import org.apache.kafka.common.TopicPartition;
import org.capacityboard.flink.types.SlimType;
import org.capacityboard.process.errors.Problem;
import org.capacityboard.process.errors.UserError;
import org.capacityboard.process.settings.KafkaSettings;
import org.capacityboard.process.settings.ThroughputSettings;
import org.capacityboard.schemas.Topic;

/** The input topics of a job as streams, each with its clock. */
public final class KafkaInputs {
    private static final String DISCOVERY_INTERVAL_MS = "10000";
    /** Handing records over to the task costs as much for one as for many. */
    private static final String RECORDS_AT_ONCE = "5000";

    /** A line is in one partition: the longer the stretch of that, the more of its reports come together, and the cheaper is each. */
    private static final String PARTITION_BYTES_AT_ONCE = String.valueOf(4 * 1024 * 1024);

    private static final Duration ASK_BROKER_EVERY = Duration.ofSeconds(5);
    private static final Duration HOLD_PATIENCE = Duration.ofSeconds(10);
    private static final int ADMIN_PATIENCE_SECONDS = 30;

    private final KafkaSettings kafka;
    private final ThroughputSettings time;
    private final String groupId;

    /**
     * @param job name of the job; with the topic prefix it makes the consumer group
     */
    public KafkaInputs(KafkaSettings kafka, ThroughputSettings time, String job) {
        this.kafka = kafka;
        this.time = time;
        this.groupId = kafka.topicPrefix() + "-" + job;
    }

    /** How records are asked for: only committed ones, and many at once unless the settings say otherwise. */
    public static Properties consumerProperties(KafkaSettings kafka) {
        Properties properties = kafka.clientProperties();
        properties.setProperty(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        properties.putIfAbsent(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, RECORDS_AT_ONCE);
        properties.putIfAbsent(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, PARTITION_BYTES_AT_ONCE);
        return properties;
    }

    /** Reports of all lines. */
    public DataStream<Ingested> telemetry(StreamExecutionEnvironment env) {
        return events(env, Topic.LINE_TELEMETRY);
    }

    /**
     * Events of a topic: telemetry, orders, deliveries. The watermark trails the highest event time by the disorder; in total silence of the topic it follows
     * the wall clock.
     */
    public DataStream<Ingested> events(StreamExecutionEnvironment env, Topic topic) {
        KafkaSettings broker = kafka;
        String topicName = topic.topicName(kafka.topicPrefix());
        String group = groupId;
        String sourceName = topic.baseName() + "-source";
        String silenceName = topic.baseName() + "-silence";
        SerializableSupplier<LogEnd> logEnd = topic == Topic.LINE_TELEMETRY
                ? () -> KafkaLogEnd.open(broker, topicName, group)
                : () -> KafkaLogEnd.openWithTelemetry(broker, topicName, group);
        return env.fromSource(
                        source(topic, OffsetsInitializer.committedOffsets(OffsetResetStrategy.EARLIEST)),
                        TelemetryWatermarks.strategy(time.disorder(), time.idleAfter()),
                        sourceName,
                        SlimType.of(IngestedCodec.INSTANCE))
                .uid(sourceName)
                .transform(
                        silenceName,
                        SlimType.of(IngestedCodec.INSTANCE),
                        new SilenceOperator(logEnd, time.idleAfter(), ASK_BROKER_EVERY))
                .uid(silenceName);
    }

    /**
     * Topics of reference data and plans, each from its first record on. None has a watermark; until what they hold now has been read, they keep the
     * watermark of everything downstream from starting.
     */
    public Map<Topic, DataStream<Ingested>> references(StreamExecutionEnvironment env, List<Topic> topics) {
        Map<Topic, Long> endOffsets = endOffsets(topics);
        Map<Topic, DataStream<Ingested>> streams = new EnumMap<>(Topic.class);
        endOffsets.forEach((topic, endOffset) -> streams.put(topic, reference(env, topic, endOffset)));
        return streams;
    }

    private DataStream<Ingested> reference(StreamExecutionEnvironment env, Topic topic, long endOffset) {
        String sourceName = topic.baseName() + "-source";
        String holdName = topic.baseName() + "-hold";
        return env.fromSource(
                        source(topic, OffsetsInitializer.earliest()),
                        WatermarkStrategy.noWatermarks(),
                        sourceName,
                        SlimType.of(IngestedCodec.INSTANCE))
                .uid(sourceName)
                .setParallelism(1)
                .transform(
                        holdName,
                        SlimType.of(IngestedCodec.INSTANCE),
                        new ReferenceHoldOperator(endOffset, HOLD_PATIENCE))
                .uid(holdName)
                .setParallelism(1);
    }

    private KafkaSource<Ingested> source(Topic topic, OffsetsInitializer start) {
        return KafkaSource.<Ingested>builder()
                .setProperties(consumerProperties(kafka))
                .setProperty(KafkaSourceOptions.PARTITION_DISCOVERY_INTERVAL_MS.key(), DISCOVERY_INTERVAL_MS)
                .setBootstrapServers(kafka.bootstrap())
                .setTopics(topic.topicName(kafka.topicPrefix()))
                .setGroupId(groupId)
                .setClientIdPrefix(groupId + "-" + topic.baseName())
                .setStartingOffsets(start)
                .setDeserializer(new KafkaRecordReader(kafka, topic, time.futureGuard()))
                .build();
    }

    /** Where each topic ends now; 0 if nothing is in it. */
    private Map<Topic, Long> endOffsets(List<Topic> topics) {
        Properties properties = kafka.clientProperties();
        try (Admin admin = Admin.create(properties)) {
            Map<Topic, Long> ends = new EnumMap<>(Topic.class);
            for (Topic topic : topics) {
                TopicPartition only = new TopicPartition(topic.topicName(kafka.topicPrefix()), 0);
                long start = offset(admin, only, OffsetSpec.earliest());
                long end = offset(admin, only, OffsetSpec.latest());
                ends.put(topic, start == end ? 0 : end);
            }
            return ends;
        }
    }

    private long offset(Admin admin, TopicPartition partition, OffsetSpec which) {
        try {
            return admin.listOffsets(Map.of(partition, which))
                    .partitionResult(partition)
                    .get(ADMIN_PATIENCE_SECONDS, TimeUnit.SECONDS)
                    .offset();
        } catch (ExecutionException | TimeoutException e) {
            throw UserError.failed(new Problem(
                    "topic",
                    partition.topic(),
                    "could not be asked where it ends: " + e.getMessage(),
                    "the broker at " + kafka.bootstrap()
                            + " is down, or the topic is missing: 'capacity topics create' makes it"));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while asking where topic " + partition.topic() + " ends", e);
        }
    }
}
