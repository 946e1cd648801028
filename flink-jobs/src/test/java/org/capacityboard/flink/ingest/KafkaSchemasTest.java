package org.capacityboard.flink.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.capacityboard.flink.ingest.Events.T0_MS;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.capacityboard.events.LineTelemetry;
import org.capacityboard.schemas.EventCodec;
import org.capacityboard.schemas.RegisteredSchema;
import org.junit.jupiter.api.Test;

final class KafkaSchemasTest {
    private static final Schema NEWER =
            SchemaBuilder.record("Newer").fields().requiredLong("count").endRecord();
    private static final long FINGERPRINT = EventCodec.fingerprint(NEWER);

    private final Registry registry = new Registry();
    private long nowMs = T0_MS;
    private final KafkaSchemas schemas =
            new KafkaSchemas(registry, Registry.TOPIC, (InstantSource) () -> Instant.ofEpochMilli(nowMs));

    @Test
    void schemas_of_this_release_are_known_without_asking() {
        assertThat(schemas.find(EventCodec.fingerprint(LineTelemetry.getClassSchema()), T0_MS))
                .isEqualTo(LineTelemetry.getClassSchema());
        assertThat(registry.readings).isZero();
    }

    @Test
    void schema_registered_while_running_is_found() {
        assertThat(schemas.find(FINGERPRINT, T0_MS)).isNull();
        registry.register(NEWER);
        nowMs = T0_MS + 100;

        assertThat(schemas.find(FINGERPRINT, T0_MS + 50)).isEqualTo(NEWER);
    }

    @Test
    void rubbish_of_one_fetch_costs_one_reading() {
        for (int i = 0; i < 1_000; i++) {
            assertThat(schemas.find(i, T0_MS - i)).isNull();
        }

        assertThat(registry.readings).isEqualTo(1);
    }

    @Test
    void clock_of_the_broker_behind_ours_delays_a_schema_by_a_second_at_most() {
        schemas.find(1, T0_MS - 5_000);
        registry.register(NEWER);
        nowMs = T0_MS + 1_000;

        assertThat(schemas.find(FINGERPRINT, T0_MS - 4_900)).isEqualTo(NEWER);
    }

    @Test
    void entry_that_is_no_schema_makes_nothing_known_and_harms_nobody() {
        registry.send("0000000000000001", "no schema");
        registry.register(NEWER);

        assertThat(schemas.find(1, T0_MS)).isNull();
        assertThat(schemas.find(FINGERPRINT, T0_MS)).isEqualTo(NEWER);
    }

    /** The topic, with Kafka's own consumer for tests in front of it. */
    private static final class Registry extends MockConsumer<String, String> {
        private static final String TOPIC = "capacity.schemas.v1";
        private static final TopicPartition ONLY = new TopicPartition(TOPIC, 0);

        private final List<ConsumerRecord<String, String>> toCome = new ArrayList<>();
        private long end;
        private int readings;

        Registry() {
            super("earliest");
            updatePartitions(TOPIC, List.of(new PartitionInfo(TOPIC, 0, null, null, null)));
            updateBeginningOffsets(Map.of(ONLY, 0L));
        }

        void register(Schema schema) {
            RegisteredSchema entry = RegisteredSchema.of(schema);
            send(entry.key(), entry.json());
        }

        void send(String key, String value) {
            toCome.add(new ConsumerRecord<>(TOPIC, 0, end, key, value));
            end++;
        }

        @Override
        public synchronized Map<TopicPartition, Long> endOffsets(
                Collection<TopicPartition> partitions, Duration timeout) {
            readings++;
            toCome.forEach(this::addRecord);
            toCome.clear();
            return Map.of(ONLY, end);
        }
    }
}
