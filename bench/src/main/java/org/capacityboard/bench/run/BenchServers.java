package org.capacityboard.bench.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.GroupListing;
import org.capacityboard.local.CapacityCommand;
import org.capacityboard.local.embedded.EmbeddedDatabase;
import org.capacityboard.local.embedded.LoopbackPort;
import org.capacityboard.local.setup.DatabaseMigration;
import org.capacityboard.local.setup.SchemaRegistration;
import org.capacityboard.local.setup.TopicCreation;
import org.capacityboard.process.settings.Settings;
import org.jspecify.annotations.Nullable;

/** The broker and the database that all runs share, each in processes of its own. */
public final class BenchServers implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int BROKER_HEAP_MEGABYTES = 1_024;
    /** Running needs a quarter of it; unpacking PostgreSQL, the first time on a machine, needs half. */
    private static final int DATABASE_HEAP_MEGABYTES = 256;

    private static final String PASSWORD = "bench-on-loopback";

    private final Path directory;
    private final int brokerPort = LoopbackPort.orFree(0);
    private final int databasePort = LoopbackPort.orFree(0);
    private final Process database;
    private @Nullable Process broker;

    private BenchServers(Path directory) throws IOException {
        this.directory = directory;
        Files.createDirectories(directory);
        database = start("database", databasePort, DATABASE_HEAP_MEGABYTES);
        startBroker();
        await("database", database);
    }

    /** Starts both in a folder that is new or empty. */
    public static BenchServers start(Path directory) throws IOException {
        return new BenchServers(directory);
    }

    /** Where the broker of the bench keeps its records, seen from the folder of a run. */
    public static Path brokerDirectory(Path run) {
        return run.resolveSibling("broker");
    }

    /** Starts the broker, if it does not run. */
    public void startBroker() throws IOException {
        if (broker == null) {
            broker = start("broker", brokerPort, BROKER_HEAP_MEGABYTES);
            await("broker", broker);
        }
    }

    /** Stops the broker; what it holds stays. */
    public void stopBroker() throws IOException {
        if (broker != null) {
            stop(broker);
            broker = null;
        }
    }

    private Process start(String server, int port, int heapMegabytes) throws IOException {
        return RungProcess.start(
                heapMegabytes,
                log(server),
                CapacityCommand.class.getName(),
                "stand-in",
                server,
                "--data",
                directory.resolve(server).toString(),
                "--port",
                String.valueOf(port));
    }

    private Path log(String server) {
        return directory.resolve(server + ".log");
    }

    private void await(String server, Process process) throws IOException {
        long giveUpAt = System.nanoTime() + PATIENCE.toNanos();
        while (!Files.readString(log(server)).contains("ready at ")) {
            if (!process.isAlive() || System.nanoTime() > giveUpAt) {
                throw new IllegalStateException(
                        "The " + server + " did not start" + "\nMaybe " + log(server) + " says why.");
            }
            LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
        }
    }

    /** Where clients of the broker connect. */
    public String bootstrap() {
        return LoopbackPort.HOST + ":" + brokerPort;
    }

    /** Settings that lead to the broker's topics with a prefix; topics and schemas are made if they are missing. */
    public Map<String, String> topics(String prefix) {
        Map<String, String> settings = new TreeMap<>();
        settings.put("kafka.bootstrap", bootstrap());
        settings.put("kafka.topic-prefix", prefix);
        Settings read = read(settings);
        new TopicCreation(read.kafka()).create();
        new SchemaRegistration(read.kafka()).register(SchemaRegistration.ofThisRelease());
        return settings;
    }

    /** Settings that lead to a database with the product's tables and nothing in them; one of that name that was there is dropped. */
    public Map<String, String> emptyDatabase(String name) throws SQLException, IOException {
        String superuserPassword =
                Files.readString(directory.resolve("database").resolve("superuser-password"));
        String server = "jdbc:postgresql://" + LoopbackPort.HOST + ":" + databasePort + "/";
        try (Connection connection = DriverManager.getConnection(
                        server + EmbeddedDatabase.SUPERUSER, EmbeddedDatabase.SUPERUSER, superuserPassword);
                Statement statement = connection.createStatement()) {
            statement.execute("drop database if exists " + name + " with (force)");
            statement.execute("create database " + name);
            statement.execute("checkpoint");
        }
        Map<String, String> settings = new TreeMap<>();
        settings.put("database.url", server + name);
        settings.put("database.migrator.user", EmbeddedDatabase.SUPERUSER);
        settings.put("database.migrator.password", superuserPassword);
        settings.put("database.writer.password", PASSWORD);
        settings.put("database.reader.password", PASSWORD);
        DatabaseMigration.migrate(read(settings).database());
        return settings;
    }

    /** Forgets how far earlier runs have read. */
    public void forgetOffsets() throws InterruptedException {
        try (Admin admin = Admin.create(Map.<String, Object>of("bootstrap.servers", bootstrap()))) {
            admin.deleteConsumerGroups(admin.listGroups().all().get().stream()
                            .map(GroupListing::groupId)
                            .toList())
                    .all()
                    .get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("The broker does not forget what earlier runs have read", e.getCause());
        }
    }

    private static Settings read(Map<String, String> settings) {
        Settings read = Settings.defaults();
        for (Map.Entry<String, String> setting : settings.entrySet()) {
            read = read.with(setting.getKey(), setting.getValue());
        }
        return read;
    }

    @Override
    public void close() throws IOException {
        try {
            stopBroker();
        } finally {
            stop(database);
        }
    }

    private static void stop(Process process) throws IOException {
        process.destroy();
        try {
            if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            process.destroyForcibly();
        }
    }
}
