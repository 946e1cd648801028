package org.capacityboard.flink.sinks;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.capacityboard.process.settings.DatabaseSettings;
import org.capacityboard.process.settings.RoleLogin;
import org.flywaydb.core.Flyway;

/** A real, migrated PostgreSQL that can be stopped and started on the same port with what it had. */
final class RestartableDatabase implements AutoCloseable {
    private final Path directory;
    private EmbeddedPostgres postgres;

    RestartableDatabase(Path directory) throws IOException {
        this.directory = directory;
        postgres = builder().start();
        Flyway.configure()
                .dataSource(postgres.getPostgresDatabase())
                .defaultSchema("store")
                .load()
                .migrate();
    }

    private EmbeddedPostgres.Builder builder() {
        return EmbeddedPostgres.builder().setDataDirectory(directory).setCleanDataDirectory(false);
    }

    DatabaseSettings settings() {
        return settings("capacity_writer");
    }

    DatabaseSettings settings(String writer) {
        return new DatabaseSettings(
                "jdbc:postgresql://localhost:" + postgres.getPort() + "/postgres",
                new RoleLogin("capacity_migrator", null),
                new RoleLogin(writer, null),
                new RoleLogin("capacity_reader", null));
    }

    void stop() throws IOException {
        postgres.close();
    }

    void start() throws IOException {
        postgres = builder().setPort(postgres.getPort()).start();
    }

    /** Rows that a reader sees, each with its values joined by commas. */
    List<String> read(String sql) throws SQLException {
        return query("capacity_reader", sql);
    }

    List<String> query(String role, String sql) throws SQLException {
        List<String> rows = new ArrayList<>();
        try (Connection connection = postgres.getDatabase(role, "postgres").getConnection();
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            while (result.next()) {
                List<String> values = new ArrayList<>();
                for (int i = 1; i <= result.getMetaData().getColumnCount(); i++) {
                    values.add(String.valueOf(result.getString(i)));
                }
                rows.add(String.join(",", values));
            }
        }
        return rows;
    }

    Connection connect(String role) throws SQLException {
        return postgres.getDatabase(role, "postgres").getConnection();
    }

    /** Runs statements that give no rows. */
    void run(String role, String sql) throws SQLException {
        try (Connection connection = postgres.getDatabase(role, "postgres").getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    @Override
    public void close() throws IOException {
        postgres.close();
    }
}
