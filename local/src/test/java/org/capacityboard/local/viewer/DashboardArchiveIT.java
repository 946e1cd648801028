package org.capacityboard.local.viewer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.capacityboard.local.deploy.FilledBoard;
import org.capacityboard.process.errors.UserError;
import org.capacityboard.viewer.archive.DashboardArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A dashboard in one file shows, years later and without a network, what the page showed. */
@NeedsBrowser
@ExtendWith(ViewerExtension.class)
final class DashboardArchiveIT {
    private static final String FROM = FilledBoard.WEEK_START.toString();
    private static final String TO = FilledBoard.WEEK_END.minusMillis(1).toString();

    @Test
    void the_file_shows_the_figures_of_the_page_without_network(FilledViewer viewer, Tab page, @TempDir Path folder)
            throws IOException {
        page.open(viewer.week("figures")).showAll();
        List<String> figures = page.all(".stat-value, td[data-field]", "data-value");
        List<String> texts = page.texts(".stat-value, td[data-field]");
        Path file;
        try (DashboardArchive archive = new DashboardArchive(viewer.settingsOfTests())) {
            file = archive.write("figures", FROM, TO, Map.of(), folder);
        }
        assertThat(file).isEqualTo(folder.resolve("figures.html"));
        assertThat(Files.readString(file)).doesNotContain("rawSql", "jdbc:");

        page.offline(true).open(file.toUri()).showAll();
        assertThat(figures).isNotEmpty();
        assertThat(page.all(".stat-value, td[data-field]", "data-value")).isEqualTo(figures);
        assertThat(page.texts(".stat-value, td[data-field]")).isEqualTo(texts);
        assertThat(page.all("section.panel", "data-state")).containsOnly("ready");
        assertThat(page.text("body")).containsIgnoringCase("synthetic").contains("2026");
        assertThat(page.has("button#refresh-now")).isFalse();
        page.picture(Path.of("target", "screenshots", "archive.png"));
        assertThat(page.problems()).isEmpty();
    }

    @Test
    void the_variables_asked_for_are_those_of_the_file(FilledViewer viewer, Tab page, @TempDir Path folder)
            throws IOException {
        try (DashboardArchive archive = new DashboardArchive(viewer.settingsOfTests())) {
            page.open(archive.write("choices", FROM, TO, Map.of("plant", List.of("2FAB0")), folder)
                            .toUri())
                    .showAll();
            assertThat(page.all("td[data-field='Plant']", "data-value"))
                    .isNotEmpty()
                    .containsOnly("2FAB0");
            assertThat(page.problems()).isEmpty();
            assertThatThrownBy(() -> archive.write("nowhere", FROM, TO, Map.of(), folder))
                    .isInstanceOf(UserError.class)
                    .hasMessageContaining("nowhere");
            assertThatThrownBy(() -> archive.write("choices", "yesterday", TO, Map.of(), folder))
                    .isInstanceOf(UserError.class)
                    .hasMessageContaining("yesterday");
            assertThatThrownBy(() -> archive.write("choices", FROM, TO, Map.of("plant", List.of("nowhere")), folder))
                    .isInstanceOf(UserError.class)
                    .hasMessageContaining("nowhere");
        }
    }
}
