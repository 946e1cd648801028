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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
    private static final Pattern FACT_TABLE =
            Pattern.compile("line_product_(minute_\\d+|hour|day)|line_loss_day|rejected_event");
    private static final Instant DAY_END = Instant.parse("2026-11-20T12:00:00Z");
    private static final Instant DAY_START = DAY_END.minus(Duration.ofDays(1));

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
            ANALYZE;
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
                        "SELECT sum(reltuples)::bigint FROM pg_class WHERE relkind = 'r' AND relname LIKE 'line_product_%'")) {
            assertThat(rows.next()).isTrue();
            assertThat(rows.getLong(1)).isGreaterThan(1_000_000);
        }
    }

    @Test
    void no_panel_reads_a_whole_table_of_facts_for_a_day() throws Exception {
        List<String> wrong = new ArrayList<>();
        for (Dashboard dashboard : Dashboard.committed()) {
            GrafanaSql grafana = grafana(dashboard);
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
                                        && !List.of("generate_series", "unnest", "jsonb_array_elements")
                                                .contains(node.path("Function Name")
                                                        .asText()))
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

    private static GrafanaSql grafana(Dashboard dashboard) {
        Map<String, Chosen> chosen = new LinkedHashMap<>();
        if (!dashboard.variables().isEmpty()) {
            chosen.put("plant", new Chosen(List.of("P0008"), false));
            chosen.put("line", new Chosen(List.of("line-7", "line-47", "line-87", "line-127", "line-167"), true));
        }
        return new GrafanaSql(chosen, DAY_START, DAY_END, Duration.ofMinutes(1));
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
