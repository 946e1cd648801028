package org.capacityboard.viewer;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.flywaydb.core.Flyway;

/** A migrated database with five lines of two plants, that can be stopped and started again. */
final class ReaderDatabase implements AutoCloseable {
    private static final String ROWS =
            """
            SET ROLE capacity_writer;
            SET search_path = store;
            INSERT INTO plant (plant_id, valid_from, revision, received_at, name, nation, parent_entity, latitude, longitude, time_zone)
            VALUES ('1FAB0', '-infinity', 0, '2026-11-01Z', 'Shells north', 'NOR', 'North works', 60, 10, 'Europe/Oslo'),
                ('2FAB0', '-infinity', 0, '2026-11-01Z', 'Charges south', 'ITA', 'South works', 42, 12, 'Europe/Rome');
            INSERT INTO line (line_id, valid_from, revision, received_at, plant_id, product_id, ideal_cycle_seconds, cycles,
                heartbeat_seconds, calendar, declared_units_per_hour, hours_per_week_peacetime, hours_per_week_crisis,
                hours_per_week_conflict)
            SELECT line_id, '-infinity', 0, '2026-11-01Z', plant_id, 'shell', 30, '[]', 60, 'PLANNED', 120, 40, 120, 160
            FROM (VALUES ('press-1', '1FAB0'), ('press-2', '1FAB0'), ('press-3', '1FAB0'), ('fill-1', '2FAB0'),
                ('fill-2', '2FAB0')) AS lines (line_id, plant_id);
            INSERT INTO line_current
            SELECT line_id, CASE line_id WHEN 'press-2' THEN NULL WHEN 'fill-2' THEN 'STOPPED' ELSE 'EXECUTE' END,
                '2026-11-15 20:00Z', CASE line_id WHEN 'fill-2' THEN 'tool-broken' END, product_id, '2026-11-15 20:00Z',
                line_id <> 'press-3', 400, 55, 0.9, 0, 1, '2026-11-16Z', now()
            FROM line;
            """;

    private final Path directory;
    private EmbeddedPostgres postgres;

    ReaderDatabase(Path directory) throws IOException, SQLException {
        this.directory = directory;
        this.postgres = server(directory, 0);
        Flyway.configure()
                .dataSource(postgres.getPostgresDatabase())
                .defaultSchema("store")
                .load()
                .migrate();
        try (Connection connection = postgres.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(ROWS);
        }
    }

    String url() {
        return "jdbc:postgresql://127.0.0.1:" + postgres.getPort() + "/postgres";
    }

    void stop() throws IOException {
        postgres.close();
    }

    /** On the port it had. */
    void startAgain() throws IOException {
        postgres = server(directory, postgres.getPort());
    }

    @Override
    public void close() throws IOException {
        postgres.close();
    }

    private static EmbeddedPostgres server(Path directory, int port) throws IOException {
        EmbeddedPostgres.Builder builder = EmbeddedPostgres.builder()
                .setDataDirectory(directory.resolve("pgdata"))
                .setCleanDataDirectory(false)
                .setServerConfig("fsync", "off")
                .setServerConfig("shared_buffers", "32MB");
        return (port == 0 ? builder : builder.setPort(port)).start();
    }
}
