package org.capacityboard.simulator;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;

/** Sends events to Kafka: every one acknowledged by all replicas, in the order of sending within a key. */
public final class KafkaOutput implements EventOutput {
    /** How long the broker may be away before sending is given up. */
    private static final int PATIENCE_MS = 30 * 60 * 1000;

    private final String topicPrefix;
    private final Producer<String, byte[]> producer;
    private volatile @Nullable Exception failure;

    /**
     * @param bootstrap brokers, {@code host:port,...}
     * @param properties further settings of the Kafka producer; they win over the simulator's own
     */
    public KafkaOutput(String bootstrap, String topicPrefix, Map<String, String> properties) {
        this.topicPrefix = topicPrefix;
        Map<String, Object> settings = new HashMap<>();
        settings.put(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrap);
        settings.put(ProducerConfig.CLIENT_ID_CONFIG, "simulator");
        settings.put(ProducerConfig.ACKS_CONFIG, "all");
        settings.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4");
        // Few large batches: loading history is bound by the number of requests. Live, 5 ms is nothing against a
        // second.
        settings.put(ProducerConfig.BATCH_SIZE_CONFIG, 256 * 1024);
        settings.put(ProducerConfig.LINGER_MS_CONFIG, 5);
        // With more, a partition that gets its leader between two requests refuses the first batch, takes the second,
        // and then
        // finds the first out of order for ever.
        settings.put(ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION, 1);
        settings.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, PATIENCE_MS);
        settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, PATIENCE_MS);
        settings.putAll(properties);
        this.producer = new KafkaProducer<>(settings, new StringSerializer(), new ByteArraySerializer());
    }

    @Override
    public void send(SimulatedEvent event) {
        producer.send(
                new ProducerRecord<>(event.topic().topicName(topicPrefix), event.key(), event.value()), (ack, e) -> {
                    if (e != null) {
                        failure = e;
                    }
                });
    }

    @Override
    public void flush() {
        producer.flush();
        Exception lost = failure;
        if (lost != null) {
            throw new IllegalStateException("Events were not acknowledged: " + lost.getMessage(), lost);
        }
    }

    @Override
    public void close() {
        // What was flushed is safe; without a broker there is nothing to wait for.
        producer.close(Duration.ofSeconds(5));
    }
}
