package org.capacityboard.schemas.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MigrationIT {
    private static final String STAMP = "0, 7, '2026-11-20 12:00Z', false";

    private static final String STAMP_AND_CLOCK = "0, 7, '2026-11-20 12:00Z', now(), false";

    private final MigratedDatabase database;

    MigrationIT() throws IOException {
        database = new MigratedDatabase();
    }

    @AfterAll
    void stop() throws IOException {
        database.close();
    }

    @Test
    void second_migration_does_nothing() {
        assertThat(database.migrate("postgres")).isZero();
    }

    @Test
    void another_database_of_the_cluster_migrates_with_the_roles_that_are_there() throws SQLException {
        database.run("postgres", "create database neighbour");

        assertThat(database.migrate("neighbour")).isPositive();
    }

    @Test
    void reader_sees_views_and_no_tables() throws SQLException {
        for (String table : List.of("line_current", "lead_time", "surge_readiness")) {
            assertThat(database.run("capacity_reader", "select * from capacity." + table))
                    .isEmpty();
            assertThatThrownBy(() -> database.run("capacity_reader", "select * from store." + table))
                    .hasMessageContaining("permission denied");
        }
    }

    @Test
    void reader_is_stopped_after_15_seconds_and_changes_nothing() throws SQLException {
        assertThat(database.run("capacity_reader", "show statement_timeout")).containsExactly(List.of("15s"));
        assertThatThrownBy(() -> database.run("capacity_reader", "create temporary table t (i int)"))
                .hasMessageContaining("read-only");
    }

    @Test
    void writer_makes_and_drops_days_without_owning_them() throws SQLException {
        database.run("capacity_writer", "select store.ensure_minute_partitions('2020-02-28', '2020-03-02')");
        database.run("capacity_writer", "select store.ensure_minute_partitions('2020-03-01', '2020-03-03')");
        minute("early", "2020-02-29 23:59:00Z");
        minute("kept", "2020-03-01 00:00:00Z");

        assertThat(database.run("capacity_writer", "select store.drop_minutes_before('2020-03-01')"))
                .containsExactly(List.of(2));
        assertThat(database.run(
                        "capacity_reader",
                        "select line_id from capacity.line_minute where window_start < '2021-01-01'"))
                .containsExactly(List.of("kept"));
        assertThatThrownBy(() -> database.run("capacity_writer", "drop table store.line_product_minute_20200301"))
                .hasMessageContaining("must be owner");
    }

    @Test
    void row_of_zeros_is_left_out() throws SQLException {
        database.run(
                "capacity_writer",
                "insert into line_product_hour values ('silent', 'a', '2026-11-20 10:00Z', 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 7, '2026-11-20 12:00Z', now(), true)");

        assertThat(database.run("capacity_reader", "select * from line_product_hour where line_id = 'silent'"))
                .isEmpty();
        assertThat(database.run("capacity_reader", "select * from line_hour where line_id = 'silent'"))
                .isEmpty();
    }

    @Test
    void shift_with_breaks_and_a_stop_gives_the_known_effectiveness() throws SQLException {
        day(
                "press",
                "a",
                "2026-11-20",
                "25200000, 22380000, 0, 0, 2820000, 0, 0, 18848, 423, 0, 19271000000, 18848000000");

        assertThat(
                        database.run(
                                "capacity_reader",
                                "select iso_week, planned_seconds, completeness, round(availability::numeric, 6), round(effectiveness::numeric, 6), "
                                        + "round(quality_ratio::numeric, 6), round(oee::numeric, 6), ideal_cycle_suspect from line_day where line_id = 'press'"))
                .hasToString("[[2026-W47, 25200.000, 1.0, 0.888095, 0.861081, 0.978050, 0.747937, false]]");
    }

    @Test
    void unknown_time_opens_a_range_and_nothing_planned_gives_no_ratio() throws SQLException {
        day(
                "silent-hour",
                "a",
                "2026-11-20",
                "28800000, 21600000, 0, 0, 3600000, 3600000, 0, 648, 0, 0, 19440000000, 19440000000");
        day("overtime", "a", "2026-11-20", "0, 0, 0, 0, 0, 0, 3600000, 120, 0, 0, 0, 0");

        assertThat(
                        database.run(
                                "capacity_reader",
                                "select round(availability::numeric, 6), round(oee::numeric, 6), oee_low, oee_high from line_day where line_id = 'silent-hour'"))
                .hasToString("[[0.857143, 0.771429, 0.675, 0.7875]]");
        assertThat(
                        database.run(
                                "capacity_reader",
                                "select completeness, availability, effectiveness, quality_ratio, oee, oee_low, oee_high from line_day where line_id = 'overtime'"))
                .hasToString("[[null, null, null, null, null, null, null]]");
    }

    @Test
    void three_machines_roll_up_as_sums_to_plant_nation_area_and_alliance() throws SQLException {
        plant("0AAA1", "-infinity", "NLD");
        plant("0AAA1", "2026-11-11", "BEL");
        product("shell", "AMMUNITION");
        for (String machine : List.of("m1", "m2", "m3")) {
            database.run(
                    "capacity_writer",
                    "insert into line values ('%s', '-infinity', 0, now(), now(), '0AAA1', 'shell', 10, '[]', 60, 'PLANNED', 100, 40, 120, 160, null)"
                            .formatted(machine));
        }
        day(
                "m1",
                "shell",
                "2026-11-10",
                "27300000, 25380000, 0, 0, 1920000, 0, 0, 2190, 50, 0, 22400000000, 21900000000");
        day(
                "m2",
                "shell",
                "2026-11-10",
                "27300000, 26220000, 0, 0, 1080000, 0, 0, 425, 25, 0, 20250000000, 19125000000");
        day(
                "m3",
                "shell",
                "2026-11-10",
                "27300000, 25980000, 0, 0, 1320000, 0, 0, 218, 11, 0, 16030000000, 15260000000");

        List<List<@Nullable Object>> areas = database.run(
                "capacity_reader",
                "select group_kind, group_id, round(availability::numeric, 4), round(effectiveness::numeric, 4), round(quality_ratio::numeric, 4), "
                        + "round(oee::numeric, 4), good_units from area_day where production_day = '2026-11-10' order by group_kind");

        String sums = ", 0.9473, 0.7564, 0.9592, 0.6872, 2833]";
        assertThat(areas)
                .hasToString("[[alliance, alliance" + sums + ", [capability_area, AMMUNITION" + sums + ", [nation, NLD"
                        + sums + ", [plant, 0AAA1" + sums + ", [product, shell" + sums + "]");
    }

    @Test
    void version_of_reference_data_ends_where_the_next_begins() throws SQLException {
        plant("0BBB1", "-infinity", "NLD");
        plant("0BBB1", "2026-11-11", "BEL");

        assertThat(
                        database.run(
                                "capacity_reader",
                                "select valid_from = '-infinity', valid_to::date::text, nation, day_starts_at::text from plant where plant_id = '0BBB1' order by valid_from"))
                .hasToString("[[true, 2026-11-11, NLD, 00:00:00], [false, infinity, BEL, 00:00:00]]");
    }

    @Test
    void curve_is_a_row_a_day_and_null_where_it_is_not_defined() throws SQLException {
        database.run(
                "capacity_writer",
                "insert into lead_time_curve values ('product', 'curved', 'all', 'LAST_UNIT', '2026-11-20', '{1,0.5,NaN}', '{3,2,1}', '{0,0.25,0.25}', %s)"
                        .formatted(STAMP_AND_CLOCK));

        assertThat(
                        database.run(
                                "capacity_reader",
                                "select day, as_of::text, survival, at_risk, cancelled_share from lead_time_curve where group_id = 'curved' order by day"))
                .hasToString(
                        "[[0, 2026-11-20, 1.0, 3, 0.0], [1, 2026-11-20, 0.5, 2, 0.25], [2, 2026-11-20, null, 1, 0.25]]");
    }

    @Test
    void cover_is_null_without_output_and_week_without_a_line_due_is_left_out() throws SQLException {
        for (String units : List.of(
                "'moving', '2026-11-20', 3, 260, 1, 40, 130, 13", "'still', '2026-11-20', 3, 260, 1, 40, 0, 13")) {
            database.run(
                    "capacity_writer",
                    "insert into order_backlog values ('product', %s, %s)".formatted(units, STAMP_AND_CLOCK));
        }
        for (String lines : List.of("'due', '2026-W46', 4, 3, 400, 350", "'taken-back', '2026-W46', 0, 0, 0, 0")) {
            database.run(
                    "capacity_writer",
                    "insert into on_time_week values ('product', %s, %s)".formatted(lines, STAMP_AND_CLOCK));
        }

        assertThat(database.run("capacity_reader", "select group_id, cover_weeks from order_backlog order by group_id"))
                .hasToString("[[moving, 26.0], [still, null]]");
        assertThat(
                        database.run(
                                "capacity_reader",
                                "select group_id, on_time_in_full_ratio, units_on_time_ratio from on_time_week order by group_id"))
                .hasToString("[[due, 0.75, 0.875]]");
    }

    @Test
    void order_is_overdue_once_the_plants_day_of_its_first_promise_is_past() throws SQLException {
        plant("0CCC1", "-infinity", "NLD");
        database.run(
                "capacity_writer",
                "insert into plant values ('0CCC1', '2026-11-01', 0, now(), now(), 'Works', 'USA', 'Parent', 40, -75, 'America/New_York', '06:00')");
        // The day of the promise ends at 06:00 in New York, that is at 11:00 UTC, or with the older clock at midnight
        // in Amsterdam, 23:00 UTC.
        order("ends-at-eleven", "0CCC1", "2026-11-20 10:59Z", "OPEN", "2026-11-20 11:00Z");
        order("ends-later", "0CCC1", "2026-11-20 10:59Z", "OPEN", "2026-11-20 10:59:59.999Z");
        order("next-day", "0CCC1", "2026-11-20 11:00Z", "OPEN", "2026-11-21 10:59:59.999Z");
        order("older-clock", "0CCC1", "2026-10-30 10:00Z", "OPEN", "2026-10-30 23:00Z");
        order("older-clock-later", "0CCC1", "2026-10-30 10:00Z", "OPEN", "2026-10-30 22:59Z");
        order("unknown-plant", "0CCC2", "2026-11-20 10:00Z", "OPEN", "2026-11-21 00:00Z");
        order("completed", "0CCC1", "2026-11-01 10:00Z", "COMPLETED", "2026-11-20 11:00Z");

        assertThat(database.run(
                        "capacity_reader",
                        "select order_id, backlog_units from order_status where overdue order by order_id"))
                .hasToString("[[ends-at-eleven, 40], [older-clock, 40], [unknown-plant, 40]]");
        assertThat(database.run(
                        "capacity_reader", "select backlog_units from order_status where order_id = 'completed'"))
                .hasToString("[[0]]");
    }

    @Test
    void what_was_not_computed_again_is_left_out_and_so_is_a_day_that_is_not_whole() throws SQLException {
        readiness("kept", "2026-11-18", 7);
        readiness("taken-back", "2026-11-18", 6);
        readiness("newer", "2026-11-18", 8);
        computed("2026-11-18", 7);
        readiness("kept", "2026-11-19", 9);
        computed("2026-11-19", 9);
        readiness("kept", "2026-11-20", 10);

        assertThat(database.run("capacity_reader", "select as_of::text, product_id from surge_readiness order by 1, 2"))
                .hasToString("[[2026-11-18, kept], [2026-11-18, newer], [2026-11-19, kept]]");
    }

    @Test
    void limits_stocks_and_suppliers_not_computed_again_are_left_out_and_the_writer_need_not_delete_them()
            throws SQLException {
        computed("2026-10-18", 7);
        computed("2026-10-19", 8);
        for (String day : List.of("2026-10-18", "2026-10-19")) {
            for (String row : List.of(
                    "surge_constraint values ('press', 'CRISIS', 'WORKFORCE', '%s', null",
                    "material_cover values ('powder', 'ALL', 'CRISIS', '%s', 10000, 1000, 10, null",
                    "supplier_criticality values ('Parent', 'shell', 'CRISIS', '%s', 0.5, 0.25")) {
                database.run("capacity_writer", "insert into " + row.formatted(day) + ", " + STAMP_AND_CLOCK + ")");
            }
        }

        assertThat(database.run(
                        "capacity_reader",
                        "select as_of::text, line_id, posture, \"constraint\", units_per_month from surge_constraint"))
                .hasToString("[[2026-10-18, press, CRISIS, WORKFORCE, null]]");
        assertThat(
                        database.run(
                                "capacity_reader",
                                "select as_of::text, plant_id, material_id, days_of_supply, single_source, on_hand, daily_draw from material_cover"))
                .hasToString("[[2026-10-18, ALL, powder, 10.0, null, 10000.0, 1000.0]]");
        assertThat(
                        database.run(
                                "capacity_reader",
                                "select as_of::text, supplier_parent, readiness_without, criticality from supplier_criticality"))
                .hasToString("[[2026-10-18, Parent, 0.5, 0.25]]");
        assertThatThrownBy(() -> database.run("capacity_writer", "delete from surge_constraint"))
                .hasMessageContaining("permission denied");
    }

    private void readiness(String product, String asOf, int version) throws SQLException {
        database.run(
                "capacity_writer",
                ("insert into surge_readiness values ('%s', 'CRISIS', 'CONTRACTED', '%s', 100, 60, 0.6, 0.4, 0.6, 'LINES', '%1$s', null, null, null,"
                                + " null, null, 40, null, 'Why.', 0, %d, '2026-11-20 12:00Z', now(), false)")
                        .formatted(product, asOf, version));
    }

    private void computed(String asOf, int version) throws SQLException {
        database.run(
                "capacity_writer",
                "insert into surge_computation values ('%s', 0, %d, '2026-11-20 12:00Z', now(), false)"
                        .formatted(asOf, version));
    }

    private void order(String order, String plant, String promisedAt, String state, String watermark)
            throws SQLException {
        database.run(
                "capacity_writer",
                ("insert into order_status values ('%1$s', 'a', '%2$s', 'NLD', null, null, '%4$s', 100, 80, 60, 0, null, '2026-01-01Z', '%3$s', '%3$s',"
                                + " null, null, null, null, null, null, false, '', 0, 7, '%5$s', now(), false)")
                        .formatted(order, plant, promisedAt, state, watermark));
    }

    private void minute(String line, String start) throws SQLException {
        database.run(
                "capacity_writer",
                "insert into line_product_minute values ('%s', 'a', '%s', 60000, 60000, 0, 0, 0, 0, 0, 2, 0, 0, 1, 1, 6, 0, 0, 0, 0, 7, '2026-11-20', now(), true)"
                        .formatted(line, start));
    }

    /** A row of a day without reports of its own; {@code facts} are the first twelve. */
    private void day(String line, String product, String day, String facts) throws SQLException {
        database.run(
                "capacity_writer",
                ("insert into line_product_day (line_id, product_id, production_day, planned_ms, producing_ms, setup_ms, delay_ms, down_ms, unknown_ms,"
                                + " unplanned_producing_ms, good_units, scrap_units, rework_units, ideal_us, ideal_good_us, reports, duplicates, lost_reports,"
                                + " late_reports, generation, version, watermark, final) values ('%s', '%s', '%s', %s, 0, 0, 0, 0, %s)")
                        .formatted(line, product, day, facts, STAMP));
    }

    private void plant(String plant, String validFrom, String nation) throws SQLException {
        database.run(
                "capacity_writer",
                "insert into plant values ('%s', '%s', 0, now(), now(), 'Works', '%s', 'Parent', 52, 5, 'Europe/Amsterdam')"
                        .formatted(plant, validFrom, nation));
    }

    private void product(String product, String area) throws SQLException {
        database.run(
                "capacity_writer",
                "insert into product values ('%s', '-infinity', 0, now(), now(), 'Product', '%s', null, '[]')"
                        .formatted(product, area));
    }
}
