package org.capacityboard.local.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.capacityboard.domain.surge.SurgeSnapshot;
import org.capacityboard.flink.rows.SurgeSnapshotJson;
import org.junit.jupiter.api.Test;

/** What pages ask of surge readiness, stocks and what limits a line. */
final class SurgeQueriesIT extends BoardReader {
    @Test
    void never_at_once_and_unknown_are_words_of_their_own() throws SQLException {
        assertThat(
                        ask("SELECT capacity.time_to_surge_in_words(NULL, 0.5) AS a, capacity.time_to_surge_in_words(NULL, NULL) AS b,"
                                        + " capacity.time_to_surge_in_words(0, 1) AS c, capacity.time_to_surge_in_words(77, 0.7) AS d,"
                                        + " capacity.sustained_in_words(730, 1) AS e, capacity.sustained_in_words(NULL, 0.5) AS f")
                                .rows())
                .containsExactly(Map.of(
                        "a",
                        "never",
                        "b",
                        "unknown",
                        "c",
                        "at once",
                        "d",
                        "77 days",
                        "e",
                        "2 years or more",
                        "f",
                        "not reached"));
        assertThat(
                        ask("SELECT capacity.days_of_supply_in_words(9.99, 1, 1) AS a, capacity.days_of_supply_in_words(59.9, 1, 1) AS b,"
                                        + " capacity.days_of_supply_in_words(NULL, 1, 0) AS c, capacity.days_of_supply_in_words(NULL, 1, NULL) AS d,"
                                        + " capacity.days_of_supply_in_words(1e9, 1, 1) AS e")
                                .rows())
                .containsExactly(Map.of(
                        "a", "9.9 days", "b", "59 days", "c", "nothing is drawn", "d", "unknown", "e", "> 10 years"));
    }

    @Test
    void a_posture_is_as_ready_as_its_worst_product_and_what_is_unknown_is_counted_apart() throws SQLException {
        Answer conflict = ask("SELECT products, products_below, products_unknown, products_in_range, lowest_readiness,"
                + " lowest_readiness_low, worst_product_id, binds, worst_units_short, units_short FROM capacity.surge_headline('CONTRACTED', '"
                + LAST_INSTANT + "') WHERE posture = 'CONFLICT'");
        assertThat(conflict.rows())
                .containsExactly(Map.of(
                        "products",
                        4L,
                        "products_below",
                        3L,
                        "products_unknown",
                        1L,
                        "products_in_range",
                        2L,
                        "lowest_readiness",
                        0.156,
                        "lowest_readiness_low",
                        0.0,
                        "worst_product_id",
                        "charge",
                        "binds",
                        "Propellant powder",
                        "worst_units_short",
                        168_800.0,
                        "units_short",
                        278_560.0));
        // The training round needs nothing, so it is neither below nor unknown.
        assertThat(ask("SELECT standing FROM capacity.surge_readiness_at('" + LAST_INSTANT
                                + "') WHERE product_id = 'trainer' AND evidence = 'CONTRACTED'")
                        .values("standing"))
                .containsExactly(4);
        Answer nobodyKnows = askAfter(
                "UPDATE surge_readiness SET readiness = NULL, readiness_low = NULL, readiness_high = NULL, achievable_per_month = NULL, units_short = NULL",
                "SELECT lowest_readiness, products_below, products_unknown FROM capacity.surge_headline('CONTRACTED', '"
                        + LAST_INSTANT + "') WHERE posture = 'CRISIS'");
        assertThat(nobodyKnows.values("lowest_readiness")).containsOnlyNulls();
        assertThat(nobodyKnows.values("products_below")).containsExactly(0L);
        assertThat(nobodyKnows.values("products_unknown")).containsExactly(4L);
    }

    @Test
    void products_to_choose_from_begin_with_the_worst_and_what_is_met_comes_last() throws SQLException {
        String products = "SELECT product_id FROM capacity.surge_products('%s', 'CONTRACTED', '" + LAST_INSTANT
                + "') ORDER BY position";
        assertThat(ask(products.formatted("CONFLICT")).values("product_id"))
                .containsExactly("charge", "round", "shell", "igniter");
        assertThat(ask(products.formatted("PEACETIME")).values("product_id"))
                .containsExactly("charge", "round", "igniter", "shell");
    }

    @Test
    void readiness_is_that_of_the_end_of_the_range_and_rows_of_an_older_computation_are_gone() throws SQLException {
        assertThat(ask("SELECT DISTINCT as_of::text AS as_of FROM capacity.surge_readiness_at('2026-11-03Z')")
                        .values("as_of"))
                .containsExactly("2026-11-02");
        assertThat(ask("SELECT count(*) AS rows FROM capacity.surge_readiness_at('2026-09-03Z')")
                        .values("rows"))
                .containsExactly(0L);
        assertThat(askAfter(
                                "UPDATE surge_computation SET version = 2 WHERE as_of = '2026-11-15';"
                                        + "UPDATE surge_readiness SET version = 2 WHERE as_of = '2026-11-15' AND product_id <> 'shell'",
                                "SELECT DISTINCT product_id FROM capacity.surge_readiness_at('" + LAST_INSTANT
                                        + "') WHERE posture = 'CONFLICT' ORDER BY 1")
                        .values("product_id"))
                .containsExactly("charge", "igniter", "round");
    }

    @Test
    void a_line_is_limited_by_its_people_its_equipment_or_because_it_is_not_accepted_yet() throws SQLException {
        String lines = "SELECT line_id, limited_by FROM capacity.surge_lines_at('charge', 'CONFLICT', 'ESTIMATED', '"
                + LAST_INSTANT + "') ORDER BY 1";
        assertThat(ask(lines).values("limited_by")).containsExactly("PEOPLE", "EQUIPMENT");
        assertThat(askAfter("UPDATE line SET available_from = '2027-02-01Z' WHERE line_id = 'fill-2'", lines)
                        .values("limited_by"))
                .containsExactly("PEOPLE", "NOT_YET_ACCEPTED");
    }

    @Test
    void stale_stocks_and_silent_lines_are_counted_by_the_setting_that_the_figures_were_computed_with()
            throws SQLException {
        String freshness = "SELECT lines, silent_lines, stocks, stale_stocks FROM capacity.surge_freshness('"
                + LAST_INSTANT + "')";
        assertThat(ask(freshness).rows())
                .containsExactly(Map.of("lines", 5L, "silent_lines", 1L, "stocks", 6L, "stale_stocks", 2L));
        assertThat(askAfter(
                                "UPDATE surge_snapshot SET snapshot = replace(snapshot, '\"staleAfterDays\": 14', '\"staleAfterDays\": 30')",
                                freshness)
                        .rows())
                .containsExactly(Map.of("lines", 5L, "silent_lines", 0L, "stocks", 6L, "stale_stocks", 1L));
        // Another format may mean anything.
        assertThat(askAfter(
                                "UPDATE surge_snapshot SET snapshot = replace(snapshot, '\"format\": 1', '\"format\": 2')",
                                freshness)
                        .rows())
                .isEmpty();
    }

    @Test
    void the_snapshot_of_the_filled_board_is_one_that_the_job_could_have_written() throws SQLException {
        for (Object snapshot : ask("SELECT snapshot FROM capacity.surge_snapshot ORDER BY as_of DESC LIMIT 1")
                .values("snapshot")) {
            SurgeSnapshot read = SurgeSnapshotJson.decode(String.valueOf(snapshot));
            assertThat(read.counts()).hasSize(6);
            assertThat(read.staleAfterDays()).isEqualTo(SurgeSnapshot.STALE_AFTER_DAYS);
            Answer stocks = askAfter(
                    "UPDATE surge_snapshot SET snapshot = '" + SurgeSnapshotJson.encode(read)
                            + "' WHERE as_of = '2026-11-15'",
                    "SELECT material_id, days_ago, counted, stale FROM capacity.stock_counts('" + LAST_INSTANT
                            + "') WHERE stale ORDER BY 1");
            assertThat(stocks.rows())
                    .containsExactly(
                            Map.of("material_id", "paint", "days_ago", 40.0, "counted", 800.0, "stale", true),
                            Map.of("material_id", "powder", "days_ago", 20.0, "counted", 900_000.0, "stale", true));
        }
    }

    @Test
    void lines_of_interchangeable_products_are_called_by_the_names_of_these() throws SQLException {
        String names = "SELECT name FROM capacity.surge_names() WHERE \"constraint\" = 'LINES' AND id = 'any'";
        String grouped = "UPDATE product SET interchangeability_group = 'any' WHERE product_id IN ('shell', 'round'%s)";
        assertThat(askAfter(grouped.formatted(""), names).values("name"))
                .containsExactly("Lines of Round 155 mm or Shell");
        assertThat(askAfter(grouped.formatted(", 'charge', 'trainer'"), names).values("name"))
                .containsExactly("Lines of Charge, Round 155 mm or 2 more");
    }

    @Test
    void a_stock_that_lasts_shorter_than_a_new_order_takes_is_below_nought() throws SQLException {
        Answer materials = ask("SELECT material_id, floor(days_beyond_lead_time)::int AS beyond, single_source FROM"
                + " capacity.material_cover_at('CONFLICT', '" + LAST_INSTANT + "') ORDER BY position");
        assertThat(materials.values("material_id")).containsExactly("filling", "steel", "band", "powder", "paint");
        assertThat(materials.values("beyond")).containsExactly(-113, -52, 5, -123, null);
        assertThat(materials.values("single_source")).containsExactly(false, false, true, true, null);
        assertThat(ask("SELECT short_of_lead_time, single_sources FROM capacity.material_headline('CONFLICT', '"
                                + LAST_INSTANT + "')")
                        .rows())
                .containsExactly(Map.of("short_of_lead_time", 3L, "single_sources", 2L));
    }

    @Test
    void what_was_never_counted_is_unknown_and_not_nought() throws SQLException {
        String never =
                "UPDATE surge_snapshot SET snapshot = replace(snapshot, '\"materialId\": \"steel\"', '\"materialId\": \"other\"');"
                        + "UPDATE material_cover SET on_hand = 0, days_of_supply = 0 WHERE material_id = 'steel'";
        Answer first = askAfter(
                never,
                "SELECT material_id, never_counted, days_in_words, days_of_supply, days_beyond_lead_time, runs_out_at FROM"
                        + " capacity.material_cover_at('CONFLICT', '" + LAST_INSTANT + "') WHERE position = 1");
        assertThat(first.values("material_id")).containsExactly("steel");
        assertThat(first.values("days_in_words")).containsExactly("never counted");
        assertThat(first.values("days_of_supply")).containsOnlyNulls();
        assertThat(first.values("days_beyond_lead_time")).containsOnlyNulls();
        assertThat(first.values("runs_out_at")).containsOnlyNulls();
        assertThat(askAfter(
                                never,
                                "SELECT never_counted, first_name, short_of_lead_time FROM capacity.material_headline('CONFLICT', '"
                                        + LAST_INSTANT + "')")
                        .rows())
                .containsExactly(
                        Map.of("never_counted", 1L, "first_name", "Explosive filling", "short_of_lead_time", 2L));
        assertThat(askAfter(
                                never,
                                "SELECT never_counted, stocks, completeness FROM capacity.surge_freshness('"
                                        + LAST_INSTANT + "')")
                        .rows())
                .containsExactly(Map.of("never_counted", 1L, "stocks", 6L, "completeness", 4 / 7.0));
    }

    @Test
    void a_stock_of_nought_that_was_counted_is_nought() throws SQLException {
        assertThat(askAfter(
                                "UPDATE material_cover SET on_hand = 0, days_of_supply = 0 WHERE material_id = 'steel'",
                                "SELECT material_id, never_counted, days_in_words FROM capacity.material_cover_at('CONFLICT', '"
                                        + LAST_INSTANT + "') WHERE position = 1")
                        .rows())
                .containsExactly(Map.of("material_id", "steel", "never_counted", false, "days_in_words", "0.0 days"));
    }

    @Test
    void figures_go_as_far_as_the_snapshot_behind_them() throws SQLException {
        String reach = "SELECT watermark::text AS watermark FROM capacity.surge_reach('" + LAST_INSTANT + "')";
        assertThat(askAfter(
                                "UPDATE surge_computation SET watermark = '2026-11-15 00:00:10Z' WHERE as_of = '2026-11-15';"
                                        + "UPDATE surge_snapshot SET watermark = '2026-11-15 17:00Z' WHERE as_of = '2026-11-15'",
                                reach)
                        .values("watermark"))
                .containsExactly("2026-11-15 17:00:00+00");
        assertThat(askAfter(
                                "UPDATE surge_computation SET watermark = '2026-11-15 00:00:10Z' WHERE as_of = '2026-11-15';"
                                        + "DELETE FROM surge_snapshot WHERE as_of = '2026-11-15'",
                                reach)
                        .values("watermark"))
                .containsExactly("2026-11-15 00:00:10+00");
    }

    @Test
    void ages_and_deliveries_count_from_what_is_known_and_not_from_the_coming_midnight() throws SQLException {
        String noon = "UPDATE surge_snapshot SET watermark = '2026-11-15 12:00Z', snapshot = replace(snapshot, "
                + "(extract(epoch FROM '2026-11-23Z'::timestamptz) * 1000)::bigint::text, "
                + "(extract(epoch FROM '2026-11-15 18:00Z'::timestamptz) * 1000)::bigint::text) WHERE as_of = '2026-11-15'";
        assertThat(askAfter(
                                noon,
                                "SELECT days_ago FROM capacity.stock_counts('" + LAST_INSTANT
                                        + "') WHERE material_id = 'steel'")
                        .values("days_ago"))
                .containsExactly(2.5);
        assertThat(askAfter(
                                noon,
                                "SELECT days_ahead FROM capacity.firm_receipts('" + LAST_INSTANT
                                        + "') WHERE material_id = 'steel'")
                        .values("days_ahead"))
                .containsExactly(0.25);
    }

    @Test
    void what_is_only_announced_does_not_hold_yet() throws SQLException {
        String announced =
                """
                INSERT INTO material (material_id, valid_from, revision, received_at, name, unit, lead_time_days)
                VALUES ('steel', '2027-01-01Z', 0, '2026-11-01Z', 'Steel tubes', 't', 1), ('wire', '2027-01-01Z', 0, '2026-11-01Z', 'Wire', 'm', 1);
                INSERT INTO supplier (supplier_id, valid_from, revision, received_at, parent_entity, nation, allied, supplies)
                VALUES ('band-1', '2027-01-01Z', 0, '2026-11-01Z', 'New owner', 'DEU', true, '[]');
                INSERT INTO line (line_id, valid_from, revision, received_at, plant_id, product_id, ideal_cycle_seconds, cycles,
                    heartbeat_seconds, calendar, declared_units_per_hour, hours_per_week_peacetime, hours_per_week_crisis, hours_per_week_conflict)
                VALUES ('fill-2', '2027-01-01Z', 0, '2026-11-01Z', '1FAB0', 'shell', 30, '[]', 60, 'PLANNED', 120, 40, 120, 160)
                """;
        assertThat(askAfter(
                                announced,
                                "SELECT name, lead_time_days FROM capacity.material_cover_at('CONFLICT', '"
                                        + LAST_INSTANT + "') WHERE material_id = 'steel'")
                        .rows())
                .containsExactly(Map.of("name", "Steel bars", "lead_time_days", 60));
        assertThat(askAfter(announced, "SELECT supplier_parent FROM capacity.supplier_parents('" + LAST_INSTANT + "')")
                        .values("supplier_parent"))
                .contains("Band Works")
                .doesNotContain("New owner");
        assertThat(askAfter(
                                announced,
                                "SELECT line_id FROM capacity.surge_lines_at('charge', 'CONFLICT', 'ESTIMATED', '"
                                        + LAST_INSTANT + "') ORDER BY 1")
                        .values("line_id"))
                .containsExactly("fill-1", "fill-2");
        // Who is known only from later on has a name all the same.
        assertThat(askAfter(
                                announced,
                                "SELECT name FROM capacity.surge_names('" + LAST_INSTANT + "') WHERE id = 'wire'")
                        .values("name"))
                .containsExactly("Wire");
    }

    @Test
    void a_single_source_is_needed_for_what_its_material_goes_into_at_any_depth() throws SQLException {
        assertThat(askAfter(
                                "DELETE FROM surge_ladder",
                                "SELECT material_id, products FROM capacity.single_sources_at('CONFLICT', '"
                                        + LAST_INSTANT + "') ORDER BY 1")
                        .rows())
                .containsExactly(
                        Map.of("material_id", "band", "products", "Round 155 mm, Shell"),
                        Map.of("material_id", "powder", "products", "Charge, Round 155 mm"));
    }

    @Test
    void the_low_end_of_a_posture_is_that_of_its_worst_product() throws SQLException {
        assertThat(askAfter(
                                "UPDATE surge_readiness SET readiness_low = CASE product_id WHEN 'charge' THEN 0.1 ELSE 0 END WHERE posture = 'CONFLICT'",
                                "SELECT worst_product_id, lowest_readiness_low FROM capacity.surge_headline('CONTRACTED', '"
                                        + LAST_INSTANT + "') WHERE posture = 'CONFLICT'")
                        .rows())
                .containsExactly(Map.of("worst_product_id", "charge", "lowest_readiness_low", 0.1));
    }

    @Test
    void a_posture_in_which_nothing_is_needed_says_so_and_has_no_readiness() throws SQLException {
        String nothing = "UPDATE surge_readiness SET required_per_month = 0, readiness = 1 WHERE posture = 'CRISIS'";
        Answer crisis = askAfter(
                nothing,
                "SELECT products, products_unknown, lowest_readiness, worst_name FROM capacity.surge_headline('CONTRACTED', '"
                        + LAST_INSTANT + "') WHERE posture = 'CRISIS'");
        assertThat(crisis.values("products")).containsExactly(0L);
        assertThat(crisis.values("products_unknown")).containsExactly(0L);
        assertThat(crisis.values("lowest_readiness")).containsOnlyNulls();
        assertThat(crisis.values("worst_name")).containsExactly("nothing needed");
        Answer matrix = askAfter(
                nothing,
                "SELECT DISTINCT crisis_needed, crisis FROM capacity.surge_matrix('CONTRACTED', '" + LAST_INSTANT
                        + "')");
        assertThat(matrix.values("crisis_needed")).containsExactly(false);
        assertThat(matrix.values("crisis")).containsOnlyNulls();
        // None of the training round is needed in any posture.
        assertThat(ask("SELECT product_id FROM capacity.surge_matrix('CONTRACTED', '" + LAST_INSTANT + "')")
                        .values("product_id"))
                .containsExactlyInAnyOrder("charge", "round", "shell", "igniter");
    }

    @Test
    void a_day_without_figures_is_a_gap() throws SQLException {
        String gap = "DELETE FROM surge_computation WHERE as_of = '2026-11-12'";
        for (String trend : List.of(
                "surge_trend('charge', 'CONTRACTED', 'CONFLICT', '%s', '%s')",
                "surge_lowest_trend('CONTRACTED', '%s', '%s')", "material_cover_trend('steel', '%s', '%s')")) {
            Answer days = askAfter(
                    gap,
                    "SELECT as_of::date::text AS day, conflict FROM capacity."
                            + trend.formatted("2026-11-11Z", "2026-11-14Z") + " ORDER BY 1");
            assertThat(days.values("day")).containsExactly("2026-11-11", "2026-11-12", "2026-11-13");
            assertThat(days.values("conflict").get(0)).isNotNull();
            assertThat(days.values("conflict").get(1)).isNull();
            assertThat(days.values("conflict").get(2)).isNotNull();
        }
    }
}
