package org.capacityboard.viewer.dashboard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicReference;
import org.capacityboard.process.errors.UserError;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@SuppressWarnings("NullAway.Init")
final class DashboardCatalogueTest {
    private static final Instant T0 = Instant.parse("2026-11-18T12:00:00Z");

    @TempDir
    private Path folder;

    private final AtomicReference<Instant> now = new AtomicReference<>(T0);
    private final InstantSource clock = now::get;

    @Test
    void the_dashboards_of_this_release_are_there_and_whole() {
        DashboardCatalogue.Content content =
                DashboardCatalogue.open(null, clock).content();

        assertThat(content.byUid()).containsKeys("board-overview", "plant", "data-quality");
        assertThat(content.broken()).isEmpty();
        assertThat(content.byUid().values())
                .allSatisfy(dashboard -> assertThat(dashboard.panels()).isNotEmpty());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{                                                        | is no JSON, line 1",
                "[]                                                       | holds no JSON object",
                "{\"uid\": \"a b\", \"title\": \"T\", \"panels\": []}     | uid 'a b' must be 1..40",
                "{\"uid\": \"a\", \"panels\": []}                         | title is missing",
                "{\"uid\": \"a\", \"title\": \"T\"}                       | panels are missing",
                "{\"uid\": \"a\", \"title\": \"T\", \"panels\": [{\"title\": \"P\"}]} | id of panel 'P' '0' must be above 0",
                "{\"uid\": \"a\", \"title\": \"T\", \"panels\": [{\"id\": 1}, {\"id\": 1}]} | must be above 0 and no other panel's",
                "{\"uid\": \"a\", \"title\": \"T\", \"panels\": [], \"templating\": {\"list\": [{}]}} | must have a name of its own",
            })
    void a_broken_file_is_told_of_and_the_others_go_on(String content, String problem) throws IOException {
        write("broken.json", content);
        write("good.json", dashboard("good"));

        DashboardCatalogue catalogue = DashboardCatalogue.open(folder, clock);

        assertThat(catalogue.content().byUid()).containsOnlyKeys("good");
        assertThat(catalogue.content().broken()).singleElement().satisfies(broken -> {
            assertThat(broken.file()).isEqualTo("broken.json");
            assertThat(broken.problem()).contains(problem);
        });
    }

    @Test
    void of_two_files_with_one_uid_the_first_is_shown() throws IOException {
        write("a.json", dashboard("same"));
        write("b.json", dashboard("same"));

        DashboardCatalogue.Content content =
                DashboardCatalogue.open(folder, clock).content();

        assertThat(content.byUid().get("same")).extracting(Dashboard::file).isEqualTo("a.json");
        assertThat(content.broken()).containsExactly(new BrokenFile("b.json", "uid 'same' stands in a.json already."));
    }

    @Test
    void a_folder_that_is_not_there_is_told_at_the_start() {
        assertThatThrownBy(() -> DashboardCatalogue.open(folder.resolve("nowhere"), clock))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("viewer.dashboards")
                .hasMessageContaining("cannot be read");
    }

    @Test
    void files_that_change_are_read_again_without_a_restart() throws IOException {
        write("a.json", dashboard("one"));
        DashboardCatalogue catalogue = DashboardCatalogue.open(folder, clock);
        write("a.json", dashboard("other"));
        Files.setLastModifiedTime(folder.resolve("a.json"), FileTime.from(T0));

        assertThat(catalogue.find("one")).isNotNull();
        now.set(T0.plusSeconds(3));

        assertThat(catalogue.find("one")).isNull();
        assertThat(catalogue.find("other")).isNotNull();
    }

    @Test
    void what_is_no_json_file_is_left_alone() throws IOException {
        write("notes.txt", "{");
        Files.createDirectory(folder.resolve("sub.json"));

        assertThat(DashboardCatalogue.open(folder, clock).content().broken()).isEmpty();
    }

    @Test
    void panels_of_collapsed_rows_are_known_by_their_row() throws IOException {
        write(
                "a.json",
                """
                {"uid": "a", "title": "A", "panels": [
                  {"id": 1, "type": "row", "collapsed": true, "panels": [{"id": 2, "type": "stat"}]},
                  {"id": 3, "type": "stat"}]}""");

        Dashboard dashboard =
                DashboardCatalogue.open(folder, clock).content().byUid().get("a");

        assertThat(dashboard).isNotNull();
        assertThat(dashboard.panels()).extracting(Panel::id).containsExactly(1, 2, 3);
        assertThat(dashboard.panels()).extracting(Panel::row).containsExactly(null, 1, null);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "\"type\": \"piechart\"                                                | no panel of type 'piechart'",
                "\"type\": \"text\", \"options\": {\"mode\": \"html\"}                 | texts in Markdown, not 'html'",
                "\"type\": \"stat\", \"datasource\": {\"type\": \"prometheus\"}        | asks 'prometheus'",
                "\"type\": \"stat\", \"targets\": [{\"datasource\": {\"type\": \"loki\"}}] | asks 'loki'",
                "\"type\": \"table\", \"transformations\": [{\"id\": \"merge\"}]       | transforms its rows ('merge')",
                "\"type\": \"stat\", \"repeat\": \"line\"                              | repeated for each value of 'line'",
                "\"type\": \"stat\", \"targets\": [{\"rawSql\": \"$__timeGroup(t,'5m',0)\"}] | fills gaps",
            })
    void what_is_not_drawn_says_why(String panel, String reason) throws IOException {
        write("a.json", "{\"uid\": \"a\", \"title\": \"A\", \"panels\": [{\"id\": 1, " + panel + "}]}");

        Dashboard dashboard = DashboardCatalogue.open(folder, clock).find("a");

        assertThat(dashboard).isNotNull();
        assertThat(dashboard.panels().get(0).notDrawn()).contains(reason);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "/d/plant?var-x=$y                | true",
                "https://example.org/             | true",
                "mailto:someone@example.org       | true",
                "?from=now-1h                     | true",
                "//example.org/                   | false",
                "/\\example.org                   | false",
                "javascript:alert(1)              | false",
                "data:text/html,x                 | false",
                "${__value.raw}                   | false",
            })
    void links_lead_to_pages_only(String address, boolean safe) {
        assertThat(Addresses.isSafe(address)).isEqualTo(safe);
    }

    private void write(String file, String text) throws IOException {
        Files.writeString(folder.resolve(file), text);
    }

    private static String dashboard(String uid) {
        return "{\"uid\": \"" + uid + "\", \"title\": \"" + uid + "\", \"panels\": []}";
    }
}
