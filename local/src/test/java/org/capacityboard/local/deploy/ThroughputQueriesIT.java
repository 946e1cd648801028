package org.capacityboard.local.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What pages ask of output, time and losses. */
final class ThroughputQueriesIT extends BoardReader {
    @Test
    void what_is_made_adds_up_the_same_however_it_is_grouped() throws SQLException {
        String made =
                "SELECT sum(good_units)::bigint AS units, sum(plan_units)::bigint AS plan FROM capacity.made('%s', '"
                        + FilledBoard.WEEK_START + "', '" + LAST_INSTANT + "')";
        Answer alliance = ask(made.formatted("alliance"));
        assertThat(alliance.rows()).hasSize(1);
        assertThat(ask("SELECT sum(good_units)::bigint AS units FROM capacity.line_day")
                        .values("units"))
                .isEqualTo(alliance.values("units"));
        for (String kind : List.of("line", "plant", "product", "capability_area", "nation")) {
            assertThat(ask(made.formatted(kind)).rows()).as(kind).isEqualTo(alliance.rows());
        }
    }

    @Test
    void plan_is_the_declared_rate_times_planned_time() throws SQLException {
        // Planned around the clock at 120 units an hour, and 55 made in each of three hours.
        assertThat(
                        ask("SELECT plan_units, plan_ratio FROM capacity.line_totals(ARRAY['press-1'], '2026-11-15 06:00Z', '2026-11-15 09:00Z')")
                                .rows())
                .containsExactly(Map.of("plan_units", 360.0, "plan_ratio", 165.0 / 360));
        assertThat(ask("SELECT plan_units_last_hour AS plan FROM capacity.lines_now() WHERE line_id = 'press-1'")
                        .values("plan"))
                .containsExactly(120.0);
    }

    @Test
    void an_hour_that_begins_at_the_end_of_a_range_is_not_part_of_it() throws SQLException {
        String three = "(ARRAY['press-1'], '2026-11-15 06:00Z', '2026-11-15 09:00Z')";
        assertThat(ask("SELECT count(*) AS hours, sum(good_units)::bigint AS units FROM capacity.line_hours" + three)
                        .rows())
                .containsExactly(Map.of("hours", 3L, "units", 165L));
        assertThat(ask("SELECT seconds::float8 AS seconds FROM capacity.loss_waterfall" + three + " WHERE position = 1")
                        .values("seconds"))
                .containsExactly(3 * 3600.0);
    }

    @Test
    void need_is_compared_with_a_month_at_the_pace_of_whole_days() throws SQLException {
        // Two lines of charges, 55 units an hour, 142 hours in six days: the first day began before the data.
        double pace = 2 * 55 * 142 / 6.0 * 30.4375;
        Answer charge = ask("SELECT days, units_per_month, crisis_ratio FROM capacity.made_against_need('"
                + FilledBoard.WEEK_START + "', '" + LAST_INSTANT + "') WHERE product_id = 'charge'");
        assertThat(charge.values("days")).containsExactly(6);
        assertThat((Double) charge.values("units_per_month").get(0)).isCloseTo(pace, within(1e-6));
        assertThat((Double) charge.values("crisis_ratio").get(0)).isCloseTo(pace / 100_000, within(1e-9));
    }

    @Test
    void days_count_only_where_they_are_whole_in_every_plant() throws SQLException {
        // Where the data ends it is the afternoon of the 15th in Los Angeles, so the days from the 10th to the 14th
        // count.
        double pace = 2 * 55 * 24 * 30.4375;
        Answer charge = askAfter(
                "INSERT INTO plant (plant_id, valid_from, revision, received_at, name, nation, parent_entity, latitude,"
                        + " longitude, time_zone) VALUES ('3FAB0', '-infinity', 0, '2026-11-01Z', 'Fuzes west', 'USA',"
                        + " 'West works', 34, -118, 'America/Los_Angeles')",
                "SELECT days, units_per_month FROM capacity.made_against_need('" + FilledBoard.WEEK_START + "', '"
                        + LAST_INSTANT + "') WHERE product_id = 'charge'");
        assertThat(charge.rows()).containsExactly(Map.of("days", 5, "units_per_month", pace));
        Answer later = ask("SELECT days, units_per_month FROM capacity.made_against_need('2026-11-11 22:30Z',"
                + " '2026-11-13 22:30Z') WHERE product_id = 'charge'");
        assertThat(later.rows()).containsExactly(Map.of("days", 3, "units_per_month", pace));
    }

    @Test
    void need_is_met_nobody_knows_how_far_for_what_is_silent_and_for_what_no_line_makes() throws SQLException {
        Answer need = askAfter(
                """
                UPDATE line_product_day SET unknown_ms = planned_ms, good_units = 0 WHERE product_id = 'charge';
                INSERT INTO surge_requirement (product_id, posture, valid_from, revision, received_at, units_per_month)
                VALUES ('fuze', 'CRISIS', '-infinity', 0, '2026-11-01Z', 1000)
                """,
                "SELECT product_id, completeness, units_per_month, crisis_ratio, main_plant_id FROM capacity.made_against_need('"
                        + FilledBoard.WEEK_START + "', '" + LAST_INSTANT + "') ORDER BY 1");
        assertThat(need.values("product_id")).containsExactly("charge", "fuze", "igniter", "round", "shell", "trainer");
        assertThat(need.values("completeness").subList(0, 2)).containsExactly(0.0, null);
        assertThat(need.values("units_per_month").subList(0, 2)).containsExactly(null, null);
        assertThat(need.values("crisis_ratio").subList(0, 2)).containsExactly(null, null);
        assertThat(need.values("main_plant_id")).containsExactly(null, null, null, null, "1FAB0", null);
    }

    @Test
    void a_silent_day_has_no_output_against_plan() throws SQLException {
        Answer made = askAfter(
                "UPDATE line_product_day SET unknown_ms = planned_ms, good_units = 0 WHERE line_id = 'fill-1'",
                "SELECT plan_units, plan_ratio, main_plant_id FROM capacity.made('line', '" + FilledBoard.WEEK_START
                        + "', '" + LAST_INSTANT + "') WHERE group_id = 'fill-1'");
        assertThat(made.values("plan_units")).containsExactly(160 * 120.0);
        assertThat(made.values("plan_ratio")).containsOnlyNulls();
        assertThat(made.values("main_plant_id")).containsExactly("2FAB0");
    }

    @Test
    void a_line_that_is_not_yet_accepted_counts_nowhere() throws SQLException {
        String accepted = "UPDATE line SET available_from = '2027-01-01Z' WHERE line_id = 'fill-2'";
        String week = "'" + FilledBoard.WEEK_START + "', '" + LAST_INSTANT + "')";
        assertThat(askAfter(
                                accepted,
                                "SELECT lines, planned_seconds::float8 AS planned, good_units, plan_ratio FROM capacity.made('product', "
                                        + week + " WHERE group_id = 'charge'")
                        .rows())
                .containsExactly(Map.of(
                        "lines", 1L, "planned", 160 * 3600.0, "good_units", 160 * 55L, "plan_ratio", 55.0 / 120));
        assertThat(askAfter(
                                accepted,
                                "SELECT good_units, plan_units, plan_ratio FROM capacity.line_totals(ARRAY['fill-1', 'fill-2'], "
                                        + week)
                        .rows())
                .containsExactly(Map.of("good_units", 160 * 55L, "plan_units", 160 * 120.0, "plan_ratio", 55.0 / 120));
        assertThat(askAfter(
                                accepted,
                                "SELECT seconds::float8 AS seconds FROM capacity.loss_waterfall(ARRAY['fill-1', 'fill-2'], "
                                        + week + " WHERE position = 1")
                        .values("seconds"))
                .containsExactly(160 * 3600.0);
        Answer now = askAfter(
                accepted,
                "SELECT doing, planned_now, plan_units_last_hour FROM capacity.lines_now() WHERE line_id LIKE 'fill%' ORDER BY line_id");
        assertThat(now.values("doing")).containsExactly("PRODUCING", "NOT_PLANNED");
        assertThat(now.values("planned_now")).containsExactly(true, false);
        assertThat(now.values("plan_units_last_hour")).containsExactly(120.0, null);
    }

    @Test
    void a_silent_hour_has_neither_units_nor_output_against_plan() throws SQLException {
        Answer now = askAfter(
                "UPDATE line_product_minute SET unknown_ms = planned_ms, producing_ms = 0, good_units = 0 WHERE line_id = 'fill-1';"
                        + "UPDATE line_current SET units_last_hour = 0 WHERE line_id LIKE 'fill%'",
                "SELECT plan_units_last_hour, plan_ratio_last_hour FROM capacity.lines_now() WHERE line_id LIKE 'fill%' ORDER BY line_id");
        assertThat(now.values("plan_units_last_hour")).containsExactly(120.0, 120.0);
        assertThat(now.values("plan_ratio_last_hour")).containsExactly(null, 0.0);
        Answer hours = askAfter(
                "UPDATE line_product_hour SET unknown_ms = planned_ms, good_units = 0, scrap_units = 0 WHERE line_id = 'fill-1'"
                        + " AND window_start = '2026-11-15 07:00Z'",
                "SELECT good_units, plan_ratio FROM capacity.line_hours(ARRAY['fill-1'], '2026-11-15 06:00Z', '2026-11-15 08:00Z')"
                        + " ORDER BY window_start");
        assertThat(hours.values("good_units")).containsExactly(55L, null);
        assertThat(hours.values("plan_ratio")).containsExactly(55.0 / 120, null);
    }

    @Test
    void production_days_of_a_range_are_those_of_the_zone_of_the_plant() throws SQLException {
        // In Oslo and Rome the 15th begins at 23:00 UTC on the 14th.
        String days = "SELECT DISTINCT production_day::text AS day FROM capacity.placed_days('%s', '%s') ORDER BY 1";
        assertThat(ask(days.formatted("2026-11-14T22:00:00Z", "2026-11-14T23:00:00Z"))
                        .values("day"))
                .containsExactly("2026-11-14");
        assertThat(ask(days.formatted("2026-11-14T22:30:00Z", "2026-11-14T23:30:00Z"))
                        .values("day"))
                .containsExactly("2026-11-14", "2026-11-15");
        assertThat(ask(days.formatted("2026-11-14T23:00:00Z", "2026-11-15T23:00:00Z"))
                        .values("day"))
                .containsExactly("2026-11-15");
    }

    @Test
    void a_day_that_lies_far_behind_utc_is_found() throws SQLException {
        // In Honolulu the 10th is not over before nine in the morning UTC on the 12th.
        Answer days = askAfter(
                "UPDATE plant SET time_zone = 'Pacific/Honolulu', day_starts_at = '23:00' WHERE plant_id = '2FAB0'",
                "SELECT DISTINCT production_day::text AS day FROM capacity.placed_days('2026-11-12 06:00Z', '2026-11-12 07:00Z')"
                        + " WHERE line_id = 'fill-1'");
        assertThat(days.values("day")).containsExactly("2026-11-10");
    }

    @Test
    void a_line_that_nothing_is_written_of_since_is_shown_up_to_the_time_of_all() throws SQLException {
        String behind = "UPDATE line_current SET watermark = '2026-11-15 22:00Z' WHERE line_id LIKE 'fill%'";
        String morning = "(ARRAY['fill-1'], '2026-11-15 20:00Z', '2026-11-16 06:00Z')";
        assertThat(askAfter(
                                behind,
                                "SELECT max(window_start) = '2026-11-15 23:00Z' AS last FROM capacity.line_hours"
                                        + morning)
                        .values("last"))
                .containsExactly(true);
        assertThat(askAfter(
                                behind,
                                "SELECT max(window_start) = '2026-11-15 23:59Z' AS last FROM capacity.line_doings"
                                        + morning)
                        .values("last"))
                .containsExactly(true);
        assertThat(askAfter(
                                behind,
                                "SELECT watermark = '2026-11-16Z' AS last FROM capacity.plants_now() WHERE plant_id = '2FAB0'")
                        .values("last"))
                .containsExactly(true);
        assertThat(askAfter(behind, "SELECT seconds_since FROM capacity.lines_now() WHERE line_id = 'fill-1'")
                        .values("seconds_since"))
                .containsExactly(4 * 3600.0);
    }

    @Test
    void what_lines_did_is_shown_by_minute_in_a_day_and_by_hour_in_a_week() throws SQLException {
        String doings =
                "SELECT doing, count(*) AS slots FROM capacity.line_doings(ARRAY['press-3'], '%s', '%s') GROUP BY 1 ORDER BY 1";
        // The first six hours of the day nothing was planned; whatever lies ahead of the watermark is left out.
        assertThat(ask(doings.formatted("2026-11-15T06:00:00Z", "2026-11-16T06:00:00Z"))
                        .rows())
                .containsExactly(Map.of("doing", 1, "slots", 720L), Map.of("doing", 5, "slots", 360L));
        assertThat(ask(doings.formatted("2026-11-15T00:00:00Z", "2026-11-16T06:00:00Z"))
                        .values("doing"))
                .containsExactly(1, 7);
        assertThat(ask(doings.formatted(FilledBoard.WEEK_START.toString(), "2026-11-16T00:00:00Z"))
                        .values("slots"))
                .containsExactly(160L, 8L);
    }

    @Test
    void a_cycle_that_cannot_be_right_is_shown_beside_the_one_that_the_figures_suggest() throws SQLException {
        Answer suspect = ask(
                "SELECT DISTINCT line_id, ideal_cycle_seconds, observed_cycle_seconds FROM capacity.suspect_cycles('"
                        + FilledBoard.WEEK_START + "', '" + LAST_INSTANT + "')");
        assertThat(suspect.rows())
                .containsExactly(
                        Map.of("line_id", "press-1", "ideal_cycle_seconds", 30.0, "observed_cycle_seconds", 15.0));
    }

    @Test
    void shares_of_losses_add_up() throws SQLException {
        Answer pareto = ask("SELECT loss, share_so_far FROM capacity.loss_pareto(ARRAY['press-1', 'press-2'], '"
                + FilledBoard.WEEK_START + "', '" + LAST_INSTANT + "') ORDER BY position");
        assertThat(pareto.values("loss")).containsExactly("Down: tool-broken", "Setup", "Unknown");
        assertThat((Double) pareto.values("share_so_far").get(2)).isCloseTo(1, within(1e-12));
    }

    @Test
    void sessions_of_reader_and_writer_count_days_in_utc() throws SQLException {
        Answer settings = ask("SELECT rolname FROM pg_db_role_setting JOIN pg_roles ON pg_roles.oid = setrole"
                + " WHERE 'TimeZone=UTC' = ANY (setconfig) ORDER BY 1");
        assertThat(settings.values("rolname")).containsExactly("capacity_reader", "capacity_writer");
    }
}
