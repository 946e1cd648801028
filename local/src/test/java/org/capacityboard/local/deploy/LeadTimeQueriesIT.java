package org.capacityboard.local.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What pages ask of orders and their lead times. */
final class LeadTimeQueriesIT extends BoardReader {
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
}
