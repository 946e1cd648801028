package org.capacityboard.flink.ingest;

import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.avro.Schema;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.capacityboard.process.settings.KafkaSettings;
import org.capacityboard.schemas.RegisteredSchema;
import org.capacityboard.schemas.SchemaLookup;
import org.capacityboard.schemas.Topic;
import org.capacityboard.schemas.UnreadableEventException;
import org.jspecify.annotations.Nullable;

/**
 * The writer schemas that were registered in topic schemas. It is read again, to its end, when a record arrives whose schema is not known and which was
 * received after the last reading began: so a schema is known as soon as it is registered, and a flood of rubbish costs one reading a fetch. Not for use
 * by several threads.
 */
final class KafkaSchemas implements WriterSchemas, SchemaLookup, AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration POLL = Duration.ofMillis(50);

    /** How far the clocks of broker and job may differ; within it the topic is read once a second at most. */
    private static final long CLOCK_SKEW_MS = 30_000;

    private static final long SKEW_PAUSE_MS = 1_000;

    private final Consumer<String, String> consumer;
    private final String topicName;
    private final InstantSource clock;
    private final SchemaLookup thisRelease = SchemaLookup.ofThisRelease();
    private final Map<Long, Schema> registered = new HashMap<>();
    private long readSinceMs;

    KafkaSchemas(Consumer<String, String> consumer, String topicName, InstantSource clock) {
        this.consumer = consumer;
        this.topicName = topicName;
        this.clock = clock;
    }

    /** Connects on the first schema that is not known. */
    static KafkaSchemas open(KafkaSettings kafka) {
        Properties properties = kafka.clientProperties();
        properties.setProperty(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false");
        properties.setProperty(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        properties.setProperty(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, "false");
        return new KafkaSchemas(
                new KafkaConsumer<>(properties, new StringDeserializer(), new StringDeserializer()),
                Topic.SCHEMAS.topicName(kafka.topicPrefix()),
                InstantSource.system());
    }

    @Override
    public @Nullable Schema find(long fingerprint) {
        return find(fingerprint, clock.millis());
    }

    @Override
    public @Nullable Schema find(long fingerprint, long receivedAtMs) {
        Schema known = known(fingerprint);
        if (known != null) {
            return known;
        }
        long nowMs = clock.millis();
        boolean isNews = readSinceMs < Math.min(receivedAtMs, nowMs);
        boolean mayBeNews = receivedAtMs > readSinceMs - CLOCK_SKEW_MS && nowMs - readSinceMs >= SKEW_PAUSE_MS;
        if (!isNews && !mayBeNews) {
            return null;
        }
        readToEnd(nowMs);
        return known(fingerprint);
    }

    @Override
    public void close() {
        consumer.close();
    }

    private @Nullable Schema known(long fingerprint) {
        Schema current = thisRelease.find(fingerprint);
        return current != null ? current : registered.get(fingerprint);
    }

    private void readToEnd(long nowMs) {
        if (consumer.assignment().isEmpty()) {
            List<TopicPartition> partitions = consumer.partitionsFor(topicName, PATIENCE).stream()
                    .map(partition -> new TopicPartition(topicName, partition.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
        }
        Map<TopicPartition, Long> ends = consumer.endOffsets(consumer.assignment(), PATIENCE);
        long giveUpAtMs = nowMs + PATIENCE.toMillis();
        while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey(), PATIENCE) < end.getValue())) {
            if (clock.millis() > giveUpAtMs) {
                throw new TimeoutException("Topic " + topicName + " could not be read to its end within "
                        + PATIENCE.toSeconds() + " s.\nMaybe the broker is down.");
            }
            consumer.poll(POLL).forEach(this::take);
        }
        readSinceMs = nowMs;
    }

    /** An entry that is no schema makes nothing known: what was written with it is refused, record by record. */
    private void take(ConsumerRecord<String, String> entry) {
        if (entry.key() == null || entry.value() == null) {
            return;
        }
        RegisteredSchema schema;
        try {
            schema = RegisteredSchema.parse(entry.key(), entry.value());
        } catch (UnreadableEventException e) {
            return;
        }
        registered.put(schema.fingerprint(), schema.schema());
    }
}
