package org.capacityboard.flink.ingest;

import java.time.Duration;
import java.util.Objects;
import java.util.UUID;
import org.apache.flink.api.common.serialization.DeserializationSchema.InitializationContext;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.connector.kafka.source.reader.deserializer.KafkaRecordDeserializationSchema;
import org.apache.flink.util.Collector;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.capacityboard.flink.types.SlimType;
import org.capacityboard.process.settings.KafkaSettings;
import org.capacityboard.schemas.Topic;
import org.jspecify.annotations.Nullable;

/** Reads every record of a topic into one {@link Ingested}; the broker's time stamp is the receive time. */
final class KafkaRecordReader implements KafkaRecordDeserializationSchema<Ingested> {
    private static final long serialVersionUID = 1L;

    private final KafkaSettings kafka;
    private final Topic topic;
    private final Duration futureGuard;

    private transient @Nullable EventReader reader;

    KafkaRecordReader(KafkaSettings kafka, Topic topic, Duration futureGuard) {
        this.kafka = kafka;
        this.topic = topic;
        this.futureGuard = futureGuard;
    }

    /** The source never says that it is done with its reader; the job's class loader does when the job leaves the machine. */
    @Override
    public void open(InitializationContext context) {
        KafkaSchemas schemas = KafkaSchemas.open(kafka);
        context.getUserCodeClassLoader().registerReleaseHookIfAbsent("schemas-" + UUID.randomUUID(), schemas::close);
        reader = new EventReader((WriterSchemas) schemas, futureGuard);
    }

    @Override
    public void deserialize(ConsumerRecord<byte[], byte[]> sent, Collector<Ingested> out) {
        out.collect(Objects.requireNonNull(reader, "open comes first")
                .read(topic, sent.partition(), sent.offset(), sent.timestamp(), sent.value()));
    }

    @Override
    public TypeInformation<Ingested> getProducedType() {
        return SlimType.of(IngestedCodec.INSTANCE);
    }
}
