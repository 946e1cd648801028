package org.capacityboard.local.setup;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.avro.Schema;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.capacityboard.process.errors.Problem;
import org.capacityboard.process.errors.UserError;
import org.capacityboard.process.settings.KafkaSettings;
import org.capacityboard.schemas.RegisteredSchema;
import org.capacityboard.schemas.SchemaCompatibility;
import org.capacityboard.schemas.Topic;
import org.jspecify.annotations.Nullable;

/** Keeps the topic {@code schemas}: a writer's schema stands there before its first event, and only if it can be read. */
public final class SchemaRegistration {

    private static final Duration POLL = Duration.ofMillis(200);

    private final KafkaAccess access;
    private final String topicName;

    public SchemaRegistration(KafkaSettings settings) {
        this.access = new KafkaAccess(settings);
        this.topicName = Topic.SCHEMAS.topicName(settings.topicPrefix());
    }

    /** The schemas that this release writes with. */
    public static List<RegisteredSchema> ofThisRelease() {
        return Arrays.stream(Topic.values())
                .map(Topic::schema)
                .filter(Objects::nonNull)
                .map(RegisteredSchema::of)
                .toList();
    }

    /**
     * Why events with this schema could not be read by this release; empty if they can.
     *
     * @param name what the schema is called in the problem: its file
     */
    public static List<Problem> check(String name, Schema schema) {
        Topic topic = SchemaCompatibility.topicOf(schema);
        if (topic == null) {
            return List.of(new Problem(
                    "schema", name, "describes " + schema.getFullName() + ", which no topic carries", null));
        }
        return SchemaCompatibility.problems(schema, topic).stream()
                .map(why -> new Problem(
                        "schema",
                        name,
                        "cannot be read as an event of topic " + topic.baseName() + ": " + why,
                        "a new field needs a default, and a field once there stays"))
                .toList();
    }

    /** Puts the schemas that are not there yet, and returns those. */
    public List<RegisteredSchema> register(List<RegisteredSchema> schemas) {
        Map<String, String> present = read();
        List<RegisteredSchema> added = schemas.stream()
                .filter(schema -> !present.containsKey(schema.key()))
                .toList();
        Properties properties = access.properties();
        properties.setProperty("acks", "all");
        List<Future<RecordMetadata>> sent = new ArrayList<>();
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer())) {
            for (RegisteredSchema schema : added) {
                sent.add(producer.send(new ProducerRecord<>(topicName, utf8(schema.key()), utf8(schema.json()))));
            }
            producer.flush();
        }
        sent.forEach(this::await);
        return added;
    }

    /** Every entry of the topic: schema by fingerprint, as text. */
    public Map<String, String> read() {
        requireTopic();
        Map<String, String> entries = new LinkedHashMap<>();
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(access.properties(), new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            TopicPartition partition = new TopicPartition(topicName, 0);
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
            long end = Objects.requireNonNull(
                    consumer.endOffsets(List.of(partition)).get(partition));
            while (consumer.position(partition) < end) {
                for (ConsumerRecord<byte[], byte[]> entry : consumer.poll(POLL)) {
                    byte @Nullable [] json = entry.value();
                    String key = text(entry.key());
                    if (json == null) {
                        entries.remove(key);
                    } else {
                        entries.put(key, text(json));
                    }
                }
            }
        }
        return entries;
    }

    private void requireTopic() {
        try (Admin admin = access.connect()) {
            if (!access.await(admin.listTopics().names()).contains(topicName)) {
                throw UserError.failed(new Problem("topic", topicName, "is missing", "run 'capacity topics create'"));
            }
        }
    }

    private void await(Future<RecordMetadata> sent) {
        try {
            sent.get();
        } catch (ExecutionException e) {
            throw UserError.failed(
                    new Problem("topic", topicName, "took no schema: " + String.valueOf(e.getCause()), null));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while schemas were registered", e);
        }
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String text(byte @Nullable [] utf8) {
        return utf8 == null ? "" : new String(utf8, StandardCharsets.UTF_8);
    }
}
