package org.capacityboard.flink.ingest;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.capacityboard.process.settings.KafkaSettings;

/** Asks the broker how far a consumer group has read a topic. */
final class KafkaLogEnd implements LogEnd {
    private static final int PATIENCE_MS = 15_000;

    private final Admin admin;
    private final String topicName;
    private final String groupId;

    private KafkaLogEnd(Admin admin, String topicName, String groupId) {
        this.admin = admin;
        this.topicName = topicName;
        this.groupId = groupId;
    }

    static KafkaLogEnd open(KafkaSettings kafka, String topicName, String groupId) {
        Properties properties = kafka.clientProperties();
        properties.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, PATIENCE_MS);
        properties.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, PATIENCE_MS / 3);
        return new KafkaLogEnd(Admin.create(properties), topicName, groupId);
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
                        KafkaLogEnd::progress);
    }

    @Override
    public void close() {
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
        return new Progress(end, unread);
    }
}
