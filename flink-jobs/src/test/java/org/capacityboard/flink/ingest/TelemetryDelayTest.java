package org.capacityboard.flink.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.capacityboard.flink.ingest.Events.T0;
import static org.capacityboard.flink.ingest.Events.T0_MS;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.capacityboard.schemas.EventCodec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class TelemetryDelayTest {
    private static final String TOPIC = "capacity.line-telemetry.v1";
    private static final TopicPartition FIRST = new TopicPartition(TOPIC, 0);
    private static final TopicPartition SECOND = new TopicPartition(TOPIC, 1);
    private static final long ONE_HOUR = 3_600_000;

    private final MockConsumer<byte[], byte[]> consumer = new MockConsumer<>("latest");
    private final TelemetryDelay delay = new TelemetryDelay(consumer, TOPIC);

    TelemetryDelayTest() {
        consumer.updatePartitions(TOPIC, List.of(info(FIRST), info(SECOND)));
        consumer.updateBeginningOffsets(Map.of(FIRST, 0L, SECOND, 0L));
        consumer.updateEndOffsets(Map.of(FIRST, 0L, SECOND, 0L));
    }

    @AfterEach
    void close() {
        delay.close();
    }

    @Test
    void the_least_delay_of_the_newest_reports_counts() {
        consumer.updateEndOffsets(Map.of(FIRST, 8L, SECOND, 3L));
        consumer.schedulePollTask(() -> {
            consumer.addRecord(report(FIRST, 7, T0_MS + 9 * ONE_HOUR));
            consumer.addRecord(report(SECOND, 2, T0_MS + 9 * ONE_HOUR - 1));
        });

        assertThat(delay.leastMs().toCompletableFuture().join()).isEqualTo(9 * ONE_HOUR - 1);
    }

    @Test
    void a_partition_that_fell_silent_long_ago_says_nothing() {
        consumer.updateEndOffsets(Map.of(FIRST, 8L, SECOND, 3L));
        consumer.schedulePollTask(() -> {
            consumer.addRecord(report(FIRST, 7, T0_MS + 9 * ONE_HOUR));
            consumer.addRecord(report(SECOND, 2, T0_MS));
        });

        assertThat(delay.leastMs().toCompletableFuture().join()).isEqualTo(9 * ONE_HOUR);
    }

    @Test
    void without_reports_or_without_the_right_to_look_there_is_no_delay() {
        assertThat(delay.leastMs().toCompletableFuture().join()).isEqualTo(LogEnd.NOT_ASKED);

        consumer.setOffsetsException(new TopicAuthorizationException(TOPIC));
        assertThat(delay.leastMs().toCompletableFuture().join()).isEqualTo(LogEnd.NOT_ASKED);
    }

    private static ConsumerRecord<byte[], byte[]> report(TopicPartition partition, long offset, long receivedAtMs) {
        byte[] value = EventCodec.encode(Events.telemetry().setEventTime(T0).build());
        return new ConsumerRecord<>(
                TOPIC,
                partition.partition(),
                offset,
                receivedAtMs,
                TimestampType.LOG_APPEND_TIME,
                0,
                value.length,
                new byte[0],
                value,
                new RecordHeaders(),
                Optional.empty());
    }

    private static PartitionInfo info(TopicPartition partition) {
        Node[] none = {};
        return new PartitionInfo(TOPIC, partition.partition(), Node.noNode(), none, none);
    }
}
