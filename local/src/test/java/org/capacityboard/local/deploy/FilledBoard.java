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

/**
 * A migrated database with a week of two plants: one line runs too fast for its ideal cycle, one has gone silent. Orders go back
 * further: of charges so many still wait that p80 is not reached, their order book has stalled, and one buyer has ordered next to nothing.
 */
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

    /**
     * Figures of orders on each day from October on. Shells: p50 after 40 days. Charges: nothing was accepted for long, so p80 is not
     * reached. Of the buyer EST there are four orders, so three are at risk; in the week 2026-W44 nothing falls due.
     */
    private static final String LEAD_TIMES =
            """
            CREATE TEMPORARY TABLE order_group (group_kind text, group_id text, slow boolean, few boolean) ON COMMIT DROP;
            INSERT INTO order_group
            VALUES ('alliance', 'alliance', false, false), ('product', 'shell', false, false), ('product', 'charge', true, false),
                ('capability_area', 'AMMUNITION', false, false), ('plant', '1FAB0', false, false), ('plant', '2FAB0', true, false),
                ('nation', 'NOR', false, false), ('nation', 'ITA', true, false),
                ('buyer_nation', 'EST', false, true), ('buyer_nation', 'POL', false, false);
            INSERT INTO lead_time
            SELECT group_kind, group_id, cohort, basis, day,
                CASE WHEN few THEN 21.5 WHEN slow THEN 92 ELSE 40 END * share, CASE WHEN NOT slow AND NOT few THEN 75 * share END,
                CASE WHEN NOT slow AND NOT few THEN 110 * share END,
                CASE WHEN few THEN 4 ELSE 60 END, CASE WHEN few THEN 1 WHEN slow THEN 25 ELSE 40 END,
                CASE WHEN few THEN 3 WHEN slow THEN 32 ELSE 17 END, CASE WHEN few THEN 0 ELSE 3 END,
                CASE WHEN few THEN 3 WHEN slow THEN 12 ELSE 28 END, CASE WHEN NOT slow AND NOT few THEN 11 END,
                CASE WHEN NOT slow AND NOT few THEN 4 END, CASE WHEN few THEN 0 ELSE 0.05 END, CASE WHEN slow THEN 31 ELSE 33.25 END,
                0, 1, '2026-11-16Z', now(), day < '2026-11-13'
            FROM order_group, generate_series('2026-10-01'::date, '2026-11-15', '1 day') AS day,
                (VALUES ('trailing'), ('all')) AS cohorts (cohort),
                (VALUES ('LAST_UNIT', 1.0), ('FIRST_UNIT', 0.6), ('PER_UNIT', 0.8)) AS bases (basis, share);
            INSERT INTO lead_time_curve
            SELECT group_kind, group_id, cohort, basis, '2026-11-15', array_agg(greatest(least_left, 1 - n / 200.0) ORDER BY n),
                array_agg(greatest(1, (CASE WHEN few THEN 4 ELSE 60 END * (1 - n / 210.0))::bigint) ORDER BY n),
                array_agg(least(0.05, n * 0.001) ORDER BY n), 0, 1, '2026-11-16Z', now(), false
            FROM order_group, (VALUES ('trailing'), ('all')) AS cohorts (cohort),
                (VALUES ('LAST_UNIT'), ('FIRST_UNIT'), ('PER_UNIT')) AS bases (basis), generate_series(1, 203) AS n,
                LATERAL (SELECT CASE WHEN slow THEN 0.4 ELSE 0 END) AS floor (least_left)
            GROUP BY 1, 2, 3, 4;
            INSERT INTO order_backlog
            SELECT group_kind, group_id, day, CASE WHEN few THEN 3 WHEN slow THEN 32 ELSE 17 END,
                12000 + 100 * (day::date - '2026-10-01'::date), CASE WHEN slow THEN 8 ELSE 2 END, CASE WHEN slow THEN 6000 ELSE 900 END,
                CASE WHEN slow THEN 0 ELSE 6500 END, 13, 0, 1, '2026-11-16Z', now(), day < '2026-11-13'
            FROM order_group, generate_series('2026-10-01'::date, '2026-11-15', '1 day') AS day;
            INSERT INTO on_time_week
            SELECT group_kind, group_id, to_char(monday, 'IYYY-"W"IW'), CASE WHEN few THEN 1 ELSE 8 END,
                CASE WHEN few THEN 1 WHEN slow THEN 3 ELSE 7 END, CASE WHEN few THEN 100 ELSE 8000 END,
                CASE WHEN few THEN 100 WHEN slow THEN 4200 ELSE 7600 END, 0, 1, '2026-11-16Z', now(), monday < '2026-11-02'
            FROM order_group, generate_series('2026-09-28'::date, '2026-11-09', '7 days') AS monday
            WHERE monday <> '2026-10-26'
            """;

    /**
     * Order lines: shells with a forecast before, shortly after and long after their promise; charges, of which the book has
     * stalled and a third is overdue; fuzes, of which nothing was delivered yet; completed and cancelled ones, some of them odd.
     */
    private static final String ORDERS =
            """
            INSERT INTO order_status (order_id, product_id, plant_id, buyer_nation, framework_id, priority, state, ordered_units,
                dispatched_units, accepted_units, rejected_units, queue_units, confirmed_at, baseline_promised_at, promised_at,
                first_accepted_at, completed_at, cancelled_at, forecast_p50_at, forecast_p80_at, slip_days, stalled, flags,
                generation, version, watermark, final)
            SELECT 'shell-' || n, 'shell', '1FAB0', CASE n % 3 WHEN 0 THEN 'EST' ELSE 'POL' END, NULL, NULL, 'OPEN', 1000, 400, 300, 0,
                700 * n, '2026-09-01 10:00Z'::timestamptz + n * interval '3 days', promised, promised, '2026-10-20Z'::timestamptz,
                NULL::timestamptz, NULL::timestamptz, promised + slip * interval '1 day', promised + (slip + 20) * interval '1 day', slip, false, '', 0, 3,
                '2026-11-15Z'::timestamptz, false
            FROM generate_series(1, 9) AS n, LATERAL (SELECT '2026-11-20 12:00Z'::timestamptz + n * interval '7 days', n * 9 - 20.5)
                AS forecast (promised, slip)
            UNION ALL
            SELECT 'charge-' || n, 'charge', '2FAB0', CASE n % 2 WHEN 0 THEN 'EST' ELSE 'POL' END, 'FW-1', 1, 'OPEN', 500, 0, 0, 0, 500 * n,
                '2026-08-01 10:00Z'::timestamptz + n * interval '5 days', '2026-11-03 12:00Z'::timestamptz + n * interval '3 days',
                '2026-12-20 12:00Z', NULL, NULL, NULL, NULL, NULL, NULL, true, '', 0, 2, '2026-11-15Z', false
            FROM generate_series(1, 12) AS n
            UNION ALL
            SELECT 'fuze-1', 'fuze', '1FAB0', 'POL', NULL, NULL, 'OPEN', 50, 0, 0, 0, 50, '2026-11-01Z', '2027-01-04Z', '2027-01-04Z',
                NULL, NULL, NULL, NULL, NULL, NULL, false, '', 0, 1, '2026-11-15Z', false
            UNION ALL
            SELECT 'done-' || n, 'shell', '1FAB0', CASE n % 2 WHEN 0 THEN 'EST' ELSE 'POL' END, NULL, NULL, 'COMPLETED', 100, 110, 110, 5, NULL,
                '2026-09-01Z', '2026-10-01Z', '2026-10-01Z', '2026-09-20Z', '2026-09-28Z', NULL, NULL, NULL, NULL, false,
                CASE WHEN n < 3 THEN 'ACCEPTED_MORE_THAN_ORDERED,ACCEPTED_BEFORE_DISPATCH' ELSE '' END, 0, 4, '2026-11-15Z', true
            FROM generate_series(1, 4) AS n
            UNION ALL
            SELECT 'gone-1', 'charge', '2FAB0', 'POL', NULL, NULL, 'CANCELLED', 200, 0, 0, 0, NULL, '2026-09-01Z', '2026-11-01Z', '2026-11-01Z',
                NULL, NULL, '2026-10-01Z', NULL, NULL, NULL, false, 'ACCEPTED_AFTER_CANCELLATION', 0, 2, '2026-11-15Z', true;
            INSERT INTO rejected_event
            SELECT 'capacity.' || topic || '.v1', 0, n, reason_code, reason, at, at, 'C301'
            FROM generate_series(1, 14) AS n,
                (VALUES ('orders', 'BAD_VALUE', 'quantity 0 is none: cancel it instead'),
                    ('deliveries', 'UNKNOWN_ORDER', 'orderId ''shell-99'' is no order that was confirmed')) AS refused (topic, reason_code, reason),
                LATERAL (SELECT '2026-11-09 12:00Z'::timestamptz + n * interval '11 hours') AS t (at)
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
            for (String rows : new String[] {REFERENCE, MINUTES, HOURS, DAYS, NOW, LEAD_TIMES, ORDERS}) {
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
