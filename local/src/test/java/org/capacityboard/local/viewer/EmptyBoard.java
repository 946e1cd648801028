package org.capacityboard.local.viewer;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.capacityboard.local.embedded.EmbeddedDatabase;
import org.capacityboard.local.embedded.Folders;
import org.capacityboard.local.embedded.LoopbackPort;
import org.capacityboard.local.setup.DatabaseMigration;
import org.capacityboard.process.settings.Settings;

/** Another database, migrated and without rows, that can go away and come back. */
final class EmptyBoard implements AutoCloseable {
    private static final String DATABASE = "capacity";

    private final Path directory;
    private final int port = LoopbackPort.orFree(0);
    private final Settings settings;
    private EmbeddedDatabase server;

    EmptyBoard() {
        try {
            directory = Files.createTempDirectory("capacity-empty");
        } catch (IOException e) {
            throw new UncheckedIOException("No directory for a database", e);
        }
        server = started();
        server.createDatabase(DATABASE);
        settings = Settings.defaults()
                .with("database.url", server.url(DATABASE))
                .with("database.migrator.user", EmbeddedDatabase.SUPERUSER)
                .with("database.migrator.password", server.superuserPassword())
                .with("database.writer.password", "writer")
                .with("database.reader.password", "reader")
                .with("http.port", "0");
        DatabaseMigration.migrate(settings.database());
    }

    private EmbeddedDatabase started() {
        return EmbeddedDatabase.start(directory, port, EmbeddedDatabase.Durability.THROWAWAY);
    }

    Settings settings() {
        return settings;
    }

    /** Fills tables as the jobs would. */
    void write(String... statements) throws SQLException {
        try (Connection connection = server.connect(DATABASE);
                Statement statement = connection.createStatement()) {
            statement.execute("SET ROLE capacity_writer");
            statement.execute("SET search_path = store");
            for (String each : statements) {
                statement.execute(each);
            }
            statement.execute("RESET ROLE");
            statement.execute("ANALYZE");
        }
    }

    void stop() {
        server.close();
    }

    void startAgain() {
        server = started();
    }

    @Override
    public void close() throws IOException {
        server.close();
        Folders.delete(directory);
    }
}
