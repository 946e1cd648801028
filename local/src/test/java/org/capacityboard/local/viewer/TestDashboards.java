package org.capacityboard.local.viewer;

import static org.capacityboard.local.viewer.DashboardFile.column;
import static org.capacityboard.local.viewer.DashboardFile.defaults;
import static org.capacityboard.local.viewer.DashboardFile.options;
import static org.capacityboard.local.viewer.DashboardFile.unit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Dashboards that show one thing each, for tests that must know every figure on the page. */
final class TestDashboards {
    /** A file that is no dashboard. */
    static final String BROKEN = "broken.json";

    private TestDashboards() {}

    static void writeTo(Path folder) throws IOException {
        figures().writeTo(folder);
        choices().writeTo(folder);
        said().writeTo(folder);
        slow().writeTo(folder);
        Files.writeString(folder.resolve(BROKEN), "{ \"uid\": \"broken\", \"panels\": [ ");
    }

    /** One panel of each type, with figures, unknown ones too. */
    private static DashboardFile figures() {
        String ratio = "{'unit': 'percentunit', 'decimals': 1, 'min': 0, 'max': 1, 'thresholds': {'mode': 'absolute',"
                + " 'steps': [{'color': '#B5362B', 'value': null}, {'color': '#3C8D5A', 'value': 0.75}]}}";
        return new DashboardFile("figures")
                .panel(
                        "stat",
                        "Share",
                        "SELECT capacity.completeness(sum(planned_seconds), sum(unknown_seconds)) AS \"Known\","
                                + " NULL::double precision AS \"Nobody knows\" FROM capacity.area_day"
                                + " WHERE group_kind = 'alliance' AND $__timeFilter(production_day::timestamptz)",
                        defaults(ratio))
                .panel(
                        "stat",
                        "Count",
                        "SELECT count(*) AS \"Lines\", 1234567 AS \"Many\" FROM capacity.line_current -- timeless: now",
                        unit("locale", 0))
                .panel(
                        "stat",
                        "Time",
                        "SELECT max(watermark) AS \"Data up to\", NULL::timestamptz AS \"Never\""
                                + " FROM capacity.line_current -- timeless: now",
                        defaults("{'unit': 'dateTimeAsIso'}"))
                .panel(
                        "table",
                        "Plants",
                        "SELECT group_id AS \"Plant\", sum(good_units) AS \"Good units\", capacity.oee(sum(planned_seconds)"
                                + " * 1000, sum(unknown_seconds) * 1000, sum(ideal_good_seconds) * 1000000) AS \"OEE\""
                                + " FROM capacity.area_day WHERE group_kind = 'plant'"
                                + " AND $__timeFilter(production_day::timestamptz) GROUP BY group_id"
                                + " UNION ALL SELECT 'nobody', NULL, NULL ORDER BY 1",
                        column("OEE", "[{'id': 'unit', 'value': 'percentunit'}, {'id': 'decimals', 'value': 1}]")
                                .andThen(column(
                                        "Plant",
                                        "[{'id': 'links', 'value': [{'title': 'Lines of the plant', 'url':"
                                                + " '/d/choices?var-plant=${__value.raw}&${__url_time_range}'}]}]")))
                .panel(
                        "timeseries",
                        "Good units a day",
                        "SELECT production_day::timestamptz AS \"time\", line_id AS metric,"
                                + " CASE WHEN line_id = 'press-2' AND production_day = '2026-11-11' THEN NULL"
                                + " ELSE good_units END AS \"Good units\" FROM capacity.line_day"
                                + " WHERE $__timeFilter(production_day::timestamptz) ORDER BY 1, 2")
                .panel(
                        "barchart",
                        "Bars",
                        "SELECT line_id AS \"Line\", sum(good_units) AS \"Good units\" FROM capacity.line_day"
                                + " WHERE $__timeFilter(production_day::timestamptz) GROUP BY 1 ORDER BY 1",
                        options("{'orientation': 'horizontal', 'xField': 'Line', 'showValue': 'always'}"))
                .panel("gauge", "Gauge", "SELECT 0.5 AS \"Half\" -- timeless: a constant", defaults(ratio))
                .panel(
                        "bargauge",
                        "Bar gauge",
                        "SELECT 0.25 AS \"Quarter\" -- timeless: a constant",
                        defaults(ratio).andThen(options("{'orientation': 'horizontal', 'displayMode': 'basic'}")))
                .panel(
                        "state-timeline",
                        "States",
                        "SELECT window_start AS \"time\", line_id AS metric, CASE WHEN line_id = 'press-2' THEN 6 ELSE 1 END"
                                + " AS \"State\" FROM capacity.line_hour WHERE $__timeFilter(window_start) ORDER BY 1, 2",
                        defaults("{'mappings': [{'type': 'value', 'options': {"
                                + "'1': {'text': 'Producing', 'color': '#3C8D5A', 'index': 0},"
                                + "'6': {'text': 'Unknown', 'color': '#8A8F98', 'index': 1}}}]}"))
                .text("# Heading\n\nWords with **weight**, and <b onclick='alert(1)'>none</b>.");
    }

    /** The range as the queries see it, and two variables of which the second depends on the first. */
    private static DashboardFile choices() {
        return new DashboardFile("choices")
                .variable(
                        "plant",
                        "SELECT DISTINCT plant_id FROM capacity.plant ORDER BY 1 -- timeless: reference data",
                        false)
                .variable(
                        "line",
                        "SELECT DISTINCT line_id FROM capacity.line WHERE plant_id = '$plant' ORDER BY 1"
                                + " -- timeless: reference data",
                        true)
                .link("Figures", "/d/figures")
                .panel(
                        "stat",
                        "Range",
                        "SELECT extract(epoch from $__timeFrom()::timestamptz)::bigint AS \"From\","
                                + " extract(epoch from $__timeTo()::timestamptz)::bigint AS \"To\"",
                        unit("none", 0))
                .panel(
                        "table",
                        "Lines",
                        "SELECT DISTINCT line_id AS \"Line\", plant_id AS \"Plant\" FROM capacity.line"
                                + " WHERE line_id IN ($line) ORDER BY 1 -- timeless: reference data");
    }

    /** Says what its variable holds. */
    private static DashboardFile said() {
        return new DashboardFile("said")
                .textVariable("word")
                .panel("table", "Said", "SELECT '$word' AS \"Word\" -- timeless: a constant")
                .panel("stat", "Lines", "SELECT count(*) AS \"Lines\" FROM capacity.line -- timeless: reference data");
    }

    private static DashboardFile slow() {
        return new DashboardFile("slow")
                .panel("table", "Slow", "SELECT 'awake' AS \"Slept\" FROM pg_sleep(30) -- timeless: a constant")
                .panel("stat", "Lines", "SELECT count(*) AS \"Lines\" FROM capacity.line -- timeless: reference data")
                .panel("table", "Mistaken", "SELECT no_such_column FROM capacity.line -- timeless: a mistake")
                .panel("piechart", "Not drawn", "SELECT 1 AS \"One\" -- timeless: a constant");
    }
}
