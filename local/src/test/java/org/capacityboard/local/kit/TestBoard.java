package org.capacityboard.local.kit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.locks.LockSupport;
import org.apache.avro.specific.SpecificRecord;
import org.apache.flink.api.common.JobID;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.capacityboard.local.embedded.EmbeddedCluster;
import org.capacityboard.local.embedded.EmbeddedDatabase;
import org.capacityboard.local.embedded.RetainedCheckpoints;
import org.capacityboard.local.jobs.BoardJob;
import org.capacityboard.local.setup.DatabaseMigration;
import org.capacityboard.local.setup.SchemaRegistration;
import org.capacityboard.local.setup.TopicCreation;
import org.capacityboard.process.settings.Settings;
import org.capacityboard.schemas.EventCodec;
import org.capacityboard.schemas.Topic;
import org.jspecify.annotations.Nullable;

/** A Capacity Board of one test class: topics with a prefix, a migrated database, and jobs that run until the class is done. */
public final class TestBoard implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(50);
    private static final String PASSWORD = "integration-test";

    private final SharedStack stack;
    private final String name;
    private final Path checkpoints;
    private final Settings settings;
    private final Map<BoardJob, JobID> running = new EnumMap<>(BoardJob.class);
    private final KafkaProducer<byte[], byte[]> producer;
    private final Admin admin;

    TestBoard(SharedStack stack, String className) {
        this.stack = stack;
        this.name = className.toLowerCase(Locale.ROOT);
        this.checkpoints = stack.newDirectory(name);
        stack.database.createDatabase(name);
        this.settings = Settings.defaults()
                .with("kafka.bootstrap", stack.broker.bootstrap())
                .with("kafka.topic-prefix", name)
                .with("database.url", stack.database.url(name))
                .with("database.migrator.user", EmbeddedDatabase.SUPERUSER)
                .with("database.migrator.password", stack.database.superuserPassword())
                .with("database.writer.password", PASSWORD)
                .with("database.reader.password", PASSWORD)
                .with("checkpoint.directory", checkpoints.toUri().toString())
                .with("checkpoint.interval", "1s")
                .with("http.port", "0");
        DatabaseMigration.migrate(settings.database());
        new TopicCreation(settings.kafka()).create();
        new SchemaRegistration(settings.kafka()).register(SchemaRegistration.ofThisRelease());
        Properties properties = settings.kafka().clientProperties();
        properties.setProperty("acks", "all");
        this.producer = new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer());
        this.admin = Admin.create(settings.kafka().clientProperties());
    }

    /** Another board on the same servers, for a test that needs one for each of its cases. */
    public TestBoard another(String suffix) {
        return new TestBoard(stack, name + "-" + suffix);
    }

    public Settings settings() {
        return settings;
    }

    /** The cluster that all classes share. */
    public EmbeddedCluster cluster() {
        return stack.cluster;
    }

    /** Sends events as a plant's edge does, and returns when they are acknowledged. */
    public void send(List<? extends SpecificRecord> events) {
        for (SpecificRecord event : events) {
            Topic topic = Topic.of(event);
            producer.send(new ProducerRecord<>(
                    topic.topicName(name),
                    topic.key(event).getBytes(StandardCharsets.UTF_8),
                    EventCodec.encode(event)));
        }
        producer.flush();
    }

    /** Sends bytes, whatever they are; returns the offset they got. */
    public long sendBytes(Topic topic, String key, byte[] value) throws ExecutionException, InterruptedException {
        return producer.send(new ProducerRecord<>(topic.topicName(name), key.getBytes(StandardCharsets.UTF_8), value))
                .get()
                .offset();
    }

    /** Sends bytes, whatever they are, without waiting for {@link #flush}; null leaves the partition to the key. */
    public void send(Topic topic, @Nullable Integer partition, byte[] key, byte[] value) {
        producer.send(new ProducerRecord<>(topic.topicName(name), partition, key, value));
    }

    /** Returns when all that was sent is acknowledged. */
    public void flush() {
        producer.flush();
    }

    /** How many records of all partitions of a topic there are. */
    public long endOffset(Topic topic) throws ExecutionException, InterruptedException {
        Map<TopicPartition, OffsetSpec> latest = new HashMap<>();
        for (int partition = 0; partition < topic.partitions(); partition++) {
            latest.put(new TopicPartition(topic.topicName(name), partition), OffsetSpec.latest());
        }
        return admin.listOffsets(latest).all().get().values().stream()
                .mapToLong(ListOffsetsResultInfo::offset)
                .sum();
    }

    /** How many records of a topic are in a completed checkpoint of a job. */
    public long committed(String job, Topic topic) throws ExecutionException, InterruptedException {
        return admin
                .listConsumerGroupOffsets(name + "-" + job)
                .partitionsToOffsetAndMetadata()
                .get()
                .entrySet()
                .stream()
                .filter(offset -> offset.getKey().topic().equals(topic.topicName(name)))
                .mapToLong(offset -> offset.getValue().offset())
                .sum();
    }

    /** Starts a job from the beginning, with settings that differ from the board's. */
    public void start(BoardJob job, Settings changed) {
        JobID id = new JobID();
        running.put(job, id);
        job.start(stack.cluster, changed, id, null);
    }

    /** Starts a job from the beginning. */
    public void start(BoardJob job) {
        start(job, settings);
    }

    /** Stops a job after a last checkpoint. */
    public void stop(BoardJob job) {
        stack.cluster.stop(Objects.requireNonNull(running.remove(job)));
    }

    /** Stops a job after a last checkpoint and goes on from that. */
    public void restart(BoardJob job) {
        JobID before = Objects.requireNonNull(running.get(job));
        stop(job);
        Path checkpoint = RetainedCheckpoints.of(checkpoints, before).newest(1);
        JobID id = new JobID();
        running.put(job, id);
        job.start(stack.cluster, settings, id, Objects.requireNonNull(checkpoint, "no checkpoint"));
    }

    /** Holds that a job never started again by itself, and says why it did: both as Flink's own pages tell it. */
    public void assertNeverRestarted(BoardJob job) {
        String page = stack.cluster.webAddress() + "/jobs/" + Objects.requireNonNull(running.get(job));
        assertThat(read(page))
                .as(() -> "the exceptions of job " + job + ": " + read(page + "/exceptions"))
                // The page lists the times of all states in an order that each JVM has of its own: it may be the last.
                .containsPattern("\"RESTARTING\":0[,}]");
    }

    private static String read(String page) {
        try (InputStream answer = URI.create(page).toURL().openStream()) {
            return new String(answer.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A look at the database. */
    public interface Look<T> {
        T at(Connection connection) throws SQLException;
    }

    /** What a reader sees. */
    public <T> T read(Look<T> look) throws SQLException {
        try (Connection connection = DriverManager.getConnection(
                settings.database().url(), settings.database().reader().user(), PASSWORD)) {
            return look.at(connection);
        }
    }

    /** Rows as a reader sees them, each value as text; null as {@code null}. */
    public List<List<String>> rows(String query) throws SQLException {
        List<List<String>> rows = new ArrayList<>();
        try (Connection connection = DriverManager.getConnection(
                        settings.database().url(), settings.database().reader().user(), PASSWORD);
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(query)) {
            while (result.next()) {
                List<String> row = new ArrayList<>();
                for (int i = 1; i <= result.getMetaData().getColumnCount(); i++) {
                    row.add(String.valueOf(result.getString(i)));
                }
                rows.add(row);
            }
        }
        return rows;
    }

    /** Waits until a query has these rows; fails with the last ones seen. */
    public void awaitRows(String query, List<List<String>> expected) throws Exception {
        List<List<String>> seen = await(() -> rows(query), expected);
        assertThat(seen).as(query).isEqualTo(expected);
    }

    /** Looks again and again until it sees what is expected, or patience ends; returns what was seen last. */
    public static <T> T await(Callable<T> look, T expected) throws Exception {
        long giveUpAt = System.nanoTime() + PATIENCE.toNanos();
        T seen = look.call();
        while (!seen.equals(expected) && System.nanoTime() < giveUpAt) {
            LockSupport.parkNanos(BETWEEN_LOOKS.toNanos());
            seen = look.call();
        }
        return seen;
    }

    @Override
    public void close() {
        producer.close();
        admin.close();
        running.values().forEach(stack.cluster::cancel);
    }
}
