package org.capacityboard.bench.rungs;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.capacityboard.bench.run.RunPlan;
import org.capacityboard.flink.ingest.KafkaInputs;
import org.capacityboard.process.settings.KafkaSettings;
import org.capacityboard.schemas.Topic;

/** Reads every n-th partition of the telemetry, from the first record on, on a thread of its own. */
final class PartitionReader extends Thread {
    private static final Duration POLL = Duration.ofMillis(50);

    private final KafkaConsumer<byte[], byte[]> consumer;
    private final Taker taker;
    private volatile long taken;
    private volatile boolean stopped;

    /** Takes what was read. */
    interface Taker {
        void take(ConsumerRecord<byte[], byte[]> record) throws Exception;

        /** Everything that was polled together has been taken. */
        default void polled() throws Exception {}

        /** There is nothing more. */
        default void end() throws Exception {}
    }

    PartitionReader(RunPlan plan, int index, Taker taker) {
        super("reader-" + index);
        this.taker = taker;
        KafkaSettings kafka = plan.boardSettings().kafka();
        Properties properties = KafkaInputs.consumerProperties(kafka);
        properties.setProperty(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false");
        consumer = new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        List<TopicPartition> partitions = new ArrayList<>();
        for (int partition = index; partition < Topic.LINE_TELEMETRY.partitions(); partition += plan.parallelism()) {
            partitions.add(new TopicPartition(Topic.LINE_TELEMETRY.topicName(kafka.topicPrefix()), partition));
        }
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
    }

    @Override
    public void run() {
        long count = 0;
        try (consumer) {
            while (!stopped) {
                ConsumerRecords<byte[], byte[]> records = consumer.poll(POLL);
                for (ConsumerRecord<byte[], byte[]> record : records) {
                    taker.take(record);
                }
                count += records.count();
                taker.polled();
                taken = count;
            }
            taker.end();
        } catch (Exception e) {
            throw new IllegalStateException("reading failed", e);
        }
    }

    long taken() {
        return taken;
    }

    /** Ends the reading and waits for it. */
    void finish() throws InterruptedException {
        stopped = true;
        join();
    }
}
