package org.capacityboard.local.viewer;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The pages about surge readiness and the supply behind it say what the database says, and what nobody knows is called so. */
@NeedsBrowser
@ExtendWith(ViewerExtension.class)
@SuppressWarnings("NullAway.Init")
final class SurgePagesIT {
    private static final String NEWEST = "as_of = '2026-11-15' AND evidence = 'CONTRACTED'";

    private FilledViewer viewer;
    private Tab tab;

    @BeforeEach
    void openATab(FilledViewer shared, Tab fresh) {
        viewer = shared;
        tab = fresh;
    }

    @AfterEach
    void nothingWentWrong() {
        assertThat(tab.has(".panel-not-drawn")).isFalse();
        assertThat(tab.all("section.panel", "data-state")).isNotEmpty().doesNotContain("error", "loading");
        assertThat(tab.problems()).isEmpty();
    }

    private void open(String page, String variables) {
        tab.open(viewer.committed("/d/" + page + "?" + variables + FilledViewer.week()))
                .showAll();
    }

    @Test
    void the_overview_names_the_lowest_readiness_of_each_posture_and_what_binds_it() throws SQLException {
        open("board-overview", "");
        List<List<String>> worst =
                viewer.rows("SELECT DISTINCT ON (posture) readiness, units_short FROM capacity.surge_readiness"
                        + " WHERE " + NEWEST + " AND required_per_month > 0"
                        + " ORDER BY posture DESC, readiness NULLS LAST, units_short DESC");
        assertThat(cells("Who is not ready", "Posture")).containsExactly("Peacetime", "Crisis", "Conflict");
        assertThat(values("Who is not ready", "Lowest"))
                .containsExactly(
                        worst.get(0).get(0), worst.get(1).get(0), worst.get(2).get(0));
        assertThat(values("Who is not ready", "Units short"))
                .containsExactly(
                        worst.get(0).get(1), worst.get(1).get(1), worst.get(2).get(1));
        assertThat(cells("Who is not ready", "Binds"))
                .containsExactly("Lines of Charge", "Propellant powder", "Propellant powder");
        assertThat(values("Who is not ready", "Unknown")).containsExactly("1", "1", "1");
        assertThat(tab.text(panel("Lowest surge readiness") + " .stat-value[data-field='In a conflict']"))
                .isEqualTo(percent(worst.get(2).get(0)));
        tab.click(panel("Who is not ready") + " tr:nth-child(3) td[data-field='Product'] a")
                .awaitReady();
        assertThat(tab.url())
                .contains("/d/surge-readiness", "var-posture=CONFLICT", "var-product=charge", FilledViewer.week());
    }

    @Test
    void the_worst_product_comes_first_and_is_chosen() throws SQLException {
        open("surge-readiness", "");
        assertThat(cells("What limits each product", "Product"))
                .containsExactly("Charge", "Round 155 mm", "Shell", "Igniter");
        assertThat(values("What limits each product", "Readiness"))
                .isEqualTo(column("SELECT coalesce(readiness::text, '') FROM capacity.surge_readiness WHERE " + NEWEST
                        + " AND posture = 'CONFLICT' ORDER BY readiness, units_short DESC"));
        assertThat(cells("What limits each product", "Time to surge"))
                .containsExactly("never", "never", "never", "unknown");
        assertThat(cells("What limits each product", "Range"))
                .containsExactly("0.0 to 15.6 %", "0.0 to 15.6 %", "none", "unknown");
        assertThat(cells("What limits each product", "Readiness")).endsWith("unknown");
        assertThat(cells("In words", "Why"))
                .isEqualTo(column("SELECT why FROM capacity.surge_readiness WHERE " + NEWEST
                        + " AND product_id = 'charge' ORDER BY posture"));
        assertThat(tab.text(panel("In words") + " h3")).isEqualTo("In words: Charge");
    }

    @Test
    void the_ladder_has_the_steps_of_the_database() throws SQLException {
        open("surge-readiness", "var-product=round&");
        String ladder = " FROM capacity.surge_ladder WHERE " + NEWEST
                + " AND product_id = 'round' AND posture = 'CONFLICT' ORDER BY step";
        assertThat(values("The same in figures", "Possible")).isEqualTo(column("SELECT achievable_per_month" + ladder));
        assertThat(values("The same in figures", "Supplied")).isEqualTo(column("SELECT supplied_per_month" + ladder));
        assertThat(cells("The same in figures", "Constraint"))
                .startsWith("Propellant powder", "Lines of Charge")
                .hasSize(6);
        assertThat(tab.text(panel("How far each constraint reaches")))
                .contains("1. Propellant powder", "15.6%", "6. Lines of Shell", "104.0%");
    }

    @Test
    void a_loss_shows_before_and_after() throws SQLException {
        open("surge-readiness", "var-posture=CRISIS&");
        String losses =
                " FROM capacity.surge_loss WHERE as_of = '2026-11-15' AND posture = 'CRISIS' AND product_id = 'charge'"
                        + " ORDER BY readiness_after";
        assertThat(values("Before and after", "After")).isEqualTo(column("SELECT readiness_after" + losses));
        assertThat(values("Before and after", "Then short")).isEqualTo(column("SELECT units_short_after" + losses));
        assertThat(cells("Worst suppliers to lose", "Lost")).first().isEqualTo("Band Works");
        assertThat(cells("Worst suppliers to lose", "After")).first().isEqualTo("0.0%");
        assertThat(tab.text(panel("Losses tried") + " .stat-value[data-field='Losses tried']"))
                .isEqualTo("15");
    }

    @Test
    void a_chart_draws_each_posture_day_by_day() throws SQLException {
        open("surge-readiness", "");
        JsonNode series = tab.look("(() => { const chart = [...document.querySelectorAll("
                + Tab.quoted(panel("Readiness, day by day") + " *")
                + ")].map(e => Board.chart.of(e)).find(Boolean); return chart.getOption().series.map(s =>"
                + " ({name: s.name, data: s.data.map(p => (p?.value ?? p)[1])})); })()");
        List<String> expected = column(
                "SELECT readiness FROM capacity.surge_readiness WHERE product_id = 'charge' AND posture = 'CONFLICT'"
                        + " AND evidence = 'CONTRACTED' AND as_of >= '2026-11-09' ORDER BY as_of");
        JsonNode conflict = IntStream.range(0, series.size())
                .mapToObj(series::get)
                .filter(one -> one.path("name").asText().equals("Conflict"))
                .findFirst()
                .orElseThrow();
        assertThat(conflict.path("data")).extracting(JsonNode::asText).containsSubsequence(expected);
    }

    @Test
    void what_nobody_knows_is_nowhere_a_figure() {
        open("surge-readiness", "var-product=igniter&");
        assertThat(tab.text(panel("How far each constraint reaches"))).contains("Nobody knows what binds it");
        assertThat(tab.text(panel("Demonstrated, contracted, estimated"))).contains("unknown");
        assertThat(cells("In words", "Readiness")).containsOnly("unknown");
    }

    @Test
    void the_material_that_runs_out_first_leads_and_is_red_where_a_new_order_comes_too_late() throws SQLException {
        open("supply-chain", "");
        assertThat(cells("Materials, the one that runs out first", "Material"))
                .containsExactly("Explosive filling", "Steel bars", "Driving bands", "Propellant powder", "Paint");
        assertThat(values("Materials, the one that runs out first", "Beyond lead time"))
                .isEqualTo(column(
                        "SELECT coalesce((days_of_supply - lead_time_days)::text, '') FROM capacity.material_cover"
                                + " JOIN capacity.material USING (material_id) WHERE as_of = '2026-11-15' AND plant_id ="
                                + " 'ALL' AND posture = 'CONFLICT' ORDER BY days_of_supply"));
        assertThat(cells("Materials, the one that runs out first", "Stock lasts"))
                .containsExactly("7.9 days", "8.4 days", "50 days", "57 days", "nothing is drawn");
        assertThat(cells("Plant by plant", "Plant")).containsExactly("1FAB0");
        assertThat(cells("Single sources", "Supplier")).containsExactly("Band Works", "Southern Powder");
        assertThat(cells("Single sources", "Needed for"))
                .containsExactly("Round 155 mm, Shell", "Charge, Round 155 mm");
    }

    @Test
    void suppliers_stand_by_what_would_be_lost_and_stocks_by_how_long_ago_they_were_counted() throws SQLException {
        open("supply-chain", "var-posture=CRISIS&");
        assertThat(cells("Suppliers, the most critical first", "Supplier"))
                .isEqualTo(column("SELECT supplier_parent FROM capacity.supplier_criticality WHERE as_of = '2026-11-15'"
                        + " AND posture = 'CRISIS' GROUP BY 1 ORDER BY max(criticality) DESC"));
        assertThat(cells("Suppliers, the most critical first", "Stopped")).startsWith("1", "0");
        assertThat(cells("Stocks, those not counted", "Material")).startsWith("Paint", "Propellant powder");
        assertThat(cells("Stocks, those not counted", "Count")).startsWith("Stale", "Stale", "Fresh");
        assertThat(cells("Firm deliveries", "Due"))
                .containsExactly("2026-11-23", "2026-11-28", "2026-12-16", "2026-12-31");
    }

    private List<String> column(String query) throws SQLException {
        return viewer.rows(query).stream().map(row -> row.get(0)).toList();
    }

    private List<String> cells(String title, String field) {
        return tab.texts(panel(title) + " td[data-field=" + Tab.quoted(field) + "]");
    }

    private List<String> values(String title, String field) {
        return tab.all(panel(title) + " td[data-field=" + Tab.quoted(field) + "]", "data-value");
    }

    private static String percent(String ratio) {
        return String.format(Locale.ROOT, "%.1f%%", Double.parseDouble(ratio) * 100);
    }

    private static String panel(String title) {
        return "section.panel[aria-label*=" + Tab.quoted(title) + "]";
    }
}
