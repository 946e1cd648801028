package org.capacityboard.local.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.capacityboard.local.deploy.Dashboard.Query;
import org.capacityboard.viewer.grafana.GrafanaSql;
import org.capacityboard.viewer.grafana.GrafanaSql.Chosen;
import org.junit.jupiter.api.Test;

/** What the pages of a capability area and of a nation ask is what was made, can be made, is owed and would be lost. */
final class AreaAndNationPanelsIT extends BoardReader {
    private static final String END = "'" + FilledBoard.WEEK_END + "'";
    private static final String WEEK = "'" + FilledBoard.WEEK_START + "', " + END;
    private static final double MONTH_DAYS = 30.4375;

    /** 55 units an hour in each of the 142 hours of the six days that are over and did not begin before the data. */
    private static final double LINE_UNITS = 55 * 142;

    private static final String DAY_COLUMNS =
            " (line_id, product_id, production_day, planned_ms, producing_ms, setup_ms, delay_ms, down_ms, unknown_ms, unplanned_producing_ms,"
                    + " good_units, scrap_units, rework_units, ideal_us, ideal_good_us, reports, duplicates, lost_reports, late_reports,"
                    + " generation, version, watermark, final) ";

    @Test
    void areas_are_those_that_have_products_and_read_as_words() throws SQLException {
        assertThat(texts("SELECT DISTINCT capability_area, area_name FROM capacity.products_now() ORDER BY 1"))
                .contains(List.of("AMMUNITION", "Ammunition"));
        assertThat(texts("SELECT capacity.in_words('ANTI_TANK_AND_DRONES')"))
                .containsExactly(List.of("Anti tank and drones"));
    }

    @Test
    void nations_with_plants_come_before_those_that_only_supply_and_those_that_only_buy() throws SQLException {
        List<List<String>> nations =
                texts("SELECT nation, standing FROM capacity.nations_now() ORDER BY standing, name");
        assertThat(nations).startsWith(List.of("ITA", "1"), List.of("NOR", "1")).endsWith(List.of("EST", "3"));
        assertThat(nations).contains(List.of("SWE", "2"));
    }

    @Test
    void four_weeks_are_whole_days_that_are_over_in_every_plant() throws SQLException {
        String weeks = "SELECT first_day, end_day, days FROM capacity.last_four_weeks('%s')";
        assertThat(texts(weeks.formatted("2026-11-16Z"))).containsExactly(List.of("2026-11-10", "2026-11-16", "6"));
        // In Oslo and Rome it is past midnight already, so the 14th is over.
        assertThat(texts(weeks.formatted("2026-11-14 23:30Z")))
                .containsExactly(List.of("2026-11-10", "2026-11-15", "5"));
        assertThat(texts(weeks.formatted("2026-11-14 22:30Z")).get(0)).endsWith("4");
        assertThat(texts(weeks.formatted("2001-01-01Z")).get(0)).endsWith("0");
        assertThat(textsAfter(
                        "INSERT INTO line_product_day" + DAY_COLUMNS
                                + "SELECT line_id, product_id, day, 86400000, 86400000, 0, 0, 0, 0, 0, 100, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1,"
                                + " '2026-11-16Z', true FROM line,"
                                + " generate_series('2026-09-01'::date, '2026-11-08', '1 day') AS day",
                        weeks.formatted("2026-11-16Z")))
                .containsExactly(List.of("2026-10-19", "2026-11-16", "28"));
    }

    @Test
    void the_monthly_rate_is_that_of_the_days_counted_and_unknown_where_nothing_is_known() throws SQLException {
        String rate = "SELECT units_per_month, made_ratio FROM capacity.product_standing(ARRAY['charge'], " + END
                + ") WHERE posture = 'CRISIS'";
        List<String> charge = texts(rate).get(0);
        assertThat(Double.parseDouble(charge.get(0))).isCloseTo(2 * LINE_UNITS * MONTH_DAYS / 6, within(1e-6));
        assertThat(Double.parseDouble(charge.get(1)))
                .isCloseTo(2 * LINE_UNITS * MONTH_DAYS / 6 / 100_000, within(1e-9));
        assertThat(textsAfter(
                        "UPDATE line_product_day SET unknown_ms = planned_ms, good_units = 0 WHERE product_id = 'charge'",
                        rate))
                .containsExactly(List.of("null", "null"));
        // No line makes rounds: they are a kit, of which nobody reports how many there are.
        assertThat(texts(rate.replace("'charge'", "'round'"))).containsExactly(List.of("null", "null"));
    }

    @Test
    void lines_of_which_nothing_was_heard_did_not_make_nothing() throws SQLException {
        String standing =
                "SELECT units_per_month, made_ratio, lines_in_words FROM capacity.product_standing(ARRAY['charge'], "
                        + END + ") WHERE posture = 'CRISIS'";
        String silent = "DELETE FROM line_product_day WHERE line_id = '%s'";
        assertThat(textsAfter("DELETE FROM line_product_day WHERE product_id = 'charge'", standing))
                .containsExactly(List.of("null", "null", "never reported"));
        assertThat(textsAfter(silent.formatted("fill-2"), standing).get(0)).endsWith("1 of 2 reported");
        assertThat(texts(standing.replace("'charge'", "'round'"))).containsExactly(List.of("null", "null", "no line"));
        assertThat(textsAfter(
                        silent.formatted("fill-2"),
                        "SELECT units_per_month FROM capacity.line_capacities(" + END + ") WHERE line_id = 'fill-2'"))
                .containsExactly(List.of("null"));
        // Both lines reported, on shells alone: so of charges they made none.
        assertThat(textsAfter("UPDATE line_product_day SET product_id = 'shell' WHERE product_id = 'charge'", standing))
                .containsExactly(List.of("0", "0", "all reported"));
    }

    @Test
    void what_is_announced_for_later_does_not_hold_yet() throws SQLException {
        String later =
                """
                INSERT INTO line (line_id, valid_from, revision, received_at, plant_id, product_id, ideal_cycle_seconds, cycles,
                    heartbeat_seconds, calendar, declared_units_per_hour, hours_per_week_peacetime, hours_per_week_crisis, hours_per_week_conflict)
                VALUES ('fill-1', '2027-01-01Z', 1, '2026-11-01Z', '1FAB0', 'shell', 30, '[]', 60, 'PLANNED', 120, 40, 120, 160);
                INSERT INTO plant (plant_id, valid_from, revision, received_at, name, nation, parent_entity, latitude, longitude, time_zone)
                VALUES ('2FAB0', '2027-01-01Z', 1, '2026-11-01Z', 'Moved', 'FRA', 'South works', 42, 12, 'Asia/Tokyo'),
                    ('3FAB0', '2027-01-01Z', 1, '2026-11-01Z', 'New', 'FRA', 'New works', 42, 12, 'Asia/Tokyo');
                INSERT INTO supplier (supplier_id, valid_from, revision, received_at, parent_entity, nation, allied, supplies)
                VALUES ('powder-south', '2027-01-01Z', 1, '2026-11-01Z', 'Southern Powder', 'FRA', true, '[]');
                INSERT INTO product (product_id, valid_from, revision, received_at, name, capability_area, bill_of_materials)
                VALUES ('charge', '2027-01-01Z', 1, '2026-11-01Z', 'Later charge', 'COMPONENT', '[]');
                INSERT INTO surge_requirement (product_id, posture, valid_from, revision, received_at, units_per_month)
                VALUES ('charge', 'CRISIS', '2027-01-01Z', 1, '2026-11-01Z', 1);
                """;
        for (String sql : List.of(
                "SELECT * FROM capacity.line_capacities(" + END + ") ORDER BY line_id",
                "SELECT * FROM capacity.product_standing(ARRAY['charge', 'shell'], " + END + ") ORDER BY 2, 5",
                "SELECT * FROM capacity.makers(" + WEEK + ") ORDER BY 1, 5",
                "SELECT * FROM capacity.nation_stocks('ITA', " + END + ") ORDER BY 2, 4",
                "SELECT * FROM capacity.nation_supplies('ITA', " + END + ") ORDER BY 1, 4",
                "SELECT * FROM capacity.last_four_weeks(" + END + ")",
                "SELECT * FROM capacity.products_now() ORDER BY 1",
                "SELECT * FROM capacity.nations_now() ORDER BY 1")) {
            assertThat(textsAfter(later, sql)).as(sql).isEqualTo(texts(sql)).isNotEmpty();
        }
    }

    @Test
    void a_plant_whose_nation_changed_within_the_weeks_counts_once() throws SQLException {
        assertThat(textsAfter(
                        """
                        INSERT INTO plant (plant_id, valid_from, revision, received_at, name, nation, parent_entity, latitude, longitude, time_zone)
                        VALUES ('2FAB0', '2026-11-13Z', 1, '2026-11-01Z', 'Charges south', 'FRA', 'South works', 42, 12, 'Europe/Rome')
                        """,
                        "SELECT line_id, nation, lately_units FROM capacity.makers(" + WEEK
                                + ") WHERE product_id = 'charge' ORDER BY 1"))
                .containsExactly(
                        List.of("fill-1", "FRA", String.valueOf(Math.round(LINE_UNITS))),
                        List.of("fill-2", "FRA", String.valueOf(Math.round(LINE_UNITS))));
    }

    @Test
    void a_requirement_of_nought_is_none() throws SQLException {
        String withdrawn =
                "UPDATE surge_readiness SET required_per_month = 0, readiness = 1 WHERE product_id = 'charge';"
                        + " UPDATE surge_requirement SET units_per_month = 0 WHERE product_id = 'charge'";
        assertThat(textsAfter(
                        withdrawn,
                        "SELECT DISTINCT required_per_month, readiness, made_ratio FROM capacity.product_standing(ARRAY['charge'], "
                                + END + ")"))
                .containsExactly(List.of("null", "null", "null"));
        assertThat(textsAfter(
                        withdrawn,
                        "SELECT product_id FROM capacity.nation_losses('NOR', " + END
                                + ") WHERE product_id = 'charge'"))
                .isEmpty();
        assertThat(textsAfter(
                        withdrawn,
                        "SELECT conflict FROM capacity.products_lowest_trend(ARRAY['charge'], '2026-11-15Z', " + END
                                + ")"))
                .containsExactly(List.of("null"));
    }

    @Test
    void a_day_without_a_computation_stays_empty_in_the_trend() throws SQLException {
        assertThat(textsAfter(
                        "DELETE FROM surge_computation WHERE as_of = '2026-11-14'",
                        "SELECT as_of, crisis IS NULL FROM capacity.products_lowest_trend(ARRAY['shell'], '2026-11-13Z', "
                                + END + ") ORDER BY 1"))
                .containsExactly(
                        List.of("2026-11-13 00:00:00+00", "f"),
                        List.of("2026-11-14 00:00:00+00", "t"),
                        List.of("2026-11-15 00:00:00+00", "f"));
    }

    @Test
    void a_line_can_do_no_more_than_its_machines_and_its_people() throws SQLException {
        String line =
                "SELECT demonstrated_per_month, contracted_peacetime, contracted_conflict, workforce_per_month FROM capacity.line_capacities("
                        + END + ") WHERE line_id = 'press-1'";
        String limits = "UPDATE surge_constraint SET units_per_month = %s WHERE line_id LIKE 'press%%' AND"
                + " constraint_kind = 'WORKFORCE' AND as_of = '2026-11-15'";
        assertThat(textsAfter(limits.formatted("NULL"), line).get(0)).endsWith("null");
        String shells =
                "SELECT demonstrated_per_month, contracted_per_month, contracted_ratio FROM capacity.product_standing(ARRAY['shell'], "
                        + END + ") WHERE posture = 'CONFLICT'";
        assertThat(textsAfter(limits.formatted("10000"), shells).get(0).get(1)).isEqualTo("30000");
        assertThat(textsAfter(limits.formatted("10000"), shells).get(0).get(2)).isEqualTo("0.15");
        List<String> unlimited = textsAfter(limits.formatted("NULL"), shells).get(0);
        assertThat(Double.parseDouble(unlimited.get(1))).isCloseTo(3 * 120 * 160 * MONTH_DAYS / 7, within(1e-6));
    }

    @Test
    void a_line_that_is_not_accepted_says_from_when_it_will_be() throws SQLException {
        assertThat(textsAfter(
                        "UPDATE line SET available_from = '2027-01-01Z' WHERE line_id = 'fill-2'",
                        "SELECT line_id, accepted FROM capacity.line_capacities(" + END
                                + ") WHERE product_id = 'charge' ORDER BY 1"))
                .containsExactly(List.of("fill-1", "t"), List.of("fill-2", "f"));
    }

    @Test
    void readiness_is_that_of_the_newest_date_at_or_before_the_end_of_the_range() throws SQLException {
        String standing =
                "SELECT as_of, readiness, readiness_low, achievable_per_month, why FROM capacity.product_standing(ARRAY['charge'], '%s')"
                        + " WHERE posture = 'CRISIS'";
        String stored =
                "SELECT as_of, readiness, readiness_low, achievable_per_month, why FROM capacity.surge_readiness"
                        + " WHERE product_id = 'charge' AND posture = 'CRISIS' AND evidence = 'CONTRACTED' AND as_of = '%s'";
        assertThat(texts(standing.formatted(FilledBoard.WEEK_END)))
                .isEqualTo(texts(stored.formatted("2026-11-15")))
                .hasSize(1);
        assertThat(texts(standing.formatted("2026-11-10T12:00:00Z")))
                .isEqualTo(texts(stored.formatted("2026-11-10")))
                .hasSize(1);
        assertThat(texts(standing.formatted("2001-01-01Z")).get(0)).startsWith("null", "null");
    }

    @Test
    void shares_within_a_product_add_up_to_one() throws SQLException {
        String second =
                """
                INSERT INTO line (line_id, valid_from, revision, received_at, plant_id, product_id, ideal_cycle_seconds, cycles,
                    heartbeat_seconds, calendar, declared_units_per_hour, hours_per_week_peacetime, hours_per_week_crisis, hours_per_week_conflict)
                VALUES ('fill-3', '-infinity', 0, '2026-11-01Z', '2FAB0', 'shell', 30, '[]', 60, 'PLANNED', 120, 40, 120, 160);
                INSERT INTO line_product_day%s
                SELECT 'fill-3', 'shell', production_day, planned_ms, producing_ms, setup_ms, delay_ms, down_ms, unknown_ms, 0,
                    3 * good_units, 0, 0, ideal_us, ideal_good_us, 1, 0, 0, 0, 0, 1, '2026-11-16Z', false
                FROM line_product_day WHERE line_id = 'press-1'
                """
                        .formatted(DAY_COLUMNS);
        assertThat(textsAfter(
                        second,
                        "SELECT nation, sum(lately_units) / max(lately_product_units)::float8 FROM capacity.makers("
                                + WEEK + ") WHERE product_id = 'shell' GROUP BY 1 ORDER BY 1"))
                .containsExactly(List.of("ITA", "0.5"), List.of("NOR", "0.5"));
        assertThat(textsAfter(
                        second,
                        "SELECT product_id, share, lines FROM capacity.nation_products('ITA', " + WEEK
                                + ") ORDER BY 1"))
                .containsExactly(List.of("charge", "1", "2"), List.of("shell", "0.5", "1"));
    }

    @Test
    void a_nation_makes_what_its_lines_make() throws SQLException {
        for (String nation : List.of("NOR", "ITA")) {
            List<String> made = texts("SELECT good_units, oee, completeness FROM capacity.made('nation', " + WEEK
                            + ") WHERE group_id = '" + nation + "'")
                    .get(0);
            assertThat(texts(
                                    "SELECT sum(good_units), capacity.oee(sum(planned_ms), sum(unknown_ms), sum(ideal_good_us)),"
                                            + " capacity.completeness(sum(planned_ms), sum(unknown_ms)) FROM capacity.makers("
                                            + WEEK + ") WHERE nation = '" + nation + "'")
                            .get(0))
                    .isEqualTo(made);
        }
        assertThat(texts("SELECT oee, completeness FROM capacity.products_totals(ARRAY['charge'], " + WEEK + ")"))
                .isEqualTo(texts("SELECT oee, completeness FROM capacity.made('product', " + WEEK
                        + ") WHERE group_id = 'charge'"));
    }

    @Test
    void weeks_are_whole_and_add_up_the_same_however_they_are_grouped() throws SQLException {
        assertThat(texts("SELECT iso_week, week_start, sum(good_units) FROM capacity.output_weeks('2026-11-11 12:00Z', "
                        + END + ") GROUP BY 1, 2"))
                .containsExactly(List.of("2026-W46", "2026-11-11 12:00:00+00", String.valueOf(5 * 55 * 160)));
        assertThat(texts("SELECT sum(good_units) FROM capacity.line_day"))
                .containsExactly(List.of(String.valueOf(5 * 55 * 160)));
    }

    @Test
    void losses_of_the_lines_of_products_or_of_a_nation_are_theirs_alone() throws SQLException {
        String hours = "SELECT sum(seconds)::float8 / 3600 FROM capacity.losses_of(%s, " + WEEK + ")";
        // Three reasons of ten minutes each on each of seven days and lines.
        assertThat(texts(hours.formatted("ARRAY['charge'], NULL"))).containsExactly(List.of("7"));
        assertThat(texts(hours.formatted("NULL, 'NOR'"))).containsExactly(List.of("10.5"));
        assertThat(texts(hours.formatted("ARRAY['charge'], 'NOR'"))).containsExactly(List.of("null"));
    }

    @Test
    void an_area_has_its_own_percentiles_and_a_nation_stands_in_both_roles() throws SQLException {
        assertThat(texts("SELECT name, p50_in_words, open_orders FROM capacity.area_orders('AMMUNITION',"
                        + " ARRAY['charge', 'trainer'], " + WEEK + ") ORDER BY position, name"))
                .containsExactly(
                        List.of("Whole area", "40 days", "17"),
                        List.of("Charge", "92 days", "32"),
                        List.of("Training round", "null", "null"));
        assertThat(texts("SELECT role, p50_in_words, open_orders, lines_due, on_time_in_full_ratio FROM"
                        + " capacity.nation_orders('EST', " + WEEK + ") ORDER BY position"))
                .containsExactly(
                        List.of("As maker", "null", "null", "null", "null"),
                        List.of("As buyer", "22 days (3 at risk)", "3", "1", "1"));
        assertThat(texts(
                        "SELECT role, count(*), sum(backlog_units) FROM capacity.nation_open_orders('POL') GROUP BY 1"))
                .isEqualTo(texts("SELECT 'As buyer', count(*), sum(backlog_units) FROM capacity.order_status"
                        + " WHERE state = 'OPEN' AND buyer_nation = 'POL'"));
        assertThat(texts("SELECT DISTINCT role FROM capacity.nation_open_orders('NOR')"))
                .containsExactly(List.of("As maker"));
    }

    @Test
    void what_a_nation_supplies_is_a_share_of_what_all_suppliers_state() throws SQLException {
        List<String> powder = texts(
                        "SELECT material_id, units_per_month, share FROM capacity.nation_supplies('ITA', " + END + ")")
                .get(0);
        assertThat(powder).startsWith("powder", "60000");
        assertThat(Double.parseDouble(powder.get(2))).isCloseTo(60_000 / 62_000.0, within(1e-9));
        String hit =
                "SELECT DISTINCT hardest_hit, posture, readiness_without, criticality FROM capacity.nation_supplies('ITA', "
                        + END + ") WHERE supplier_parent = 'Southern Powder'";
        assertThat(textsAfter("UPDATE supplier_criticality SET criticality = 0", hit))
                .containsExactly(List.of("No product would fall", "null", "null", "0"));
        assertThat(textsAfter("TRUNCATE supplier_criticality", hit))
                .containsExactly(List.of("null", "null", "null", "null"));
    }

    @Test
    void without_its_supply_nothing_changes_unless_a_loss_says_so_and_nothing_is_known_before_it_was_tried()
            throws SQLException {
        String losses = "SELECT product_id, posture, readiness_after, why_after FROM capacity.nation_losses('NOR', "
                + END + ") WHERE product_id IN ('shell', 'charge') AND posture = 'PEACETIME' ORDER BY 1";
        List<List<String>> now = texts(losses);
        assertThat(now.get(0)).startsWith("charge", "PEACETIME").endsWith("Nothing changes.");
        assertThat(now.get(1)).startsWith("shell", "PEACETIME", "0.9").doesNotContain("Nothing changes.");
        assertThat(texts(losses.replace("'charge'", "'igniter'")).get(0))
                .startsWith("igniter")
                .doesNotContain("Nothing changes.");
        List<List<String>> before = textsAfter("TRUNCATE surge_loss_computation", losses);
        assertThat(before).allSatisfy(row -> assertThat(row).endsWith("null", "Not tried yet."));
    }

    @Test
    void stocks_of_a_nation_are_those_in_its_plants() throws SQLException {
        assertThat(texts("SELECT DISTINCT plant_id FROM capacity.nation_stocks('NOR', " + END + ")"))
                .containsExactly(List.of("1FAB0"));
        assertThat(texts("SELECT days_conflict, main_parent, single_source FROM capacity.nation_stocks('ITA', " + END
                        + ") WHERE material_id = 'powder'"))
                .isEqualTo(
                        texts(
                                "SELECT days_of_supply, main_parent, single_source FROM capacity.material_cover"
                                        + " WHERE plant_id = '2FAB0' AND material_id = 'powder' AND posture = 'CONFLICT' AND as_of = '2026-11-15'"));
        assertThat(texts("SELECT days_conflict FROM capacity.nation_stocks('NOR', " + END
                        + ") WHERE material_id = 'paint'"))
                .containsExactly(List.of("null"));
        assertThat(texts("SELECT days_conflict - 120 = days_beyond_lead_time FROM capacity.nation_stocks('NOR', " + END
                        + ") WHERE material_id = 'filling'"))
                .containsExactly(List.of("t"));
    }

    @Test
    void a_material_that_a_line_takes_and_nobody_counted_is_among_the_stocks() throws SQLException {
        assertThat(textsAfter(
                        """
                        UPDATE product SET bill_of_materials = '[{"input_id": "powder", "quantity_per_unit": 2}]' WHERE product_id = 'shell'
                        """,
                        "SELECT plant_id, on_hand, days_conflict FROM capacity.nation_stocks('NOR', " + END
                                + ") WHERE material_id = 'powder'"))
                .containsExactly(List.of("1FAB0", "null", "null"));
    }

    @Test
    void every_panel_answers_for_every_area_product_and_nation() throws SQLException {
        Instant end = FilledBoard.WEEK_END;
        Map<String, List<Map<String, Chosen>>> choices = new TreeMap<>();
        for (List<String> area : texts("SELECT DISTINCT capability_area FROM capacity.products_now()")) {
            for (List<String> product : texts(
                    "SELECT product_id FROM capacity.products_now() WHERE capability_area = '" + area.get(0) + "'")) {
                choices.computeIfAbsent("capability-area", uid -> new ArrayList<>())
                        .add(Map.of("area", new Chosen(area, false), "product", new Chosen(product, true)));
            }
        }
        for (List<String> nation : texts("SELECT nation FROM capacity.nations_now()")) {
            choices.computeIfAbsent("nation", uid -> new ArrayList<>())
                    .add(Map.of("nation", new Chosen(nation, false)));
        }
        for (Dashboard dashboard : Dashboard.committed()) {
            for (Map<String, Chosen> chosen : choices.getOrDefault(dashboard.uid(), List.of())) {
                GrafanaSql grafana = new GrafanaSql(chosen, end.minus(Duration.ofDays(28)), end, Duration.ofMinutes(5));
                for (Query query : dashboard.queries()) {
                    assertThat(texts(grafana.expand(query.sql())))
                            .as(query.toString())
                            .isNotNull();
                }
            }
        }
        assertThat(choices.keySet()).containsExactly("capability-area", "nation");
    }

    private List<List<String>> texts(String sql) throws SQLException {
        return texts(reader(), sql);
    }

    private List<List<String>> textsAfter(String writes, String sql) throws SQLException {
        return after(writes, session -> texts(session, sql));
    }

    /** Rows, each value as text; null as {@code null}. */
    private static List<List<String>> texts(Connection session, String sql) throws SQLException {
        try (Statement statement = session.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            List<List<String>> rows = new ArrayList<>();
            while (result.next()) {
                List<String> row = new ArrayList<>();
                for (int i = 1; i <= result.getMetaData().getColumnCount(); i++) {
                    row.add(String.valueOf(result.getString(i)));
                }
                rows.add(row);
            }
            return rows;
        } catch (SQLException e) {
            throw new SQLException(e.getMessage() + " in " + sql, e);
        }
    }
}
