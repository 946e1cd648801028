package org.capacityboard.flink.ingest;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.capacityboard.process.settings.KafkaSettings;
import org.capacityboard.schemas.SchemaLookup;
import org.capacityboard.schemas.Topic;

/**
 * How late the reports of lines arrive now: the least delay among the newest reports of all partitions, for one line that was cut off says nothing of the
 * others. Whoever replays a past replays its telemetry too, so this tells how far behind the clock the plants' time is. It looks at one record a partition.
 */
final class TelemetryDelay implements AutoCloseable {
    /** A partition whose newest report came longer than this before the newest of all tells of another time. */
    private static final long NOW_MS = Duration.ofHours(1).toMillis();

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Duration POLL = Duration.ofMillis(200);
    /** Rules of the future are for whoever counts the reports. */
    private static final Duration ANY_FUTURE = Duration.ofDays(1);

    private final Consumer<byte[], byte[]> consumer;
    private final String topicName;
    private final EventReader reader = new EventReader(SchemaLookup.ofThisRelease(), ANY_FUTURE);
    private final ExecutorService thread = Executors.newSingleThreadExecutor(TelemetryDelay::daemon);

    TelemetryDelay(Consumer<byte[], byte[]> consumer, String topicName) {
        this.consumer = consumer;
        this.topicName = topicName;
    }

    static TelemetryDelay open(KafkaSettings kafka) {
        Properties properties = kafka.clientProperties();
        properties.setProperty(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false");
        properties.setProperty(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "latest");
        properties.setProperty(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, "false");
        properties.setProperty(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, "100");
        return new TelemetryDelay(
                new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer()),
                Topic.LINE_TELEMETRY.topicName(kafka.topicPrefix()));
    }

    private static Thread daemon(Runnable work) {
        Thread thread = new Thread(work, "telemetry-delay");
        thread.setDaemon(true);
        return thread;
    }

    /** Looks without blocking; ms, {@link LogEnd#NOT_ASKED} if there is no report or the broker does not let us look. */
    CompletionStage<Long> leastMs() {
        return CompletableFuture.supplyAsync(this::look, thread);
    }

    private long look() {
        try {
            return leastOfNewest();
        } catch (KafkaException e) {
            // Without an answer the topic's own delay counts; a broker that is gone is noticed by whoever reads.
            return LogEnd.NOT_ASKED;
        }
    }

    private long leastOfNewest() {
        if (consumer.assignment().isEmpty()) {
            consumer.assign(consumer.partitionsFor(topicName, PATIENCE).stream()
                    .map(partition -> new TopicPartition(topicName, partition.partition()))
                    .toList());
        }
        Collection<TopicPartition> partitions = List.copyOf(consumer.assignment());
        Map<TopicPartition, Long> starts = consumer.beginningOffsets(partitions, PATIENCE);
        Set<TopicPartition> unseen = new HashSet<>();
        for (Map.Entry<TopicPartition, Long> end :
                consumer.endOffsets(partitions, PATIENCE).entrySet()) {
            TopicPartition partition = end.getKey();
            if (end.getValue() > starts.getOrDefault(partition, 0L)) {
                consumer.seek(partition, end.getValue() - 1);
                unseen.add(partition);
            } else {
                consumer.seek(partition, end.getValue());
            }
        }
        List<ConsumerRecord<byte[], byte[]>> newest = new ArrayList<>();
        long giveUpAt = System.nanoTime() + PATIENCE.toNanos();
        while (!unseen.isEmpty() && System.nanoTime() < giveUpAt) {
            for (ConsumerRecord<byte[], byte[]> sent : consumer.poll(POLL)) {
                if (unseen.remove(new TopicPartition(sent.topic(), sent.partition()))) {
                    newest.add(sent);
                }
            }
        }
        long newestMs =
                newest.stream().mapToLong(ConsumerRecord::timestamp).max().orElse(0);
        return newest.stream()
                .filter(sent -> sent.timestamp() > newestMs - NOW_MS)
                .mapToLong(this::delayMs)
                .min()
                .orElse(LogEnd.NOT_ASKED);
    }

    private long delayMs(ConsumerRecord<byte[], byte[]> sent) {
        Ingested read =
                reader.read(Topic.LINE_TELEMETRY, sent.partition(), sent.offset(), sent.timestamp(), sent.value());
        return read.eventTimeMs() == Ingested.NO_EVENT_TIME
                ? LogEnd.NOT_ASKED
                : Math.max(0, sent.timestamp() - read.eventTimeMs());
    }

    @Override
    public void close() {
        thread.execute(() -> consumer.close());
        thread.shutdown();
    }
}
