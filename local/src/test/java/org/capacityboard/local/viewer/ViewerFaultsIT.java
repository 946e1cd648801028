package org.capacityboard.local.viewer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import org.capacityboard.process.errors.UserError;
import org.capacityboard.process.meters.ProcessMetrics;
import org.capacityboard.process.settings.Settings;
import org.capacityboard.viewer.Viewer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What breaks is said where it broke, and the rest of the page goes on. */
@NeedsBrowser
@ExtendWith(ViewerExtension.class)
final class ViewerFaultsIT {

    @Test
    void a_query_that_takes_too_long_is_cut_and_the_other_panels_are_drawn(FilledViewer viewer, Tab tab)
            throws SQLException {
        try (Viewer hasty = viewer.another(viewer.settingsOfTests().with("viewer.query-timeout", "1s"))) {
            tab.open(hasty.address().resolve("/d/slow?" + FilledViewer.week())).showAll();
            assertThat(state(tab, 1)).isEqualTo("error");
            assertThat(problem(tab, 1)).contains("1 s").contains("cut").contains("Maybe");
            assertThat(state(tab, 2)).isEqualTo("ready");
            assertThat(tab.all("[data-panel-id='2'] .stat-value", "data-value"))
                    .containsExactly(viewer.value("SELECT count(*) FROM capacity.line"));
            assertThat(state(tab, 3)).isEqualTo("error");
            assertThat(problem(tab, 3)).isNotBlank().doesNotContainIgnoringCase("select ");
            assertThat(tab.has("[data-panel-id='4'] .panel-not-drawn")).isTrue();
            assertThat(tab.problems()).isEmpty();
        }
    }

    @Test
    void a_broken_file_is_named_on_the_first_page_and_the_others_open(FilledViewer viewer, Tab tab) {
        tab.open(viewer.tests("/"));
        assertThat(tab.text("body")).contains(TestDashboards.BROKEN).contains("Test figures");
        tab.click("a[href^='/d/choices']")
                .await("location.pathname === '/d/choices'")
                .awaitReady();
        assertThat(tab.has("section.panel[data-state=ready]")).isTrue();
        assertThat(tab.problems()).isEmpty();
    }

    @Test
    void a_folder_that_is_not_there_is_refused_at_the_start(FilledViewer viewer, @TempDir Path folder) {
        Settings wrong = viewer.settings()
                .with("viewer.dashboards", folder.resolve("nothing").toString());
        assertThatThrownBy(() -> viewer.another(wrong).close())
                .isInstanceOf(UserError.class)
                .hasMessageContaining("viewer.dashboards");
    }

    @Test
    void while_the_database_is_away_the_page_says_so_and_then_goes_on(EmptyBoard board, @TempDir Path folder, Tab tab)
            throws IOException {
        new DashboardFile("two")
                .panel("stat", "One", "SELECT count(*) AS \"Lines\" FROM capacity.line -- timeless: reference data")
                .panel("text", "Text", "", panel -> panel.remove("targets"))
                .writeTo(folder);
        try (ProcessMetrics metrics = new ProcessMetrics("viewer");
                Viewer viewer = Viewer.start(
                        board.settings().with("viewer.dashboards", folder.toString()), metrics, List.of())) {
            URI page = viewer.address().resolve("/d/two?from=now-1h&to=now&refresh=1s");
            tab.open(page).await(panelIs("ready"));
            assertThat(tab.problems()).isEmpty();

            board.stop();
            tab.await(panelIs("error"));
            assertThat(problem(tab, 1)).contains("Maybe").doesNotContain("jdbc:");
            assertThat(tab.has("button#range")).isTrue();
            tab.open(viewer.address());
            assertThat(tab.text("body")).contains("Maybe").contains("Test two");
            tab.open(page).await(panelIs("error"));

            board.startAgain();
            tab.await(panelIs("ready"));
        }
    }

    private static String panelIs(String state) {
        return "document.querySelector(\"[data-panel-id='1']\")?.dataset.state === '" + state + "'";
    }

    private static String state(Tab tab, int panel) {
        return tab.all("section.panel[data-panel-id='" + panel + "']", "data-state")
                .get(0);
    }

    private static String problem(Tab tab, int panel) {
        return tab.text("section.panel[data-panel-id='" + panel + "'] .panel-problem");
    }
}
