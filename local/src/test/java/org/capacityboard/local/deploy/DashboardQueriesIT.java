package org.capacityboard.local.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.capacityboard.domain.surge.SurgeSnapshot;
import org.capacityboard.flink.rows.SurgeSnapshotJson;
import org.capacityboard.local.deploy.Dashboard.Query;
import org.capacityboard.viewer.grafana.GrafanaSql;
import org.capacityboard.viewer.grafana.GrafanaSql.Chosen;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every panel asks as the reader, as Grafana would, and gets what its kind of panel draws. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@SuppressWarnings("NullAway.Init")
final class DashboardQueriesIT {
    private static final Set<String> NUMBERS = Set.of("int2", "int4", "int8", "numeric", "float4", "float8");

    private static final Instant LAST_INSTANT = FilledBoard.WEEK_END.minusMillis(1);

    /** Of areas and nations those that show something in every panel; of the others little is known, which is an answer too. */
    private static final Map<String, List<String>> FULL_PAGES =
            Map.of("area", List.of("AMMUNITION"), "nation", List.of("ITA", "NOR"));

    /** What a page looks at. */
    private record Range(Instant from, Instant to) {}

    /** How many of a variable's values are picked. */
    enum Selection {
        ONE,
        SEVERAL,
        ALL;

        /** Nothing is offered where nothing is known yet: then Grafana puts nothing in the place of a variable. */
        List<String> of(List<String> options, boolean severalAllowed) {
            if (options.isEmpty()) {
                return List.of("");
            }
            if (!severalAllowed) {
                return List.of(this == ALL ? options.get(options.size() - 1) : options.get(0));
            }
            return switch (this) {
                case ONE -> options.subList(0, 1);
                case SEVERAL -> options.subList(0, 2);
                case ALL -> options;
            };
        }
    }

    /** A result, as much of it as the checks need. */
    private record Answer(Map<String, String> types, List<Map<String, @Nullable Object>> rows) {
        List<String> columns() {
            return List.copyOf(types.keySet());
        }

        List<@Nullable Object> values(String column) {
            List<@Nullable Object> values = new ArrayList<>();
            rows.forEach(row -> values.add(row.get(column)));
            return values;
        }
    }

    private FilledBoard board;
    private Connection reader;

    @BeforeAll
    void fillTheBoard(@TempDir Path directory) throws SQLException {
        board = new FilledBoard(directory);
        reader = board.reader();
    }

    @AfterAll
    void stop() throws SQLException {
        reader.close();
        board.close();
    }

    @ParameterizedTest
    @EnumSource(Selection.class)
    void every_panel_gets_rows_for_the_whole_week(Selection selection) throws SQLException {
        everyPanelAnswers(selection, new Range(FilledBoard.WEEK_START, LAST_INSTANT), true);
    }

    @ParameterizedTest
    @EnumSource(Selection.class)
    void every_panel_gets_rows_for_the_last_day(Selection selection) throws SQLException {
        everyPanelAnswers(selection, new Range(FilledBoard.LAST_DAY_START, LAST_INSTANT), true);
    }

    @ParameterizedTest
    @EnumSource(Selection.class)
    void every_panel_answers_for_an_hour_in_the_middle_of_one(Selection selection) throws SQLException {
        Instant start = Instant.parse("2026-11-15T18:30:00Z");
        everyPanelAnswers(selection, new Range(start, start.plus(Duration.ofHours(1))), false);
    }

    @ParameterizedTest
    @EnumSource(Selection.class)
    void every_panel_gets_rows_for_thirty_days_that_end_ahead_of_the_data(Selection selection) throws SQLException {
        Instant end = FilledBoard.WEEK_END.plus(Duration.ofDays(1));
        everyPanelAnswers(selection, new Range(end.minus(Duration.ofDays(30)), end), true);
    }

    @ParameterizedTest
    @EnumSource(Selection.class)
    void a_range_without_data_is_no_error(Selection selection) throws SQLException {
        Instant longAgo = Instant.parse("2001-01-01T00:00:00Z");
        everyPanelAnswers(selection, new Range(longAgo, longAgo.plus(Duration.ofHours(1))), false);
    }

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
    void a_percentile_says_in_words_when_it_is_not_reached_or_rests_on_fewer_than_five() throws SQLException {
        String words = "SELECT p50_in_words, p80_in_words FROM capacity.lead_times_at('" + LAST_INSTANT
                + "') WHERE cohort = 'trailing' AND basis = 'LAST_UNIT' AND group_id = '%s'";
        assertThat(ask(words.formatted("shell")).rows())
                .containsExactly(Map.of("p50_in_words", "40 days", "p80_in_words", "75 days"));
        assertThat(ask(words.formatted("charge")).rows())
                .containsExactly(Map.of("p50_in_words", "92 days", "p80_in_words", "not reached"));
        assertThat(ask(words.formatted("EST")).rows())
                .containsExactly(Map.of("p50_in_words", "22 days (3 at risk)", "p80_in_words", "not reached"));
        assertThat(
                        ask("SELECT capacity.days_in_words(9.94, 5, 9, false) AS a, capacity.days_in_words(9.96, 4, 9, false) AS b,"
                                        + " capacity.days_in_words(NULL, 0, 0, true) AS c")
                                .rows())
                .containsExactly(Map.of("a", "9.9 days", "b", "10 days (4 at risk)", "c", "no orders"));
    }

    @Test
    void a_percentile_cannot_be_said_where_the_curve_ended_too_early_or_no_completed_order_is_in_it()
            throws SQLException {
        String nowhere =
                "UPDATE lead_time SET p50_days = NULL, p80_days = NULL, p90_days = NULL WHERE group_id = 'shell';";
        String words = "SELECT p50_in_words, p80_in_words, p90_in_words FROM capacity.lead_times_at('%s')"
                + " WHERE cohort = 'trailing' AND basis = 'LAST_UNIT' AND group_id = 'shell'";
        assertThat(askAfter(nowhere, words.formatted(LAST_INSTANT)).values("p90_in_words"))
                .containsExactly("not reached");
        String endedEarly =
                nowhere + "UPDATE lead_time_curve SET survival[150:203] = array_fill('NaN'::float8, ARRAY[54])"
                        + " WHERE group_id = 'shell' AND cohort = 'trailing'";
        assertThat(askAfter(endedEarly, words.formatted(LAST_INSTANT)).rows())
                .containsExactly(Map.of(
                        "p50_in_words",
                        "cannot be said",
                        "p80_in_words",
                        "cannot be said",
                        "p90_in_words",
                        "cannot be said"));
        assertThat(askAfter(endedEarly, words.formatted("2026-11-11Z")).values("p50_in_words"))
                .containsExactly("not reached");
        String noneCounts =
                nowhere + "UPDATE lead_time SET completed_only_mean_days = NULL WHERE group_id IN ('shell', 'charge')";
        assertThat(askAfter(noneCounts, words.formatted(LAST_INSTANT)).values("p50_in_words"))
                .containsExactly("cannot be said");
        assertThat(askAfter(
                                noneCounts + ";UPDATE lead_time SET orders_completed = 0 WHERE group_id = 'shell'",
                                words.formatted(LAST_INSTANT))
                        .values("p50_in_words"))
                .containsExactly("not reached");
    }

    @Test
    void a_share_is_rounded_neither_to_nobody_nor_to_everybody_and_cover_not_beyond_ten_years() throws SQLException {
        Answer shell = askAfter(
                "UPDATE lead_time_curve SET survival[30] = 0.996, survival[60] = 0.004, survival[90] = 0.014 WHERE group_id = 'shell'",
                "SELECT after_30, after_60, after_90 FROM capacity.still_waiting('alliance') WHERE group_id = 'shell'");
        assertThat(shell.rows())
                .containsExactly(Map.of("after_30", "> 99 % (51)", "after_60", "< 1 % (43)", "after_90", "1 % (34)"));
        String cover =
                "SELECT cover_in_words FROM capacity.backlogs_at('" + LAST_INSTANT + "') WHERE group_id = 'shell'";
        String backlog = "UPDATE order_backlog SET accepted_units = 13, backlog_units = %d WHERE group_id = 'shell'";
        assertThat(askAfter(backlog.formatted(521), cover).values("cover_in_words"))
                .containsExactly("521.0 weeks");
        assertThat(askAfter(backlog.formatted(900_000_000_000L), cover).values("cover_in_words"))
                .containsExactly("> 10 years");
    }

    @Test
    void percentiles_with_fewer_than_five_at_risk_are_drawn_apart_from_the_others() throws SQLException {
        String week = "', '" + FilledBoard.WEEK_START + "', '" + LAST_INSTANT + "')";
        String trend = "SELECT DISTINCT p50_days, few_p50_days FROM capacity.lead_time_trend('";
        assertThat(ask(trend + "product', 'shell" + week).values("p50_days")).containsExactly(40.0);
        assertThat(ask(trend + "product', 'shell" + week).values("few_p50_days"))
                .containsOnlyNulls();
        assertThat(ask(trend + "buyer_nation', 'EST" + week).values("p50_days")).containsOnlyNulls();
        assertThat(ask(trend + "buyer_nation', 'EST" + week).values("few_p50_days"))
                .containsExactly(21.5);
    }

    @Test
    void a_group_in_which_nothing_happened_today_is_shown_as_of_yesterday() throws SQLException {
        Answer shell = askAfter(
                "DELETE FROM lead_time WHERE group_id = 'shell' AND as_of = '2026-11-15';"
                        + "DELETE FROM order_backlog WHERE group_id = 'shell' AND as_of = '2026-11-15'",
                "SELECT as_of::text AS as_of, backlog_units FROM capacity.backlogs_at('" + LAST_INSTANT
                        + "') WHERE group_id IN ('shell', 'charge') ORDER BY group_id DESC");
        assertThat(shell.values("as_of")).containsExactly("2026-11-14", "2026-11-15");
        Answer before = ask("SELECT DISTINCT as_of::text AS as_of FROM capacity.lead_times_at('2026-11-11Z')");
        assertThat(before.values("as_of")).containsExactly("2026-11-10");
    }

    @Test
    void a_curve_is_shown_in_weeks_and_is_the_one_of_the_database() throws SQLException {
        Answer steps = ask(
                "SELECT steps.days, steps.survival, steps.at_risk FROM capacity.lead_time_steps('product', 'shell') AS steps ORDER BY 1");
        assertThat(steps.values("days")).startsWith(7, 14, 21).endsWith(203);
        Answer curve =
                ask("SELECT day + 1 AS days, survival, at_risk FROM capacity.lead_time_curve WHERE group_id = 'shell'"
                        + " AND cohort = 'trailing' AND basis = 'LAST_UNIT' AND (day + 1) % 7 = 0 ORDER BY 1");
        assertThat(steps.rows()).isEqualTo(curve.rows());
    }

    @Test
    void a_curve_says_nothing_behind_its_end_unless_everybody_was_served() throws SQLException {
        Answer products = ask(
                "SELECT group_id, after_60, after_180, after_365, gone_days FROM capacity.still_waiting('alliance') ORDER BY 1");
        assertThat(products.values("group_id")).containsExactly("charge", "shell");
        assertThat(products.values("after_60")).containsExactly("70 % (43)", "70 % (43)");
        assertThat(products.values("after_180")).containsExactly("40 % (9)", "10 % (9)");
        assertThat(products.values("after_365")).containsExactly(null, "0 %");
        assertThat(products.values("gone_days")).containsExactly(null, 200);
    }

    @Test
    void a_week_in_which_nothing_fell_due_is_shown_and_has_no_ratio() throws SQLException {
        Answer weeks = ask("SELECT iso_week, lines_due, lines_late, on_time_in_full_ratio FROM"
                + " capacity.on_time_weeks('product', 'shell', '2026-10-20Z', '2026-12-01Z') ORDER BY 1");
        assertThat(weeks.values("iso_week")).containsExactly("2026-W43", "2026-W44", "2026-W45", "2026-W46");
        assertThat(weeks.values("lines_due")).containsExactly(8L, 0L, 8L, 8L);
        assertThat(weeks.values("lines_late")).containsExactly(1L, 0L, 1L, 1L);
        assertThat(weeks.values("on_time_in_full_ratio")).containsExactly(0.875, null, 0.875, 0.875);
    }

    @Test
    void weeks_are_those_of_iso_in_utc() throws SQLException {
        assertThat(ask("SELECT capacity.week_of('2027-01-03 23:59Z') AS last, capacity.week_of('2027-01-04Z') AS first")
                        .rows())
                .containsExactly(Map.of("last", "2026-W53", "first", "2027-W01"));
    }

    @Test
    void open_orders_of_groups_add_up_to_all() throws SQLException {
        Answer all = ask("SELECT count(*) AS orders, sum(backlog_units)::bigint AS units FROM"
                + " capacity.open_orders('alliance', 'alliance')");
        assertThat(all.rows()).containsExactly(Map.of("orders", 22L, "units", 9 * 700L + 12 * 500 + 50));
        for (List<String> parts : List.of(
                List.of("plant", "1FAB0", "2FAB0"),
                List.of("nation", "NOR", "ITA"),
                List.of("buyer_nation", "EST", "POL"),
                List.of("product", "shell", "charge", "fuze"))) {
            long orders = 0;
            for (String part : parts.subList(1, parts.size())) {
                Answer some = ask(
                        "SELECT count(*) AS orders FROM capacity.open_orders('" + parts.get(0) + "', '" + part + "')");
                orders += (Long) some.values("orders").get(0);
            }
            assertThat(orders).as(parts.get(0)).isEqualTo(22);
        }
        // A product that nobody described belongs to no area.
        assertThat(ask("SELECT count(*) AS orders FROM capacity.open_orders('capability_area', 'AMMUNITION')")
                        .values("orders"))
                .containsExactly(21L);
    }

    @Test
    void an_order_is_overdue_once_the_day_of_its_first_promise_is_over_in_the_plant() throws SQLException {
        // Promised for noon of the 6th, 9th, 12th and 15th; the last of these days ended at 23:00 UTC.
        Answer overdue = ask(
                "SELECT order_id, overdue_days, first_promise_week, promise_week FROM capacity.open_orders('product',"
                        + " 'charge') WHERE overdue ORDER BY confirmed_at");
        assertThat(overdue.values("order_id")).containsExactly("charge-1", "charge-2", "charge-3", "charge-4");
        assertThat(overdue.values("overdue_days")).containsExactly(9.5, 6.5, 3.5, 0.5);
        assertThat(overdue.values("first_promise_week")).startsWith("2026-W45");
        assertThat(overdue.values("promise_week")).containsOnly("2026-W51");
    }

    @Test
    void an_order_book_moves_is_stalled_or_has_too_little_output_for_a_forecast() throws SQLException {
        Answer books = ask("SELECT product_id, standing, open_orders, overdue_orders, last_forecast_week FROM"
                + " capacity.order_books('alliance', 'alliance') ORDER BY 1");
        assertThat(books.values("product_id")).containsExactly("charge", "fuze", "shell");
        assertThat(books.values("standing")).containsExactly("STALLED", "NO_FORECAST", "MOVING");
        assertThat(books.values("open_orders")).containsExactly(12L, 1L, 9L);
        assertThat(books.values("overdue_orders")).containsExactly(4L, 0L, 0L);
        assertThat(books.values("last_forecast_week")).containsExactly(null, null, "2027-W15");
    }

    @Test
    void an_order_book_moves_if_any_line_has_a_forecast_and_its_end_is_known_if_all_have() throws SQLException {
        Answer shell = askAfter(
                "UPDATE order_status SET forecast_p50_at = NULL, forecast_p80_at = NULL, slip_days = NULL WHERE order_id = 'shell-9'",
                "SELECT standing, open_orders, without_forecast, last_forecast_week FROM"
                        + " capacity.order_books('product', 'shell')");
        assertThat(shell.values("standing")).containsExactly("MOVING");
        assertThat(shell.values("open_orders")).containsExactly(9L);
        assertThat(shell.values("without_forecast")).containsExactly(1L);
        assertThat(shell.values("last_forecast_week")).containsOnlyNulls();
    }

    @Test
    void what_is_odd_about_an_order_stands_there_in_words() throws SQLException {
        assertThat(ask("SELECT odd FROM capacity.odd_orders('buyer_nation', 'POL') ORDER BY 1")
                        .values("odd"))
                .containsExactly("Accepted after cancellation", "Accepted more than ordered, accepted before dispatch");
    }

    @Test
    void an_order_belongs_to_the_area_and_nation_of_the_time_when_it_was_confirmed() throws SQLException {
        String moved =
                """
                INSERT INTO plant (plant_id, valid_from, revision, received_at, name, nation, parent_entity, latitude, longitude, time_zone)
                VALUES ('1FAB0', '2026-09-15Z', 0, '2026-09-01Z', 'Shells west', 'DNK', 'North works', 56, 9, 'Europe/Copenhagen')
                """;
        String ofNation =
                "SELECT count(*) AS orders FROM capacity.open_orders('nation', '%s') WHERE product_id = 'shell'";
        assertThat(askAfter(moved, ofNation.formatted("NOR")).values("orders")).containsExactly(4L);
        assertThat(askAfter(moved, ofNation.formatted("DNK")).values("orders")).containsExactly(5L);
    }

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

    @Test
    void every_panel_answers_before_the_first_order_and_all_orders_can_be_chosen() throws SQLException {
        Range week = new Range(FilledBoard.WEEK_START, LAST_INSTANT);
        Map<Dashboard, Map<String, Chosen>> chosen = new LinkedHashMap<>();
        for (Dashboard dashboard : Dashboard.committed()) {
            Map<String, Chosen> first = choice(dashboard, Selection.ONE, week);
            List.of("kind", "group").forEach(name -> first.replace(name, new Chosen(List.of("alliance"), false)));
            chosen.put(dashboard, first);
        }
        try (Connection superuser = board.superuser();
                Statement statement = superuser.createStatement()) {
            statement.execute("SET TIME ZONE 'UTC'; SET search_path = store");
            superuser.setAutoCommit(false);
            statement.execute("TRUNCATE lead_time, lead_time_curve, order_backlog, on_time_week, order_status");
            assertThat(ask(superuser, "SELECT group_id FROM capacity.order_groups()")
                            .values("group_id"))
                    .containsExactly("alliance");
            for (Map.Entry<Dashboard, Map<String, Chosen>> page : chosen.entrySet()) {
                GrafanaSql grafana = new GrafanaSql(page.getValue(), week.from(), week.to(), Duration.ofMinutes(5));
                for (Query query : page.getKey().queries()) {
                    check(query, ask(superuser, grafana.expand(query.sql())), week, false);
                }
            }
            superuser.rollback();
        }
    }

    @Test
    void sessions_of_reader_and_writer_count_days_in_utc() throws SQLException {
        Answer settings = ask("SELECT rolname FROM pg_db_role_setting JOIN pg_roles ON pg_roles.oid = setrole"
                + " WHERE 'TimeZone=UTC' = ANY (setconfig) ORDER BY 1");
        assertThat(settings.values("rolname")).containsExactly("capacity_reader", "capacity_writer");
    }

    private void everyPanelAnswers(Selection selection, Range range, boolean withRows) throws SQLException {
        for (Dashboard dashboard : Dashboard.committed()) {
            GrafanaSql grafana = grafana(dashboard, selection, range);
            for (Query query : dashboard.queries()) {
                String sql = grafana.expand(query.sql());
                Answer answer = ask(sql);
                if (withRows) {
                    assertThat(answer.rows()).as("%s: rows of %s", query, sql).isNotEmpty();
                }
                check(query, answer, range, withRows);
            }
        }
    }

    private static void check(Query query, Answer answer, Range range, boolean withRows) {
        boolean series = query.target().path("format").asText().equals("time_series");
        String type = query.panelType();
        assertThat(series)
                .as("%s: format of a %s", query, type)
                .isEqualTo(type.equals("timeseries") || type.equals("state-timeline"));
        if (series) {
            checkSeries(query, answer, range);
        } else if (!type.equals("table")) {
            checkFigures(query, answer, withRows);
        }
        for (JsonNode override : query.panel().path("fieldConfig").path("overrides")) {
            JsonNode matcher = override.path("matcher");
            if (matcher.path("id").asText().equals("byName")) {
                assertThat(answer.columns())
                        .as("%s: columns named by overrides", query)
                        .contains(matcher.path("options").asText());
            }
        }
    }

    /** Grafana turns long rows into one series a text value, and refuses times that go back. */
    private static void checkSeries(Query query, Answer answer, Range range) {
        assertThat(answer.types()).as("%s: columns", query).containsEntry("time", "timestamptz");
        assertThat(numbers(answer)).as("%s: columns to draw", query).isNotEmpty();
        assertThat(answer.types().values())
                .as("%s: text names the series", query)
                .filteredOn("text"::equals)
                .hasSizeLessThanOrEqualTo(1);
        List<Instant> times = answer.values("time").stream()
                .map(time -> time instanceof Timestamp at ? at.toInstant() : Instant.MIN)
                .toList();
        assertThat(times).as("%s: times", query).isSorted().doesNotContain(Instant.MIN);
        // A production day is drawn at midnight UTC of its date, which may lie before the range.
        assertThat(times).as("%s: times in the range", query).allSatisfy(time -> assertThat(time)
                .isBetween(range.from().minus(Duration.ofDays(1)), range.to()));
        assertThat(answer.rows().stream().map(row -> List.of(row.get("time"), String.valueOf(row.get("metric")))))
                .as("%s: one point a series and time", query)
                .doesNotHaveDuplicates();
    }

    /** One row of figures, or one row a bar that a text names. */
    private static void checkFigures(Query query, Answer answer, boolean withRows) {
        List<String> shown = new ArrayList<>(answer.columns());
        boolean words = query.panelType().equals("stat");
        if (query.panelType().equals("barchart")
                || query.panel()
                        .path("options")
                        .path("reduceOptions")
                        .path("values")
                        .asBoolean()) {
            String category = shown.remove(0);
            assertThat(answer.types()).as("%s: names of the bars", query).containsEntry(category, "text");
            assertThat(query.panel().path("options").path("xField").asText(category))
                    .isEqualTo(category);
            assertThat(answer.values(category))
                    .as("%s: names of the bars", query)
                    .doesNotHaveDuplicates();
        } else {
            assertThat(answer.rows()).as("%s: one row", query).hasSizeLessThanOrEqualTo(1);
        }
        assertThat(shown).as("%s: figures", query).isNotEmpty();
        for (String column : shown) {
            assertThat(answer.types().get(column))
                    .as("%s: type of %s", query, column)
                    .matches(type ->
                            NUMBERS.contains(type) || type.equals("timestamptz") || (words && type.equals("text")));
            if (withRows) {
                assertThat(answer.values(column)).as("%s: %s", query, column).doesNotContainNull();
            }
        }
    }

    private static List<String> numbers(Answer answer) {
        return answer.columns().stream()
                .filter(column -> NUMBERS.contains(answer.types().get(column)))
                .toList();
    }

    private GrafanaSql grafana(Dashboard dashboard, Selection selection, Range range) throws SQLException {
        return new GrafanaSql(choice(dashboard, selection, range), range.from(), range.to(), Duration.ofMinutes(5));
    }

    private Map<String, Chosen> choice(Dashboard dashboard, Selection selection, Range range) throws SQLException {
        Map<String, Chosen> chosen = new LinkedHashMap<>();
        for (JsonNode variable : dashboard.variables()) {
            GrafanaSql soFar = new GrafanaSql(chosen, range.from(), range.to(), Duration.ofMinutes(5));
            Answer offered = ask(soFar.expand(variable.path("query").asText()));
            assertThat(offered.columns())
                    .isIn(
                            List.of("__value", "__text"),
                            List.of(offered.columns().get(0)));
            List<String> options = offered.values(offered.columns().get(0)).stream()
                    .map(String::valueOf)
                    .filter(option -> FULL_PAGES
                            .getOrDefault(variable.path("name").asText(), List.of(option))
                            .contains(option))
                    .toList();
            boolean several = variable.path("multi").asBoolean()
                    || variable.path("includeAll").asBoolean();
            chosen.put(variable.path("name").asText(), new Chosen(selection.of(options, several), several));
        }
        return chosen;
    }

    /** What is answered once more has been written, which is taken back. */
    private Answer askAfter(String writes, String sql) throws SQLException {
        try (Connection superuser = board.superuser();
                Statement statement = superuser.createStatement()) {
            statement.execute("SET TIME ZONE 'UTC'; SET search_path = store");
            superuser.setAutoCommit(false);
            statement.execute(writes);
            Answer answer = ask(superuser, sql);
            superuser.rollback();
            return answer;
        }
    }

    private Answer ask(String sql) throws SQLException {
        return ask(reader, sql);
    }

    private static Answer ask(Connection session, String sql) throws SQLException {
        try (Statement statement = session.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            ResultSetMetaData meta = result.getMetaData();
            Map<String, String> types = new LinkedHashMap<>();
            for (int i = 1; i <= meta.getColumnCount(); i++) {
                assertThat(types.put(meta.getColumnLabel(i), meta.getColumnTypeName(i)))
                        .as("column %s stands once in %s", meta.getColumnLabel(i), sql)
                        .isNull();
            }
            List<Map<String, @Nullable Object>> rows = new ArrayList<>();
            while (result.next()) {
                Map<String, @Nullable Object> row = new LinkedHashMap<>();
                for (String column : types.keySet()) {
                    row.put(column, result.getObject(column));
                }
                rows.add(row);
            }
            return new Answer(types, rows);
        } catch (SQLException e) {
            throw new SQLException(e.getMessage() + " in " + sql, e);
        }
    }
}
