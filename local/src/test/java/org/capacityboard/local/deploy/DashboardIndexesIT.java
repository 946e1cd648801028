package org.capacityboard.local.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.capacityboard.local.deploy.Dashboard.Query;
import org.capacityboard.viewer.grafana.GrafanaSql;
import org.capacityboard.viewer.grafana.GrafanaSql.Chosen;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** With more than a million rows of 200 lines, a page that looks at a day reads about a day, and not the whole table. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@SuppressWarnings("NullAway.Init")
final class DashboardIndexesIT {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern FACT_TABLE = Pattern.compile(
            "line_product_(minute_\\d+|hour|day)|line_loss_day|rejected_event|lead_time|order_backlog|on_time_week|order_status"
                    + "|surge_(readiness|ladder|constraint|loss)|material_cover|supplier_criticality");
    private static final Instant DAY_END = Instant.parse("2026-11-20T12:00:00Z");
    private static final Instant DAY_START = DAY_END.minus(Duration.ofDays(1));

    /** What is chosen on the pages that ask; each takes its own. */
    private static final Map<String, List<String>> CHOSEN = Map.ofEntries(
            Map.entry("plant", List.of("P0008")),
            Map.entry("line", List.of("line-7", "line-47", "line-87", "line-127", "line-167")),
            Map.entry("kind", List.of("plant")),
            Map.entry("group", List.of("P0008")),
            Map.entry("area", List.of("AMMUNITION")),
            Map.entry("product", List.of("shell")),
            Map.entry("nation", List.of("NOR")),
            Map.entry("posture", List.of("CONFLICT")),
            Map.entry("evidence", List.of("CONTRACTED")),
            Map.entry("material", List.of("powder")));

    /** A share of a second on any machine, if an index answers. */
    private static final double LONGEST_MS = 5_000;

    private static final String FILLING =
            """
            SET ROLE capacity_writer;
            SET search_path = store;
            SET synchronous_commit = off;
            INSERT INTO plant (plant_id, valid_from, revision, received_at, name, nation, parent_entity, latitude, longitude, time_zone)
            SELECT 'P' || to_char(n, 'FM0000'), '-infinity', 0, '2026-11-01Z', 'Plant ' || n, 'NOR', 'Works', 60, 10, 'Europe/Oslo'
            FROM generate_series(1, 40) AS n;
            INSERT INTO line (line_id, valid_from, revision, received_at, plant_id, product_id, ideal_cycle_seconds, cycles,
                heartbeat_seconds, calendar, declared_units_per_hour, hours_per_week_peacetime, hours_per_week_crisis,
                hours_per_week_conflict)
            SELECT 'line-' || n, '-infinity', 0, '2026-11-01Z', 'P' || to_char(1 + n % 40, 'FM0000'), 'shell', 30, '[]', 60,
                'PLANNED', 120, 40, 120, 160
            FROM generate_series(1, 200) AS n;
            SELECT ensure_minute_partitions('2026-11-16', '2026-11-20');
            INSERT INTO line_product_minute
            SELECT line_id, 'shell', minute, 60000, 50000, 0, 5000, 5000, 0, 0, 1, 0, 0, 30000000, 30000000, 6, 0, 0, 0, 0, 1,
                '2026-11-20 12:00Z', now(), false
            FROM generate_series('2026-11-16Z'::timestamptz, '2026-11-20 11:59Z', '1 minute') AS minute, line
            WHERE line_id LIKE 'line-%';
            INSERT INTO line_product_hour
            SELECT line_id, 'shell', hour, 3600000, 3000000, 0, 300000, 300000, 0, 0, 60, 0, 0, 1800000000, 1800000000, 360, 0, 0,
                0, 0, 1, '2026-11-20 12:00Z', now(), false
            FROM generate_series('2026-10-01Z'::timestamptz, '2026-11-20 11:00Z', '1 hour') AS hour, line
            WHERE line_id LIKE 'line-%';
            INSERT INTO line_product_day (line_id, product_id, production_day, planned_ms, producing_ms, setup_ms, delay_ms,
                down_ms, unknown_ms, unplanned_producing_ms, good_units, scrap_units, rework_units, ideal_us, ideal_good_us,
                reports, duplicates, lost_reports, late_reports, generation, version, watermark, final)
            SELECT line_id, 'shell', day, 86400000, 72000000, 0, 7200000, 7200000, 0, 0, 1440, 0, 0, 43200000000, 43200000000,
                8640, 0, 0, 0, 0, 1, '2026-11-20 12:00Z', false
            FROM generate_series('2025-11-20'::date, '2026-11-20', '1 day') AS day, line
            WHERE line_id LIKE 'line-%';
            INSERT INTO line_loss_day
            SELECT line_id, production_day, category, 'reason-' || n, 1200000, 0, 1, '2026-11-20 12:00Z', now(), false
            FROM line_product_day, (VALUES (1, 'DOWN'), (2, 'DELAY_IDLE')) AS loss (n, category)
            WHERE line_id LIKE 'line-%';
            INSERT INTO line_current
            SELECT line_id, 'EXECUTE', '2026-11-20 11:00Z', NULL, 'shell', '2026-11-20 11:59Z', true, 400, 55, 0.9, 0, 1,
                '2026-11-20 12:00Z', now()
            FROM line WHERE line_id LIKE 'line-%';
            INSERT INTO rejected_event
            SELECT 'line-telemetry', 1, n, 'UNKNOWN_LINE', 'no such line', at, at, 'C301'
            FROM generate_series(1, 100000) AS n, LATERAL (SELECT '2026-11-20 12:00Z'::timestamptz - n * interval '1 minute') AS t (at);
            RESET ROLE;
            """;

    /** Two years of orders of 80 groups, of which a few thousand of 100,000 are open. */
    private static final String ORDERS =
            """
            SET ROLE capacity_writer;
            SET search_path = store;
            CREATE TEMPORARY TABLE many AS
            SELECT 'plant' AS group_kind, 'P' || to_char(n, 'FM0000') AS group_id FROM generate_series(1, 40) AS n
            UNION ALL SELECT 'buyer_nation', 'B' || n FROM generate_series(1, 38) AS n;
            INSERT INTO lead_time
            SELECT group_kind, group_id, cohort, basis, day, 40, 80, NULL, 60, 40, 15, 5, 20, 9, NULL, 0.1, 35, 0, 1, '2026-11-20 12:00Z',
                now(), false
            FROM many, generate_series('2024-11-21'::date, '2026-11-20', '1 day') AS day,
                (VALUES ('trailing'), ('all')) AS cohorts (cohort),
                (VALUES ('LAST_UNIT'), ('FIRST_UNIT'), ('PER_UNIT')) AS bases (basis);
            INSERT INTO order_backlog
            SELECT group_kind, group_id, day, 15, 12000, 3, 900, 6500, 13, 0, 1, '2026-11-20 12:00Z', now(), false
            FROM many, generate_series('2024-11-21'::date, '2026-11-20', '1 day') AS day;
            INSERT INTO on_time_week
            SELECT group_kind, group_id, to_char(monday, 'IYYY-"W"IW'), 8, 7, 8000, 7600, 0, 1, '2026-11-20 12:00Z', now(), false
            FROM many, generate_series('2020-01-06'::date, '2026-11-16', '7 days') AS monday;
            INSERT INTO lead_time_curve
            SELECT group_kind, group_id, 'trailing', 'LAST_UNIT', '2026-11-20', array_agg(1 - n / 200.0 ORDER BY n),
                array_agg(200 - n ORDER BY n), array_agg(0.1 ORDER BY n), 0, 1, '2026-11-20 12:00Z', now(), false
            FROM many, generate_series(1, 200) AS n GROUP BY 1, 2;
            INSERT INTO order_status (order_id, product_id, plant_id, buyer_nation, state, ordered_units, dispatched_units,
                accepted_units, rejected_units, confirmed_at, baseline_promised_at, promised_at, stalled, flags, generation, version,
                watermark, final)
            SELECT 'order-' || n, 'shell', 'P' || to_char(1 + n % 40, 'FM0000'), 'B' || 1 + n % 38,
                CASE WHEN n % 41 = 7 THEN 'OPEN' ELSE 'COMPLETED' END, 100, 0, 0, 0,
                '2026-11-20Z'::timestamptz - n * interval '10 minutes', '2026-11-20Z'::timestamptz - n * interval '5 minutes',
                '2026-11-20Z', false, CASE WHEN n % 1001 = 7 THEN 'ACCEPTED_MORE_THAN_ORDERED' ELSE '' END, 0, 1,
                '2026-11-20 12:00Z', false
            FROM generate_series(1, 100000) AS n;
            RESET ROLE;
            """;

    /** Half a year of readiness of 80 products, 40 materials, 200 lines and 8 suppliers. */
    private static final String SURGE =
            """
            SET ROLE capacity_writer;
            SET search_path = store;
            CREATE TEMPORARY TABLE surge_product AS SELECT 'shell' AS product_id UNION ALL SELECT 'bulk-' || n FROM generate_series(1, 79) AS n;
            CREATE TEMPORARY TABLE surge_date AS SELECT day::date AS as_of FROM generate_series('2026-05-20'::date, '2026-11-20', '1 day') AS day;
            CREATE TEMPORARY TABLE surge_case AS
            SELECT posture, evidence FROM (VALUES ('PEACETIME'), ('CRISIS'), ('CONFLICT')) AS postures (posture),
                (VALUES ('DEMONSTRATED'), ('CONTRACTED'), ('ESTIMATED')) AS evidences (evidence);
            INSERT INTO surge_readiness (product_id, posture, evidence, as_of, required_per_month, achievable_per_month, readiness, readiness_low,
                readiness_high, binding_constraint, binding_id, units_short, why, generation, version, watermark, final)
            SELECT product_id, posture, evidence, as_of, 100, 50, 0.5, 0.4, 0.5, 'MATERIAL', 'powder', 50, 'powder binds', 0, 1, '2026-11-20 12:00Z', false
            FROM surge_product, surge_case, surge_date ON CONFLICT DO NOTHING;
            INSERT INTO surge_ladder
            SELECT product_id, posture, evidence, as_of, step, 'MATERIAL', 'material-' || step, 'Material', 50 * step, 10, 20, 'kg', 0, 1, '2026-11-20 12:00Z', now(), false
            FROM surge_product, surge_case, surge_date, generate_series(1, 4) AS step WHERE as_of > '2026-10-01' ON CONFLICT DO NOTHING;
            INSERT INTO surge_constraint
            SELECT line_id, posture, kind, as_of, 1000, 0, 1, '2026-11-20 12:00Z', now(), false
            FROM line, (VALUES ('PEACETIME'), ('CRISIS'), ('CONFLICT')) AS postures (posture),
                (VALUES ('DEMONSTRATED'), ('CONTRACTED'), ('WORKFORCE')) AS kinds (kind), surge_date
            WHERE as_of > '2026-10-20' ON CONFLICT DO NOTHING;
            INSERT INTO material_cover (material_id, plant_id, posture, as_of, on_hand, daily_draw, days_of_supply, single_source, main_parent,
                main_parent_share, generation, version, watermark, final)
            SELECT material_id, plant_id, posture, as_of, 100, 2, 50, true, 'parent-1', 1, 0, 1, '2026-11-20 12:00Z', false
            FROM (SELECT 'powder' AS material_id UNION ALL SELECT 'material-' || n FROM generate_series(1, 39) AS n) AS materials,
                (VALUES ('ALL'), ('P0001'), ('P0002'), ('P0003')) AS plants (plant_id),
                (VALUES ('PEACETIME'), ('CRISIS'), ('CONFLICT')) AS postures (posture), surge_date ON CONFLICT DO NOTHING;
            INSERT INTO supplier_criticality
            SELECT 'parent-' || n, product_id, posture, as_of, 0.3, 0.2, 0, 1, '2026-11-20 12:00Z', now(), false
            FROM generate_series(1, 8) AS n, surge_product, (VALUES ('PEACETIME'), ('CRISIS'), ('CONFLICT')) AS postures (posture), surge_date
            WHERE as_of > '2026-10-01';
            INSERT INTO surge_loss
            SELECT product_id, posture, kind, 'parent-' || n, as_of, 0.5, 0.3, 50, 30, 70, 'MATERIAL', 'powder', 'lost', 0, 1, '2026-11-20 12:00Z', now(), false
            FROM generate_series(1, 4) AS n, surge_product, (VALUES ('PEACETIME'), ('CRISIS'), ('CONFLICT')) AS postures (posture),
                (VALUES ('SUPPLIER'), ('PLANT'), ('NATION')) AS kinds (kind), surge_date
            WHERE as_of > '2026-10-01';
            INSERT INTO surge_computation
            SELECT as_of, 0, 1, '2026-11-20 12:00Z', now(), false FROM surge_date
            ON CONFLICT (as_of) DO UPDATE SET version = 1;
            INSERT INTO surge_loss_computation SELECT as_of, 60, 0, 1, '2026-11-20 12:00Z', now(), false FROM surge_date WHERE as_of > '2026-10-01'
            ON CONFLICT (as_of) DO UPDATE SET losses_tried = 60;
            RESET ROLE;
            """;

    private FilledBoard board;
    private Connection reader;

    @BeforeAll
    void fillTheBoard(@TempDir Path directory) throws SQLException {
        board = new FilledBoard(directory);
        try (Connection superuser = board.superuser();
                Statement statement = superuser.createStatement()) {
            statement.execute("SET TIME ZONE 'UTC'");
            statement.execute(FILLING);
            statement.execute(ORDERS);
            statement.execute(SURGE);
            statement.execute("ANALYZE");
        }
        reader = board.reader();
    }

    @AfterAll
    void stop() throws SQLException {
        reader.close();
        board.close();
    }

    @Test
    void the_tables_are_large() throws SQLException {
        try (Connection superuser = board.superuser();
                Statement statement = superuser.createStatement();
                ResultSet rows = statement.executeQuery(
                        "SELECT sum(reltuples)::bigint FROM pg_class WHERE relkind = 'r' AND relname LIKE"
                                + " 'line_product_%'")) {
            assertThat(rows.next()).isTrue();
            assertThat(rows.getLong(1)).isGreaterThan(1_000_000);
        }
    }

    @Test
    void no_panel_reads_a_whole_table_of_facts_for_a_day() throws Exception {
        List<String> wrong = new ArrayList<>();
        for (Dashboard dashboard : Dashboard.committed()) {
            GrafanaSql grafana = new GrafanaSql(chosen(dashboard), DAY_START, DAY_END, Duration.ofMinutes(1));
            for (Query query : dashboard.queries()) {
                JsonNode explained = explain(grafana.expand(query.sql()));
                JsonNode plan = explained.path("Plan");
                nodes(
                                plan,
                                node -> "Seq Scan".equals(node.path("Node Type").asText())
                                        && FACT_TABLE
                                                .matcher(node.path("Relation Name")
                                                        .asText())
                                                .matches())
                        .forEach(node -> wrong.add(query + " reads all of "
                                + node.path("Relation Name").asText()));
                // A function that is not part of the plan hides what it reads.
                nodes(
                                plan,
                                node -> "Function Scan"
                                                .equals(node.path("Node Type").asText())
                                        && !seen(node))
                        .forEach(node -> wrong.add(
                                query + " hides " + node.path("Function Name").asText()));
                if (explained.path("Execution Time").asDouble() > LONGEST_MS) {
                    wrong.add(
                            query + " takes " + explained.path("Execution Time").asText() + " ms");
                }
            }
        }
        assertThat(wrong).isEmpty();
    }

    private static Map<String, Chosen> chosen(Dashboard dashboard) {
        Map<String, Chosen> chosen = new HashMap<>();
        for (JsonNode variable : dashboard.variables()) {
            String name = variable.path("name").asText();
            chosen.put(
                    name,
                    new Chosen(
                            Objects.requireNonNull(CHOSEN.get(name), name),
                            variable.path("multi").asBoolean()));
        }
        return chosen;
    }

    /** Functions that read nothing. A scan of several at once, such as of the arrays of a curve, has no name of its own. */
    private static boolean seen(JsonNode functionScan) {
        String name = functionScan.path("Function Name").asText();
        return name.isEmpty()
                ? functionScan.path("Alias").asText().startsWith("point")
                : List.of("generate_series", "unnest", "jsonb_array_elements").contains(name);
    }

    private JsonNode explain(String sql) throws Exception {
        try (Statement statement = reader.createStatement();
                ResultSet plan = statement.executeQuery("EXPLAIN (ANALYZE, TIMING OFF, FORMAT JSON) " + sql)) {
            assertThat(plan.next()).isTrue();
            return JSON.readTree(plan.getString(1)).path(0);
        }
    }

    private static List<JsonNode> nodes(JsonNode plan, Predicate<JsonNode> wanted) {
        List<JsonNode> found = new ArrayList<>();
        if (wanted.test(plan)) {
            found.add(plan);
        }
        plan.path("Plans").forEach(child -> found.addAll(nodes(child, wanted)));
        return found;
    }
}
