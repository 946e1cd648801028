package org.capacityboard.flink.ingest;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.capacityboard.process.settings.KafkaSettings;
import org.jspecify.annotations.Nullable;

/** Asks the broker how far a consumer group has read a topic. */
final class KafkaLogEnd implements LogEnd {
    private static final int PATIENCE_MS = 15_000;

    private final Admin admin;
    private final String topicName;
    private final String groupId;
    private final @Nullable TelemetryDelay telemetry;

    private KafkaLogEnd(Admin admin, String topicName, String groupId, @Nullable TelemetryDelay telemetry) {
        this.admin = admin;
        this.topicName = topicName;
        this.groupId = groupId;
        this.telemetry = telemetry;
    }

    /** Asks about a topic of telemetry itself. */
    static KafkaLogEnd open(KafkaSettings kafka, String topicName, String groupId) {
        return new KafkaLogEnd(admin(kafka), topicName, groupId, null);
    }

    /** Asks about a topic whose records are few, and looks how late telemetry is. */
    static KafkaLogEnd openWithTelemetry(KafkaSettings kafka, String topicName, String groupId) {
        return new KafkaLogEnd(admin(kafka), topicName, groupId, TelemetryDelay.open(kafka));
    }

    private static Admin admin(KafkaSettings kafka) {
        Properties properties = kafka.clientProperties();
        properties.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, PATIENCE_MS);
        properties.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, PATIENCE_MS / 3);
        return Admin.create(properties);
    }

    @Override
    public CompletionStage<Progress> progress() {
        return admin.describeTopics(List.of(topicName))
                .topicNameValues()
                .values()
                .iterator()
                .next()
                .toCompletionStage()
                .thenCompose(topic -> {
                    List<TopicPartition> partitions = topic.partitions().stream()
                            .map(partition -> new TopicPartition(topicName, partition.partition()))
                            .toList();
                    return offsets(partitions, OffsetSpec.latest())
                            .thenCombine(offsets(partitions, OffsetSpec.earliest()), Bounds::new);
                })
                .thenCombine(
                        admin.listConsumerGroupOffsets(groupId)
                                .partitionsToOffsetAndMetadata()
                                .toCompletionStage(),
                        KafkaLogEnd::progress)
                .thenCombine(telemetryDelayMs(), KafkaLogEnd::with);
    }

    private CompletionStage<Long> telemetryDelayMs() {
        return telemetry == null ? CompletableFuture.completedFuture(NOT_ASKED) : telemetry.leastMs();
    }

    private static Progress with(Progress progress, long telemetryDelayMs) {
        return new Progress(progress.end(), progress.unread(), telemetryDelayMs);
    }

    @Override
    public void close() {
        if (telemetry != null) {
            telemetry.close();
        }
        admin.close(Duration.ZERO);
    }

    private record Bounds(
            Map<TopicPartition, ListOffsetsResultInfo> ends, Map<TopicPartition, ListOffsetsResultInfo> starts) {}

    private CompletionStage<Map<TopicPartition, ListOffsetsResultInfo>> offsets(
            List<TopicPartition> partitions, OffsetSpec which) {
        return admin.listOffsets(partitions.stream().collect(Collectors.toMap(partition -> partition, any -> which)))
                .all()
                .toCompletionStage();
    }

    /** A partition of which nothing was ever committed is read from its start. */
    private static Progress progress(Bounds bounds, Map<TopicPartition, OffsetAndMetadata> committed) {
        long end = 0;
        long unread = 0;
        for (Map.Entry<TopicPartition, ListOffsetsResultInfo> partition :
                bounds.ends().entrySet()) {
            long partitionEnd = partition.getValue().offset();
            ListOffsetsResultInfo start = bounds.starts().get(partition.getKey());
            long read = start == null ? 0 : start.offset();
            OffsetAndMetadata commit = committed.get(partition.getKey());
            if (commit != null) {
                read = Math.max(read, commit.offset());
            }
            end += partitionEnd;
            unread += Math.max(0, partitionEnd - read);
        }
        return new Progress(end, unread, NOT_ASKED);
    }
}
