package org.capacityboard.local.kit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.flink.configuration.Configuration;
import org.capacityboard.local.embedded.EmbeddedBroker;
import org.capacityboard.local.embedded.EmbeddedCluster;
import org.capacityboard.local.embedded.EmbeddedDatabase;
import org.capacityboard.local.embedded.Folders;

/** The servers that all integration tests of a JVM share. */
final class SharedStack implements AutoCloseable {

    private static final int SLOTS = 12;

    private final Path directory;
    final EmbeddedBroker broker;
    final EmbeddedDatabase database;
    final EmbeddedCluster cluster;

    SharedStack() {
        try {
            directory = Files.createTempDirectory("capacity-it");
            Path temporary = Files.createDirectory(directory.resolve("tmp"));
            broker = EmbeddedBroker.start(directory.resolve("broker"), 0);
            database = EmbeddedDatabase.start(directory.resolve("database"), 0, EmbeddedDatabase.Durability.THROWAWAY);
            cluster = EmbeddedCluster.start(SLOTS, temporary, new Configuration());
        } catch (IOException e) {
            throw new IllegalStateException("The servers for the tests did not start", e);
        }
    }

    Path newDirectory(String name) {
        try {
            return Files.createTempDirectory(directory, name);
        } catch (IOException e) {
            throw new IllegalStateException("No directory " + name, e);
        }
    }

    @Override
    public void close() throws IOException {
        cluster.close();
        broker.close();
        database.close();
        Folders.delete(directory);
    }
}
