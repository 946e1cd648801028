package org.capacityboard.bench.load;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.capacityboard.schemas.EventCodec;
import org.capacityboard.schemas.Topic;
import org.jspecify.annotations.Nullable;

/** Puts a load into Kafka, every record acknowledged; if it is told to, in one transaction, so that nobody sees any of it before {@link #release}. */
public final class LoadWriter implements AutoCloseable, LoadEvents.Output {
    /** As long as the broker allows. */
    private static final Duration HELD_AT_MOST = Duration.ofMinutes(15);

    private final String topicPrefix;
    private final String telemetry;
    private final KafkaProducer<byte[], byte[]> producer;
    private final AtomicReference<@Nullable Exception> failure = new AtomicReference<>();

    public LoadWriter(String bootstrap, String topicPrefix) {
        this(bootstrap, topicPrefix, false);
    }

    private LoadWriter(String bootstrap, String topicPrefix, boolean heldBack) {
        this.topicPrefix = topicPrefix;
        this.telemetry = Topic.LINE_TELEMETRY.topicName(topicPrefix);
        Map<String, Object> settings = new HashMap<>();
        settings.put(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrap);
        settings.put(ProducerConfig.ACKS_CONFIG, "all");
        settings.put(ProducerConfig.BATCH_SIZE_CONFIG, 256 * 1024);
        settings.put(ProducerConfig.LINGER_MS_CONFIG, 5);
        settings.put(ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION, 1);
        settings.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, (int)
                Duration.ofMinutes(5).toMillis());
        settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, Duration.ofMinutes(5).toMillis());
        if (heldBack) {
            settings.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, topicPrefix + "-load");
            settings.put(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG, (int) HELD_AT_MOST.toMillis());
        }
        producer = new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
        if (heldBack) {
            producer.initTransactions();
            producer.beginTransaction();
        }
    }

    /** Writes what nobody sees who reads committed records only, until it is released. */
    public static LoadWriter heldBack(String bootstrap, String topicPrefix) {
        return new LoadWriter(bootstrap, topicPrefix, true);
    }

    /** Shows all that was held back, at once. */
    public void release() {
        producer.commitTransaction();
    }

    /** Sends plants, products and lines. */
    public void reference(StandardLoad load) {
        LoadReference.events(load).forEach(this::send);
        flush();
    }

    /** Sends an event to its topic. */
    public void send(SpecificRecord event) {
        Topic topic = Topic.of(event);
        producer.send(
                new ProducerRecord<>(
                        topic.topicName(topicPrefix),
                        topic.key(event).getBytes(StandardCharsets.UTF_8),
                        EventCodec.encode(event)),
                (ack, e) -> note(e));
    }

    @Override
    public void send(int partition, byte[] key, byte[] value) {
        producer.send(new ProducerRecord<>(telemetry, partition, key, value), (ack, e) -> note(e));
    }

    /** Returns when all that was sent is acknowledged. */
    public void flush() {
        producer.flush();
        Exception lost = failure.get();
        if (lost != null) {
            throw new IllegalStateException("Events were not acknowledged: " + lost.getMessage(), lost);
        }
    }

    private void note(@Nullable Exception e) {
        if (e != null) {
            failure.compareAndSet(null, e);
        }
    }

    @Override
    public void close() {
        producer.close();
    }
}
