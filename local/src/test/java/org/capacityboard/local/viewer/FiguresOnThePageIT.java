package org.capacityboard.local.viewer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What stands on the page is what stands in the database, whatever kind of panel shows it. */
@NeedsBrowser
@ExtendWith(ViewerExtension.class)
@SuppressWarnings("NullAway.Init")
final class FiguresOnThePageIT {
    private static final String WEEK = "production_day BETWEEN '2026-11-09' AND '2026-11-15'";

    private FilledViewer viewer;
    private Tab tab;

    @BeforeEach
    void openThePage(FilledViewer shared, Tab fresh) {
        viewer = shared;
        tab = fresh;
        tab.open(viewer.week("figures")).showAll();
    }

    @AfterEach
    void nothingWentWrong() {
        assertThat(tab.problems()).isEmpty();
    }

    @Test
    void a_percentage_is_the_ratio_of_the_database() throws SQLException {
        double known = Double.parseDouble(viewer.value(
                "SELECT 1 - sum(unknown_seconds) / sum(planned_seconds) FROM capacity.line_day WHERE " + WEEK));
        assertThat(raw("Known")).isCloseTo(known, within(1e-9));
        assertThat(shown("Known")).isEqualTo(String.format(Locale.ROOT, "%.1f%%", known * 100));
    }

    @Test
    void a_count_is_the_count_of_the_database_with_its_thousands_apart() throws SQLException {
        String lines = viewer.value("SELECT count(*) FROM capacity.line_current");
        assertThat(tab.all(stat("Lines"), "data-value")).containsExactly(lines);
        assertThat(shown("Lines")).isEqualTo(lines);
        assertThat(shown("Many")).isEqualTo("1,234,567");
    }

    @Test
    void a_time_is_shown_in_the_time_zone_of_the_dashboard() throws SQLException {
        String watermark = viewer.value("SELECT extract(epoch from max(watermark))::bigint FROM capacity.line_current");
        assertThat(raw("Data up to")).isEqualTo(Long.parseLong(watermark) * 1000.0);
        assertThat(shown("Data up to"))
                .isEqualTo(viewer.value(
                        "SELECT to_char(max(watermark), 'YYYY-MM-DD HH24:MI:SS') FROM capacity.line_current"));
    }

    @Test
    void unknown_is_said_and_never_nought() {
        assertThat(shown("Nobody knows")).isEqualTo("unknown");
        assertThat(shown("Never")).isEqualTo("unknown");
        assertThat(tab.texts(panel("Plants") + " tbody tr:last-child td")).containsSubsequence("unknown", "unknown");
    }

    @Test
    void a_table_has_the_rows_of_the_database_in_their_order() throws SQLException {
        List<List<String>> plants = viewer.rows("SELECT plant_id, sum(good_units) FROM capacity.line_day"
                + " JOIN capacity.line USING (line_id) WHERE " + WEEK + " GROUP BY 1 ORDER BY 1");
        List<String> names = new ArrayList<>();
        List<String> units = new ArrayList<>();
        plants.forEach(plant -> {
            names.add(plant.get(0));
            units.add(plant.get(1));
        });
        assertThat(tab.all(panel("Plants") + " td[data-field='Plant']", "data-value"))
                .containsSubsequence(names)
                .hasSize(plants.size() + 1);
        assertThat(units()).containsSubsequence(units);
        assertThat(tab.texts(panel("Plants") + " td[data-field='OEE']")).anyMatch(oee -> oee.matches("\\d+\\.\\d%"));
    }

    @Test
    void a_click_on_its_head_orders_a_table_and_what_is_unknown_stays_last() {
        List<String> before = units();
        List<String> falling = new ArrayList<>(before.subList(0, before.size() - 1));
        falling.sort((one, other) -> Long.compare(Long.parseLong(other), Long.parseLong(one)));
        falling.add("");
        tab.click(panel("Plants") + " [data-sort='Good units']");
        assertThat(units()).isEqualTo(falling);
        tab.click(panel("Plants") + " [data-sort='Good units']");
        assertThat(units()).startsWith(falling.get(falling.size() - 2)).endsWith("");
    }

    private List<String> units() {
        return tab.all(panel("Plants") + " td[data-field='Good units']", "data-value");
    }

    @Test
    void a_point_of_a_chart_is_a_row_and_a_gap_is_an_unknown_one() throws SQLException {
        JsonNode series = series("Good units a day");
        List<List<String>> lines =
                viewer.rows("SELECT line_id, good_units FROM capacity.line_day WHERE production_day = '2026-11-10'"
                        + " ORDER BY 1");
        assertThat(series).hasSize(lines.size());
        long tenth = Instant.parse("2026-11-10T00:00:00Z").toEpochMilli();
        for (int i = 0; i < lines.size(); i++) {
            assertThat(series.get(i).path("name").asText())
                    .contains(lines.get(i).get(0));
            assertThat(value(series.get(i), tenth).asText())
                    .as("units of %s", lines.get(i))
                    .isEqualTo(lines.get(i).get(1));
            JsonNode nextDay = value(series.get(i), tenth + 86_400_000);
            assertThat(nextDay.isNull() || nextDay.asText().equals("-"))
                    .as("%s has a gap", lines.get(i))
                    .isEqualTo(lines.get(i).get(0).equals("press-2"));
        }
    }

    @Test
    void the_figures_of_a_chart_can_be_read_as_a_table() throws SQLException {
        tab.click(panel("Bars") + " button.as-table");
        tab.await("document.querySelector(" + Tab.quoted(panel("Bars") + " td[data-field='Good units']") + ")");
        assertThat(tab.all(panel("Bars") + " td[data-field='Good units']", "data-value"))
                .isEqualTo(viewer
                        .rows("SELECT sum(good_units) FROM capacity.line_day WHERE " + WEEK
                                + " GROUP BY line_id ORDER BY line_id")
                        .stream()
                        .map(row -> row.get(0))
                        .toList());
    }

    @Test
    void text_is_rendered_and_what_it_carries_does_not_run() {
        assertThat(tab.text(panel("Text") + " h1")).isEqualTo("Heading");
        assertThat(tab.text(panel("Text") + " strong")).isEqualTo("weight");
        assertThat(tab.has(panel("Text") + " [onclick]")).isFalse();
    }

    @Test
    void every_type_of_panel_is_drawn() {
        assertThat(tab.all("section.panel", "data-state")).hasSize(10).containsOnly("ready");
        assertThat(tab.has(".panel-not-drawn")).isFalse();
        assertThat(tab.text(panel("Bar gauge"))).contains("25.0%");
        assertThat(tab.text(panel("Gauge"))).contains("50.0%");
    }

    private static String panel(String title) {
        return "section.panel[aria-label*=" + Tab.quoted(title) + "]";
    }

    private static String stat(String field) {
        return ".stat-value[data-field=" + Tab.quoted(field) + "]";
    }

    private String shown(String field) {
        return tab.text(stat(field));
    }

    private double raw(String field) {
        assertThat(tab.all(stat(field), "data-value")).hasSize(1);
        return Double.parseDouble(tab.all(stat(field), "data-value").get(0));
    }

    /** Names and points of the series that a chart draws. */
    private JsonNode series(String title) {
        return tab.look(
                "(() => { const chart = " + chart(title) + ";"
                        + " return chart.getOption().series.map(s => ({name: s.name, data: s.data.map(p => p?.value ?? p)})); })()");
    }

    private static String chart(String title) {
        return "[...document.querySelectorAll(" + Tab.quoted(panel(title) + "," + panel(title) + " *")
                + ")].map(e => Board.chart.of(e)).find(Boolean)";
    }

    private static JsonNode value(JsonNode series, long time) {
        for (JsonNode point : series.path("data")) {
            if (point.path(0).asLong() == time) {
                return point.path(1);
            }
        }
        throw new AssertionError("no point at " + time + " in " + series);
    }
}
