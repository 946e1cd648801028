package org.capacityboard.local.viewer;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.ExtendWith;

/** Every dashboard of this release opens in both themes and at three widths; pictures are kept in target/screenshots. */
@NeedsBrowser
@ExtendWith(ViewerExtension.class)
final class DashboardPagesIT {
    private static final Path PICTURES = Path.of("target", "screenshots");
    private static final int LAPTOP = 1280;
    private static final int WALL = 3840;
    private static final int PHONE = 400;

    @TestFactory
    List<DynamicTest> every_dashboard_shows_all_its_figures(FilledViewer viewer, Tab tab) throws IOException {
        List<DynamicTest> tests = new ArrayList<>();
        for (String uid : uids(viewer)) {
            tests.add(DynamicTest.dynamicTest(uid, () -> {
                tab.size(LAPTOP, 900);
                tab.open(viewer.committed("/d/" + uid + "?" + FilledViewer.week()));
                for (int width : new int[] {LAPTOP, WALL, PHONE}) {
                    tab.size(width, 900).showAll();
                    looksRight(tab, uid + " at " + width);
                    tab.picture(PICTURES.resolve(uid + "-light-" + width + ".png"));
                    shown(tab, "dark").showAll();
                    tab.picture(PICTURES.resolve(uid + "-dark-" + width + ".png"));
                    shown(tab, "light");
                }
                assertThat(tab.problems()).as(uid).isEmpty();
            }));
        }
        return tests;
    }

    @Test
    void the_first_page_leads_to_every_dashboard_and_says_which_lines_need_somebody(FilledViewer viewer, Tab tab)
            throws IOException {
        tab.open(viewer.committed("/"));
        for (int width : new int[] {LAPTOP, WALL, PHONE}) {
            tab.size(width, 900).showAll();
            fits(tab, "first page at " + width);
            tab.picture(PICTURES.resolve("home-light-" + width + ".png"));
            shown(tab, "dark").picture(PICTURES.resolve("home-dark-" + width + ".png"));
            shown(tab, "light");
        }
        for (String uid : uids(viewer)) {
            assertThat(tab.has("a[href^=" + Tab.quoted("/d/" + uid) + "]"))
                    .as("link to %s", uid)
                    .isTrue();
        }
        assertThat(tab.text("body")).contains("press-2").containsIgnoringCase("synthetic");
        assertThat(tab.problems()).isEmpty();
    }

    @Test
    void the_lines_on_the_board_overview_are_those_of_the_database(FilledViewer viewer, Tab tab) throws SQLException {
        tab.open(viewer.committed("/d/board-overview?" + FilledViewer.week()));
        assertThat(tab.all(".stat-value[data-field='Producing']", "data-value"))
                .containsExactly(viewer.value(
                        "SELECT count(*) FROM capacity.line_current WHERE state = 'EXECUTE' AND planned_now"));
        assertThat(tab.all(".stat-value[data-field='Unknown']", "data-value"))
                .containsExactly(
                        viewer.value("SELECT count(*) FROM capacity.line_current WHERE state IS NULL AND planned_now"));
        assertThat(tab.problems()).isEmpty();
    }

    @Test
    void what_is_not_reached_or_rests_on_few_is_said_and_stands_in_another_colour(FilledViewer viewer, Tab tab)
            throws SQLException {
        tab.open(viewer.committed("/d/lead-times?var-kind=product&var-group=charge&" + FilledViewer.week()));
        assertThat(stat(tab, "Half within")).isEqualTo("92 days").isEqualTo(words(viewer, "p50", "charge"));
        assertThat(stat(tab, "Four in five within")).isEqualTo("not reached").isEqualTo(words(viewer, "p80", "charge"));
        String figure = colour(tab, "Half within");
        String unknown = colour(tab, "Four in five within");
        assertThat(unknown).isNotEqualTo(figure);
        tab.open(viewer.committed("/d/lead-times?var-kind=buyer_nation&var-group=EST&" + FilledViewer.week()));
        assertThat(stat(tab, "Half within")).isEqualTo("22 days (3 at risk)").isEqualTo(words(viewer, "p50", "EST"));
        assertThat(colour(tab, "Half within")).isEqualTo(unknown);
        assertThat(tab.problems()).isEmpty();
    }

    @Test
    void orders_on_the_page_are_those_of_the_database_in_their_order(FilledViewer viewer, Tab tab) throws SQLException {
        tab.open(viewer.committed("/d/lead-times?" + FilledViewer.week())).showAll();
        assertThat(tab.all(".stat-value[data-field='Open orders']", "data-value"))
                .containsExactly(
                        viewer.value("SELECT open_orders FROM capacity.order_backlog WHERE group_kind = 'alliance'"
                                + " ORDER BY as_of DESC LIMIT 1"));
        String slips = "section.panel[aria-label*='Forecast against promise'] td[data-field='%s']";
        assertThat(tab.all(slips.formatted("Order"), "data-value"))
                .isEqualTo(column(
                        viewer,
                        "SELECT order_id FROM capacity.order_status WHERE state = 'OPEN'"
                                + " ORDER BY slip_days DESC NULLS LAST, order_id"));
        assertThat(tab.texts(slips.formatted("Slip"))).startsWith("61 days").endsWith("no forecast");
        assertThat(tab.texts(slips.formatted("Order book"))).contains("Moving", "Stalled", "No forecast");
        assertThat(tab.all(
                        "section.panel[aria-label*='Weeks, the newest first'] td[data-field='Lines due']",
                        "data-value"))
                .isEqualTo(
                        column(
                                viewer,
                                "SELECT lines_due FROM capacity.on_time_week WHERE iso_week = '2026-W46' AND group_kind = 'alliance'"));
        assertThat(tab.problems()).isEmpty();
    }

    @Test
    void the_overview_leads_to_orders_and_a_name_there_to_its_own(FilledViewer viewer, Tab tab) {
        tab.open(viewer.committed("/d/board-overview?" + FilledViewer.week()));
        tab.click(".stat-value[data-field='Half within'] a")
                .await("location.pathname === '/d/lead-times'")
                .awaitReady();
        assertThat(tab.url()).contains(FilledViewer.week()).contains("var-kind=alliance");
        tab.showAll()
                .click(
                        "section.panel[aria-label*='Beside each other'] td[data-field='Orders of'][data-value='Charge'] a")
                .await("location.search.includes('var-group=charge')")
                .awaitReady();
        assertThat(tab.url()).contains(FilledViewer.week()).contains("var-kind=product");
        assertThat(stat(tab, "Half within")).isEqualTo("92 days");
        assertThat(tab.problems()).isEmpty();
    }

    private static String stat(Tab tab, String field) {
        return tab.text(".stat-value[data-field='" + field + "']");
    }

    private static String colour(Tab tab, String field) {
        return tab.look("getComputedStyle(document.querySelector(\".stat-value[data-field='" + field + "']\")).color")
                .asText();
    }

    private static String words(FilledViewer viewer, String percentile, String group) throws SQLException {
        return viewer.value(
                "SELECT " + percentile + "_in_words FROM capacity.lead_times_at('2026-11-16Z') WHERE group_id = '"
                        + group + "' AND cohort = 'trailing' AND basis = 'LAST_UNIT'");
    }

    private static List<String> column(FilledViewer viewer, String query) throws SQLException {
        return viewer.rows(query).stream().map(row -> row.get(0)).toList();
    }

    private static void looksRight(Tab tab, String page) {
        fits(tab, page);
        JsonNode panels = tab.look(
                "[...document.querySelectorAll('section.panel')].map(e => ({"
                        + "panel: e.getAttribute('aria-label') + ' ' + e.dataset.type, state: e.dataset.state,"
                        + " said: e.querySelector('.panel-problem, .panel-empty, .panel-not-drawn')?.innerText ?? '',"
                        + " outside: e.getBoundingClientRect().right > window.innerWidth + 1,"
                        + " points: (Board.chart.of(e)?.getOption().series ?? [{data: [1]}]).reduce((n, s) => n + s.data.length, 0) }))");
        assertThat(panels).as("panels of %s", page).isNotEmpty().allSatisfy(panel -> {
            assertThat(panel.path("state").asText()).as("%s: %s", page, panel).isEqualTo("ready");
            assertThat(panel.path("said").asText()).as("%s: %s", page, panel).isEmpty();
            assertThat(panel.path("outside").asBoolean())
                    .as("%s: %s", page, panel)
                    .isFalse();
            assertThat(panel.path("points").asInt()).as("%s: %s", page, panel).isPositive();
        });
        assertThat(tab.text("body"))
                .as(page)
                .doesNotContain("NaN", "undefined", "[object", "Infinity", "Invalid date", "${");
    }

    /** What the system prefers changes, and the page hears of it a moment later. */
    private static Tab shown(Tab tab, String theme) {
        return tab.theme(theme).await("document.documentElement.dataset.theme === " + Tab.quoted(theme));
    }

    private static void fits(Tab tab, String page) {
        assertThat(tab.look("document.documentElement.scrollWidth - window.innerWidth")
                        .asInt())
                .as("pixels by which %s is too wide", page)
                .isLessThanOrEqualTo(0);
    }

    private static List<String> uids(FilledViewer viewer) throws IOException {
        List<String> uids = new ArrayList<>();
        try (InputStream home = viewer.committed("/api/home").toURL().openStream()) {
            new ObjectMapper()
                    .readTree(home)
                    .path("dashboards")
                    .forEach(dashboard -> uids.add(dashboard.path("uid").asText()));
        }
        assertThat(uids).isNotEmpty();
        return uids;
    }
}
