package org.capacityboard.local.viewer;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever an address carries, the database stays as it is, no script runs, and the page says what is wrong. */
@NeedsBrowser
@ExtendWith(ViewerExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@SuppressWarnings("NullAway.Init")
final class HostileValuesIT {
    private static final String SCRIPT =
            "<img src=x onerror=\"window.hostile=1;alert(1)\"><script>window.hostile=1</script>";

    private FilledViewer viewer;
    private Tab tab;
    private List<List<String>> before;

    @BeforeAll
    void rememberTheDatabase(FilledViewer shared) throws SQLException {
        viewer = shared;
        before = viewer.everything();
    }

    @AfterAll
    void theDatabaseIsAsItWas() throws SQLException {
        assertThat(viewer.everything()).isEqualTo(before);
    }

    @BeforeEach
    void use(Tab fresh) {
        tab = fresh;
    }

    @AfterEach
    void nothingRan() {
        assertThat(tab.look("window.hostile === undefined").asBoolean()).isTrue();
        assertThat(tab.has("body img[onerror]")).isFalse();
        // A refused request is told in the console too; scripts and dialogs are not what was asked for.
        assertThat(tab.problems()).allSatisfy(problem -> assertThat(problem).contains("Failed to load resource"));
    }

    @ParameterizedTest(name = "{index}")
    @ValueSource(
            strings = {
                "it's",
                "'; DROP TABLE store.line; --",
                "\\'; UPDATE store.line SET plant_id = 'x'; --",
                "' UNION SELECT rolpassword FROM pg_authid --",
                "$$; DELETE FROM store.line; $$",
                "/* a comment */ -- another",
                "${word} $word $__all",
                SCRIPT,
                "{{constructor.constructor('return window')()}}",
                "\u202Egnp.exe \uFEFF \uD83D\uDE00"
            })
    void a_value_that_anybody_may_write_stays_a_value(String word) {
        tab.open(said(word)).showAll();
        assertThat(tab.all("section.panel[data-panel-id='2']", "data-state")).containsExactly("ready");
        assertTheWordIsShownOrItsPanelSaysWhyNot(word);
    }

    @ParameterizedTest(name = "{index}")
    @ValueSource(strings = {"$__timeFilter(", "$__timeFilter(x)", "$__nothing(1)", "$__timeGroup(a,b,c)", "a\u0000b"})
    void a_value_that_means_something_to_the_query_is_no_more_than_an_error(String word) {
        tab.open(said(word)).showAll();
        assertThat(tab.all("section.panel[data-panel-id='1']", "data-state"))
                .as(tab.text("section.panel[data-panel-id='1']"))
                .containsAnyOf("ready", "error");
        if (tab.has("section.panel[data-panel-id='1'][data-state=error]")) {
            assertThat(tab.text("section.panel[data-panel-id='1'] .panel-problem"))
                    .isNotBlank();
        }
    }

    @Test
    void a_very_long_value_is_shown_or_refused_in_words() {
        tab.open(said("x".repeat(30_000)));
        tab.await("document.body.innerText.trim().length > 20");
        assertThat(tab.text("body")).doesNotContain("undefined");
    }

    @ParameterizedTest(name = "{index}")
    @ValueSource(strings = {"it's", "' OR 1=1 --", SCRIPT, "nowhere", "$__timeFilter(", "a\u0000b"})
    void a_value_that_is_no_option_gives_the_usual_one_and_says_so(String plant) throws SQLException {
        tab.open(viewer.tests("/d/choices?var-plant=" + encoded(plant) + "&" + FilledViewer.week()))
                .showAll();
        String first = viewer.value("SELECT min(plant_id) FROM capacity.plant");
        assertThat(tab.all("td[data-field='Plant']", "data-value")).isNotEmpty().containsOnly(first);
        assertThat(tab.text("body")).containsIgnoringCase("plant").contains("Maybe");
    }

    @ParameterizedTest(name = "{index}")
    @ValueSource(
            strings = {
                "/d/" + "%3Cimg%20src=x%20onerror=window.hostile=1%3E",
                "/d/nowhere",
                "/d/figures?from=%3Cscript%3E&to=now"
            })
    void an_address_that_leads_nowhere_is_explained(String path) {
        tab.openUnfinished(viewer.tests(path));
        tab.await("document.body !== null && document.body.innerText.includes('Maybe')");
    }

    @Test
    void what_the_database_holds_is_text_whatever_it_says() {
        tab.open(said(SCRIPT)).showAll();
        assertThat(tab.all("td[data-field='Word']", "data-value")).containsExactly(SCRIPT);
        assertThat(tab.text("td[data-field='Word']")).contains("<img").contains("onerror");
    }

    @Test
    void a_script_that_failed_would_be_noticed() {
        tab.open(said("word"));
        tab.look("setTimeout(() => { window.late = true; throw new Error('noticed'); })");
        tab.await("window.late");
        assertThat(tab.problems()).singleElement().asString().contains("noticed");
    }

    private void assertTheWordIsShownOrItsPanelSaysWhyNot(String word) {
        String panel = "section.panel[data-panel-id='1']";
        if (tab.has(panel + "[data-state=error]")) {
            assertThat(tab.text(panel + " .panel-problem")).isNotBlank();
        } else {
            // As Grafana does it: comments leave the query, those in values too.
            String shown = tab.all("td[data-field='Word']", "data-value").get(0);
            assertThat(word).startsWith(shown.stripTrailing().isEmpty() ? "" : shown.substring(0, 1));
        }
    }

    private URI said(String word) {
        return viewer.tests("/d/said?var-word=" + encoded(word));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
