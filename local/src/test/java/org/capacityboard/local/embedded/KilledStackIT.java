package org.capacityboard.local.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Properties;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.capacityboard.local.demo.DemoPorts;
import org.capacityboard.local.demo.LocalStack;
import org.capacityboard.process.settings.Settings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(180)
class KilledStackIT {

    private static final String TOPIC = "capacity.plants.v1";
    private static final String COUNT_ROWS = "select count(*) from kept";

    @Test
    void what_was_acknowledged_is_there_after_a_kill(@TempDir Path data) throws Exception {
        Process process = startProcess(data);
        String[] addresses = addresses(process);
        String password = Files.readString(data.resolve("database/superuser-password"));
        try (Connection connection = DriverManager.getConnection(addresses[1], EmbeddedDatabase.SUPERUSER, password);
                Statement statement = connection.createStatement()) {
            statement.execute("create table kept as select generate_series(1, 1000) as number");
        }
        produce(addresses[0]);
        Postmaster orphan = Postmaster.of(data.toRealPath().resolve("database/pgdata"));
        assertThat(orphan).isNotNull();

        process.destroyForcibly().waitFor();

        try (DataDirectory directory = DataDirectory.take(data);
                LocalStack stack = LocalStack.start(directory, DemoPorts.from(0), Settings.defaults());
                Connection connection = stack.connect()) {
            assertThat(orphan.process().isAlive()).as("the old server is gone").isFalse();
            assertThat(count(connection)).isEqualTo(1000);
            assertThat(records(stack.settings().kafka().bootstrap())).isEqualTo(1000);
        }
    }

    private static Process startProcess(Path data) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx512m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        StackUntilKilled.class.getName(),
                        data.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    private static String[] addresses(Process process) throws IOException {
        BufferedReader out = process.inputReader(StandardCharsets.UTF_8);
        String line = out.readLine();
        assertThat(line).startsWith(StackUntilKilled.READY);
        return line.substring(StackUntilKilled.READY.length()).split(" ");
    }

    private static void produce(String bootstrap) {
        Properties properties = new Properties();
        properties.setProperty("bootstrap.servers", bootstrap);
        properties.setProperty("acks", "all");
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer())) {
            for (int i = 0; i < 1000; i++) {
                producer.send(new ProducerRecord<>(TOPIC, new byte[] {1}));
            }
            producer.flush();
        }
    }

    private static long records(String bootstrap) {
        Properties properties = new Properties();
        properties.setProperty("bootstrap.servers", bootstrap);
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            TopicPartition partition = new TopicPartition(TOPIC, 0);
            return Objects.requireNonNull(consumer.endOffsets(List.of(partition), Duration.ofSeconds(30))
                    .get(partition));
        }
    }

    private static long count(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(COUNT_ROWS)) {
            result.next();
            return result.getLong(1);
        }
    }
}
