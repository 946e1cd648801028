package org.capacityboard.local.demo;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.capacityboard.local.embedded.DataDirectory;
import org.capacityboard.local.embedded.EmbeddedBroker;
import org.capacityboard.local.embedded.EmbeddedDatabase;
import org.capacityboard.local.setup.DatabaseMigration;
import org.capacityboard.local.setup.SchemaRegistration;
import org.capacityboard.local.setup.TopicCreation;
import org.capacityboard.process.errors.Problem;
import org.capacityboard.process.errors.UserError;
import org.capacityboard.process.settings.Settings;
import org.jspecify.annotations.Nullable;

/** Broker and database of one data directory, ready for jobs: topics, schemas, tables and roles are there. */
public final class LocalStack implements AutoCloseable {

    private static final String DATABASE = "capacity";
    private static final String READER_PASSWORD = "reader-password";

    private final EmbeddedBroker broker;
    private final EmbeddedDatabase database;
    private final Settings settings;

    private LocalStack(EmbeddedBroker broker, EmbeddedDatabase database, Settings settings) {
        this.broker = broker;
        this.database = database;
        this.settings = settings;
    }

    /**
     * Starts both, on what an earlier run left.
     *
     * @throws UserError if a port is taken
     */
    public static LocalStack start(DataDirectory data, DemoPorts ports, Settings settings) {
        // A database that a killed run left behind still has its port.
        EmbeddedDatabase.stopOrphan(data.database());
        List<Problem> taken = ports.taken();
        if (!taken.isEmpty()) {
            throw UserError.failed(taken);
        }
        CompletableFuture<EmbeddedBroker> starting =
                CompletableFuture.supplyAsync(() -> EmbeddedBroker.start(data.broker(), ports.broker()));
        EmbeddedDatabase database = null;
        try {
            database = EmbeddedDatabase.start(
                    data.database(), ports.database(), EmbeddedDatabase.Durability.COMMITTED_IS_KEPT);
            database.createDatabase(DATABASE);
            Settings here = settings.with("database.url", database.url(DATABASE))
                    .with("database.migrator.user", EmbeddedDatabase.SUPERUSER)
                    .with("database.migrator.password", database.superuserPassword())
                    .with("database.writer.password", secret(data.path(), "writer-password"))
                    .with("database.reader.password", secret(data.path(), READER_PASSWORD));
            DatabaseMigration.migrate(here.database());
            EmbeddedBroker broker = starting.join();
            here = here.with("kafka.bootstrap", broker.bootstrap());
            List<Problem> wrongTopics = TopicCreation.problems(new TopicCreation(here.kafka()).create());
            if (!wrongTopics.isEmpty()) {
                throw UserError.failed(wrongTopics);
            }
            new SchemaRegistration(here.kafka()).register(SchemaRegistration.ofThisRelease());
            return new LocalStack(broker, database, here);
        } catch (RuntimeException e) {
            closeAfterFailure(starting, database);
            throw e;
        }
    }

    /**
     * The settings with which a reader reaches the database of a stack that runs on a data directory, in whatever process.
     *
     * @return null if none runs there
     */
    public static @Nullable Settings ofReader(Path data, Settings settings) {
        Integer port = EmbeddedDatabase.portOf(data.resolve("database"));
        Path password = data.resolve(READER_PASSWORD);
        if (port == null || !Files.isReadable(password)) {
            return null;
        }
        return settings.with("database.url", EmbeddedDatabase.url(port, DATABASE))
                .with("database.reader.password", secret(data, READER_PASSWORD));
    }

    private static void closeAfterFailure(
            CompletableFuture<EmbeddedBroker> starting, @Nullable EmbeddedDatabase database) {
        if (database != null) {
            database.close();
        }
        try {
            starting.join().close();
        } catch (CompletionException e) {
            // It did not start: nothing to close, and its failure is the one being thrown.
        }
    }

    /** A password made up once and kept beside the data. */
    private static String secret(Path directory, String name) {
        Path file = directory.resolve(name);
        try {
            if (!Files.exists(file)) {
                byte[] random = new byte[12];
                new SecureRandom().nextBytes(random);
                Path fresh = Files.createTempFile(directory, name, null);
                Files.writeString(fresh, HexFormat.of().formatHex(random));
                Files.move(fresh, file);
            }
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot keep " + file, e);
        }
    }

    /** The settings with which a process reaches both. */
    public Settings settings() {
        return settings;
    }

    public EmbeddedBroker broker() {
        return broker;
    }

    /** Opens a connection as the database's superuser. */
    public Connection connect() throws SQLException {
        return database.connect(DATABASE);
    }

    @Override
    public void close() {
        try {
            broker.close();
        } finally {
            database.close();
        }
    }
}
