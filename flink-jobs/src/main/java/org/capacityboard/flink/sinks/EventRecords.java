package org.capacityboard.flink.sinks;

import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import org.apache.avro.specific.SpecificRecord;
import org.apache.flink.connector.kafka.sink.KafkaRecordSerializationSchema;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.capacityboard.schemas.EventCodec;
import org.capacityboard.schemas.Topic;
import org.jspecify.annotations.Nullable;

/** Rows as records of a topic, under the key that the catalogue says; rows that the topic does not carry are left out. */
final class EventRecords<T> implements KafkaRecordSerializationSchema<T> {
    private static final long serialVersionUID = 1L;

    private final Topic topic;
    private final String topicName;
    private final Event<T> event;

    EventRecords(Topic topic, String prefix, Event<T> event) {
        this.topic = topic;
        this.topicName = topic.topicName(prefix);
        this.event = event;
    }

    /** The event that tells of a row; null if the topic does not carry such rows. */
    interface Event<T> extends Serializable {
        @Nullable
        SpecificRecord of(T row);
    }

    @Override
    @SuppressWarnings("NullAway") // Flink takes null for "nothing to send".
    public ProducerRecord<byte[], byte[]> serialize(
            T row, @Nullable KafkaSinkContext context, @Nullable Long timestamp) {
        SpecificRecord told = event.of(row);
        return told == null
                ? null
                : new ProducerRecord<>(
                        topicName, topic.key(told).getBytes(StandardCharsets.UTF_8), EventCodec.encode(told));
    }
}
