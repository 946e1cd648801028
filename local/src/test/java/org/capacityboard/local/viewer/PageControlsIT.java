package org.capacityboard.local.viewer;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.capacityboard.local.deploy.FilledBoard;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.openqa.selenium.Keys;

/** What a person does with a page shows in the page and in its address, and the address brings it back. */
@NeedsBrowser
@ExtendWith(ViewerExtension.class)
@SuppressWarnings("NullAway.Init")
final class PageControlsIT {
    private static final String WEEK_START = seconds(FilledBoard.WEEK_START);

    private static final String HEAD_HIDDEN =
            "(document.querySelector('button#range')?.getClientRects().length ?? 0) === 0";
    private static final String REQUESTS =
            "performance.getEntriesByType('resource').filter(e => e.name.includes('/panels/')).length";

    private FilledViewer viewer;
    private Tab tab;

    @BeforeEach
    void openThePage(FilledViewer shared, Tab fresh) {
        viewer = shared;
        tab = fresh;
        tab.open(viewer.week("choices"));
        assertThat(begin()).isEqualTo(WEEK_START);
    }

    @AfterEach
    void nothingWentWrong() {
        assertThat(tab.problems()).isEmpty();
    }

    @Test
    void a_quick_range_is_asked_for_and_back_returns_to_the_one_before() {
        tab.click("button#range").click("#range-menu button[data-range='now-24h']");
        tab.await("location.search.includes('from=now-24h') && location.search.includes('to=now')");
        tab.await(figure("To") + " - " + figure("From") + " === 86400");
        tab.back().await(figure("From") + " === " + WEEK_START);
        assertThat(tab.url()).contains(FilledViewer.week());
        assertThat(tab.text("button#range")).contains("2026-11-09");
    }

    @Test
    void a_range_may_be_written_down_and_one_that_is_none_is_refused() {
        tab.click("button#range")
                .fill("#range-from", "2026-11-10 06:00:00")
                .fill("#range-to", "2026-11-10 18:00:00")
                .click("#range-apply");
        tab.await(figure("From") + " === " + seconds(Instant.parse("2026-11-10T06:00:00Z")));
        tab.await(figure("To") + " === " + seconds(Instant.parse("2026-11-10T18:00:00Z")));
        String good = tab.url();

        tab.click("button#range").fill("#range-from", "someday").click("#range-apply");
        assertThat(tab.text("#range-menu")).contains("From", "Maybe");
        assertThat(tab.url()).isEqualTo(good);
        tab.press(Keys.ESCAPE).await("document.querySelector('#range-menu')?.getClientRects().length !== 1");
    }

    @Test
    void another_value_of_a_variable_changes_what_depends_on_it() throws SQLException {
        assertThat(lines()).isEqualTo(linesOf("1FAB0"));
        choose("plant", "2FAB0");
        tab.await("document.querySelector(\"td[data-field='Plant']\")?.dataset.value === '2FAB0'")
                .awaitReady();
        assertThat(lines()).isEqualTo(linesOf("2FAB0"));
        assertThat(tab.url()).contains("var-plant=2FAB0").contains(FilledViewer.week());
        tab.back()
                .await("document.querySelector(\"td[data-field='Plant']\")?.dataset.value === '1FAB0'")
                .awaitReady();
        assertThat(lines()).isEqualTo(linesOf("1FAB0"));
    }

    @Test
    void what_can_be_chosen_follows_what_was_chosen_before() throws SQLException {
        choose("plant", "2FAB0");
        awaitLines(linesOf("2FAB0"));
        tab.click("button[data-variable=line]").await("document.querySelector('#options-of-line li')");
        List<String> offered = new ArrayList<>(List.of("$__all"));
        offered.addAll(linesOf("2FAB0"));
        assertThat(tab.all("#options-of-line [role=option]", "data-value")).isEqualTo(offered);
    }

    @Test
    void several_values_and_all_of_them_can_be_chosen() throws SQLException {
        List<String> all = linesOf("1FAB0");
        choose("line", all.get(0), all.get(1));
        awaitLines(all.subList(0, 2));
        assertThat(tab.url()).contains("var-line=" + all.get(0)).contains("var-line=" + all.get(1));
        tab.reload().await(Tab.READY);
        awaitLines(all.subList(0, 2));
        choose("line", "$__all");
        awaitLines(all);
        assertThat(tab.url()).contains("var-line=%24__all");
    }

    @Test
    void an_address_with_everything_in_it_opens_just_that() throws SQLException {
        List<String> all = linesOf("2FAB0");
        tab.open(viewer.tests("/d/choices?var-plant=2FAB0&var-line=" + all.get(1) + "&from=now-6h&to=now-3h"));
        awaitLines(all.subList(1, 2));
        assertThat(tab.look(figure("To") + " - " + figure("From")).asInt()).isEqualTo(3 * 3600);
        assertThat(tab.text("[data-variable=plant]")).contains("2FAB0");
    }

    @Test
    void a_link_in_a_table_keeps_the_range_and_hands_its_value_over() throws SQLException {
        tab.open(viewer.week("figures"));
        tab.click("td[data-field='Plant'][data-value='2FAB0'] a")
                .await("location.pathname === '/d/choices'")
                .awaitReady();
        awaitLines(linesOf("2FAB0"));
        assertThat(begin()).isEqualTo(WEEK_START);
        tab.back().await("location.pathname === '/d/figures'").awaitReady();
        assertThat(tab.has("td[data-field='Plant'][data-value='2FAB0']")).isTrue();
    }

    @Test
    void a_link_of_the_dashboard_keeps_range_and_variables() {
        choose("plant", "2FAB0");
        tab.await("location.search.includes('var-plant=2FAB0')").awaitReady();
        tab.click("nav[aria-label=Related] a")
                .await("location.pathname === '/d/figures'")
                .awaitReady();
        assertThat(tab.url()).contains(FilledViewer.week()).contains("var-plant=2FAB0");
    }

    @Test
    void refreshing_asks_again_and_keeps_everything() throws SQLException {
        choose("plant", "2FAB0");
        tab.await("location.search.includes('var-plant=2FAB0')").awaitReady();
        String before = tab.url();
        int asked = requests();
        tab.click("button#refresh-now").await(REQUESTS + " > " + asked).awaitReady();
        assertThat(tab.url()).isEqualTo(before);
        awaitLines(linesOf("2FAB0"));
    }

    @Test
    void a_page_refreshes_by_itself_when_told_to() {
        tab.open(viewer.tests("/d/choices?from=now-1h&to=now&refresh=1s"));
        int asked = requests();
        tab.await(REQUESTS + " > " + asked).awaitReady();
        assertThat(tab.look("document.querySelector('select#refresh').value").asText())
                .isEqualTo("1s");
    }

    @Test
    void the_theme_is_kept_for_the_next_visit() {
        String light = background();
        for (int i = 0; i < 3 && background().equals(light); i++) {
            tab.click("button#theme");
        }
        String dark = background();
        assertThat(dark).isNotEqualTo(light);
        tab.reload().await(Tab.READY);
        assertThat(background()).isEqualTo(dark);
    }

    @Test
    void a_wall_shows_figures_without_controls() {
        tab.click("button#kiosk").await(HEAD_HIDDEN);
        assertThat(tab.url()).contains("kiosk");
        tab.reload().await(Tab.READY + " && " + HEAD_HIDDEN);
        tab.press(Keys.ESCAPE).await("!(" + HEAD_HIDDEN + ")");
        assertThat(tab.url()).doesNotContain("kiosk");
    }

    @Test
    void the_range_can_be_changed_without_a_mouse() {
        tab.tabTo("button#range").press(Keys.ENTER).tabTo("#range-menu button[data-range='now-24h']");
        assertThat(tab.look("getComputedStyle(document.activeElement).outlineStyle !== 'none'"
                                + " || getComputedStyle(document.activeElement).boxShadow !== 'none'")
                        .asBoolean())
                .as("the focus is visible")
                .isTrue();
        tab.press(Keys.ENTER).await(figure("To") + " - " + figure("From") + " === 86400");
    }

    @Test
    void escape_closes_the_menu_and_gives_the_focus_back() {
        tab.tabTo("button#range").press(Keys.ENTER);
        tab.await("document.querySelector('#range-menu')?.getClientRects().length > 0");
        tab.press(Keys.ESCAPE);
        tab.await("(document.querySelector('#range-menu')?.getClientRects().length ?? 0) === 0");
        tab.await("document.activeElement.id === 'range'");
    }

    @Test
    void a_variable_can_be_changed_without_a_mouse() throws SQLException {
        tab.tabTo("button[data-variable=plant]").press(Keys.ENTER);
        tab.await("document.querySelector('#options-of-plant [aria-selected=true]')");
        tab.press(Keys.ARROW_DOWN).press(Keys.ENTER);
        tab.await("document.querySelector(\"td[data-field='Plant']\")?.dataset.value === '2FAB0'")
                .awaitReady();
        awaitLines(linesOf("2FAB0"));
    }

    @Test
    void a_variable_can_be_found_by_typing() throws SQLException {
        tab.tabTo("button[data-variable=plant]").press(Keys.ENTER);
        tab.await("document.querySelector('#options-of-plant [aria-selected=true]')");
        tab.type("2fa").press(Keys.ENTER);
        awaitLines(linesOf("2FAB0"));
    }

    private int requests() {
        return tab.look(REQUESTS).asInt();
    }

    private String background() {
        return tab.look("getComputedStyle(document.body).backgroundColor").asText();
    }

    /** Opens the list of a variable and makes these its values. */
    private void choose(String variable, String... values) {
        tab.click("button[data-variable=" + variable + "]");
        for (String value : values) {
            tab.click("#options-of-" + variable + " [data-value=" + Tab.quoted(value) + "]");
        }
        tab.press(Keys.ESCAPE);
    }

    private List<String> linesOf(String plant) throws SQLException {
        return viewer
                .rows("SELECT DISTINCT line_id FROM capacity.line WHERE plant_id = '" + plant + "' ORDER BY 1")
                .stream()
                .map(row -> row.get(0))
                .toList();
    }

    private List<String> lines() {
        return tab.all("td[data-field='Line']", "data-value");
    }

    private void awaitLines(List<String> expected) {
        tab.await("[...document.querySelectorAll(\"td[data-field='Line']\")].map(e => e.dataset.value).join() === "
                + Tab.quoted(String.join(",", expected)));
    }

    private String begin() {
        return tab.look(figure("From")).asText();
    }

    private static String figure(String field) {
        return "Number(document.querySelector(\".stat-value[data-field='" + field + "']\")?.dataset.value)";
    }

    private static String seconds(Instant time) {
        return String.valueOf(time.getEpochSecond());
    }
}
