package org.capacityboard.local.deploy;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import org.capacityboard.local.embedded.EmbeddedDatabase;
import org.capacityboard.local.setup.DatabaseMigration;
import org.capacityboard.process.settings.Settings;

/** A migrated database with a week of two plants: one line runs too fast for its ideal cycle, one has gone silent. */
public final class FilledBoard implements AutoCloseable {
    public static final Instant WEEK_START = Instant.parse("2026-11-09T00:00:00Z");
    public static final Instant WEEK_END = Instant.parse("2026-11-16T00:00:00Z");
    public static final Instant LAST_DAY_START = Instant.parse("2026-11-15T00:00:00Z");

    private static final String DATABASE = "capacity";

    private static final String REFERENCE =
            """
            INSERT INTO plant (plant_id, valid_from, revision, received_at, name, nation, parent_entity, latitude, longitude, time_zone)
            VALUES ('1FAB0', '-infinity', 0, '2026-11-01Z', 'Shells north', 'NOR', 'North works', 60, 10, 'Europe/Oslo'),
                ('2FAB0', '-infinity', 0, '2026-11-01Z', 'Charges south', 'ITA', 'South works', 42, 12, 'Europe/Rome');
            INSERT INTO product (product_id, valid_from, revision, received_at, name, capability_area, bill_of_materials)
            VALUES ('shell', '-infinity', 0, '2026-11-01Z', 'Shell', 'AMMUNITION', '[]'),
                ('charge', '-infinity', 0, '2026-11-01Z', 'Charge', 'AMMUNITION', '[]');
            INSERT INTO line (line_id, valid_from, revision, received_at, plant_id, product_id, ideal_cycle_seconds, cycles,
                heartbeat_seconds, calendar, declared_units_per_hour, hours_per_week_peacetime, hours_per_week_crisis,
                hours_per_week_conflict)
            SELECT line_id, '-infinity', 0, '2026-11-01Z', plant_id, product_id, 30, '[]', 60, 'PLANNED', 120, 40, 120, 160
            FROM (VALUES ('press-1', '1FAB0', 'shell'), ('press-2', '1FAB0', 'shell'), ('press-3', '1FAB0', 'shell'),
                ('fill-1', '2FAB0', 'charge'), ('fill-2', '2FAB0', 'charge')) AS lines (line_id, plant_id, product_id);
            INSERT INTO surge_requirement (product_id, posture, valid_from, revision, received_at, units_per_month)
            SELECT product_id, posture, '-infinity', 0, '2026-11-01Z', units_per_month
            FROM product, (VALUES ('PEACETIME', 50000), ('CRISIS', 100000), ('CONFLICT', 200000)) AS need (posture, units_per_month)
            """;

    /** 40 minutes of 60 produced, of which 30 at the ideal pace; press-1 makes twice what its cycle allows. */
    private static final String HOURS =
            """
            INSERT INTO line_product_hour
            SELECT line_id, product_id, hour, 3600000, 2400000, 300000, 300000, 300000, 300000, 0, 55, 5, 1,
                (CASE line_id WHEN 'press-1' THEN 4800 ELSE 1800 END) * 1000000::bigint, 1650 * 1000000::bigint, 60, 2, 1, 0,
                0, 1, '2026-11-16Z', now(), false
            FROM line, generate_series('2026-11-09 06:00Z'::timestamptz, '2026-11-15 21:00Z', '1 hour') AS hour
            """;

    /** The last day from six in the morning to midnight, minute by minute: the first third stopped, the rest producing. */
    private static final String MINUTES =
            """
            SELECT ensure_minute_partitions('2026-11-15', '2026-11-15');
            INSERT INTO line_product_minute
            SELECT line_id, product_id, minute, 60000, CASE WHEN stopped THEN 0 ELSE 60000 END, 0, 0,
                CASE WHEN stopped THEN 60000 ELSE 0 END, 0, 0, 1, 0, 0, 30000000, 30000000, 1, 0, 0, 0, 0, 1, '2026-11-16Z', now(), false
            FROM line, generate_series('2026-11-15 06:00Z'::timestamptz, '2026-11-15 23:59Z', '1 minute') AS minute,
                LATERAL (SELECT minute < '2026-11-15 12:00Z') AS first_third (stopped)
            """;

    private static final String DAYS =
            """
            INSERT INTO line_product_day (line_id, product_id, production_day, planned_ms, producing_ms, setup_ms, delay_ms,
                down_ms, unknown_ms, unplanned_producing_ms, good_units, scrap_units, rework_units, ideal_us, ideal_good_us,
                reports, duplicates, lost_reports, late_reports, generation, version, watermark, final)
            SELECT line_id, product_id, (window_start AT TIME ZONE 'UTC')::date, sum(planned_ms), sum(producing_ms),
                sum(setup_ms), sum(delay_ms), sum(down_ms), sum(unknown_ms), 0, sum(good_units), sum(scrap_units),
                sum(rework_units), sum(ideal_us), sum(ideal_good_us), sum(reports), sum(duplicates), sum(lost_reports), 0,
                CASE line_id WHEN 'press-2' THEN 1 ELSE 0 END, 1, '2026-11-16Z', false
            FROM line_product_hour GROUP BY 1, 2, 3;
            INSERT INTO line_loss_day
            SELECT line_id, production_day, category, reason_code, 600000, 0, 1, '2026-11-16Z', now(), false
            FROM line_product_day, (VALUES ('DOWN', 'tool-broken'), ('SETUP', ''), ('UNKNOWN', '')) AS loss (category, reason_code)
            """;

    private static final String NOW =
            """
            INSERT INTO line_current
            SELECT line_id, CASE line_id WHEN 'press-2' THEN NULL WHEN 'fill-2' THEN 'STOPPED' ELSE 'EXECUTE' END,
                '2026-11-15 20:00Z', NULL, product_id, '2026-11-15 20:00Z', true, 400, 55, 0.9, 0, 1, '2026-11-16Z', now()
            FROM line;
            INSERT INTO rejected_event
            SELECT 'capacity.line-telemetry.v1', 0, n, 'UNKNOWN_LINE', 'lineId ''press-9'' is no line of any plant', at, at, 'C301'
            FROM generate_series(1, 14) AS n, LATERAL (SELECT '2026-11-09 12:00Z'::timestamptz + n * interval '11 hours') AS t (at)
            """;

    private final EmbeddedDatabase server;
    private final Settings settings;

    public FilledBoard(Path directory) throws SQLException {
        server = EmbeddedDatabase.start(directory, 0, EmbeddedDatabase.Durability.THROWAWAY);
        server.createDatabase(DATABASE);
        settings = Settings.defaults()
                .with("database.url", server.url(DATABASE))
                .with("database.migrator.user", EmbeddedDatabase.SUPERUSER)
                .with("database.migrator.password", server.superuserPassword())
                .with("database.writer.password", "writer")
                .with("database.reader.password", "reader");
        DatabaseMigration.migrate(settings.database());
        try (Connection writer = server.connect(DATABASE);
                Statement statement = writer.createStatement()) {
            statement.execute("SET ROLE capacity_writer");
            statement.execute("SET search_path = store");
            for (String rows : new String[] {REFERENCE, MINUTES, HOURS, DAYS, NOW}) {
                statement.execute(rows);
            }
        }
    }

    /** How a process reaches the database. */
    public Settings settings() {
        return settings;
    }

    /** A session such as Grafana's. The Java driver would bring this machine's time zone along. */
    public Connection reader() throws SQLException {
        Connection connection = DriverManager.getConnection(
                settings.database().url(), settings.database().reader().user(), "reader");
        try (Statement statement = connection.createStatement()) {
            statement.execute("SET TIME ZONE 'UTC'");
        }
        return connection;
    }

    /** A session of the superuser, such as migrations have. */
    Connection superuser() throws SQLException {
        return server.connect(DATABASE);
    }

    @Override
    public void close() {
        server.close();
    }
}
