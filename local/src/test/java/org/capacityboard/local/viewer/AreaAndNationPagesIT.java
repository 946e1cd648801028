package org.capacityboard.local.viewer;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.util.List;
import org.capacityboard.local.deploy.FilledBoard;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The pages of a capability area and of a nation show the figures of the database, say what is unknown, and lead on. */
@NeedsBrowser
@ExtendWith(ViewerExtension.class)
final class AreaAndNationPagesIT {
    /** The end of the week that {@link FilledViewer#week} looks at. */
    private static final String END = "'" + FilledBoard.WEEK_END.minusMillis(1) + "'";

    private static final String WEEK = "'" + FilledBoard.WEEK_START + "', " + END;

    private static final String IN_AREA =
            " IN (SELECT product_id FROM capacity.products_now() WHERE capability_area = 'AMMUNITION')";

    private static Tab open(FilledViewer viewer, Tab tab, String page) {
        return tab.open(viewer.committed(page + "&" + FilledViewer.week())).showAll();
    }

    @Test
    void rates_and_readiness_on_the_page_of_an_area_are_those_of_the_database(FilledViewer viewer, Tab tab)
            throws SQLException {
        open(viewer, tab, "/d/capability-area?var-area=AMMUNITION");
        assertThat(stat(tab, "Lowest readiness", "Conflict"))
                .containsExactly(
                        viewer.value("SELECT min(readiness) FROM capacity.surge_readiness WHERE as_of = '2026-11-15'"
                                + " AND posture = 'CONFLICT' AND evidence = 'CONTRACTED' AND product_id" + IN_AREA));
        String rows = " FROM capacity.product_standing(ARRAY(SELECT product_id FROM capacity.products_now()"
                + " WHERE capability_area = 'AMMUNITION'), " + END + ")";
        String worstFirst = " ORDER BY min(%s) OVER (PARTITION BY product_id), product_name, position";
        String rates = "Made now, against requirement and contract";
        for (List<String> column : List.of(
                List.of("Product", "product_name"),
                List.of("Needed a month", "required_per_month"),
                List.of("Made a month now", "units_per_month"),
                List.of("Demonstrated a month", "demonstrated_per_month"),
                List.of("Contracted a month", "contracted_per_month"))) {
            assertThat(cells(tab, rates, column.get(0)))
                    .as(column.get(0))
                    .isEqualTo(column(
                            viewer,
                            "SELECT " + column.get(1) + rows
                                    + worstFirst.formatted(
                                            "CASE WHEN required_per_month > 0 THEN coalesce(made_ratio, -1) END")));
        }
        String readiness = "Readiness, product by product";
        for (List<String> column : List.of(
                List.of("Ready", "readiness"),
                List.of("At worst", "readiness_low"),
                List.of("Possible a month", "achievable_per_month"),
                List.of("Binds", "binding_name"),
                List.of("Can be held", "sustained"))) {
            assertThat(cells(tab, readiness, column.get(0)))
                    .as(column.get(0))
                    .isEqualTo(column(
                            viewer,
                            "SELECT " + column.get(1) + rows
                                    + " WHERE required_per_month IS NOT NULL"
                                    + worstFirst.formatted("coalesce(readiness, -1)")));
        }
        assertThat(tab.problems()).isEmpty();
    }

    @Test
    void who_makes_a_product_and_what_waits_for_it_are_those_of_the_database(FilledViewer viewer, Tab tab)
            throws SQLException {
        open(viewer, tab, "/d/capability-area?var-area=AMMUNITION&var-product=charge");
        assertThat(cells(tab, "Lines and what they can do", "Line"))
                .isEqualTo(
                        column(
                                viewer,
                                "SELECT line_id FROM capacity.line WHERE product_id = 'charge' AND valid_to = 'infinity' ORDER BY 1"));
        assertThat(cells(tab, "Lines and what they can do", "Contracted, crisis"))
                .isEqualTo(column(
                        viewer,
                        "SELECT units_per_month FROM capacity.surge_constraint WHERE as_of = '2026-11-15' AND posture = 'CRISIS'"
                                + " AND \"constraint\" = 'CONTRACTED' AND line_id LIKE 'fill-%' ORDER BY line_id"));
        assertThat(stat(tab, "OEE and output against plan", "OEE"))
                .containsExactly(viewer.value(
                        "SELECT oee FROM capacity.made('product', " + WEEK + ") WHERE group_id = 'charge'"));
        assertThat(cells(tab, "Orders of the area and its products", "Open orders"))
                .isEqualTo(column(
                        viewer,
                        "SELECT open_orders FROM capacity.order_backlog WHERE as_of = '2026-11-15'"
                                + " AND group_id IN ('AMMUNITION', 'charge') ORDER BY group_kind"));
        assertThat(tab.problems()).isEmpty();
    }

    @Test
    void what_a_nation_makes_owes_and_supplies_is_that_of_the_database(FilledViewer viewer, Tab tab)
            throws SQLException {
        open(viewer, tab, "/d/nation?var-nation=NOR");
        assertThat(stat(tab, "Output against plan and OEE", "OEE"))
                .containsExactly(
                        viewer.value("SELECT oee FROM capacity.made('nation', " + WEEK + ") WHERE group_id = 'NOR'"));
        assertThat(stat(tab, "Lines now", "Unknown"))
                .containsExactly(viewer.value("SELECT count(*) FROM capacity.line_current"
                        + " WHERE state IS NULL AND planned_now AND plant_id = '1FAB0'"));
        String week = "SELECT units_per_month * 7 / 30.4375 FROM capacity.nation_products('NOR', " + WEEK
                + ") ORDER BY product_name";
        assertThat(cells(tab, "Products", "Good units a week")).isEqualTo(column(viewer, week));
        assertThat(cells(tab, "Contracted and demonstrated, line by line", "Demonstrated a month"))
                .isEqualTo(
                        column(
                                viewer,
                                "SELECT units_per_month FROM capacity.surge_constraint WHERE as_of = '2026-11-15' AND posture = 'CONFLICT'"
                                        + " AND \"constraint\" = 'DEMONSTRATED' AND line_id LIKE 'press-%' ORDER BY units_per_month, line_id"));
        assertThat(cells(tab, "Orders as maker and as buyer", "Open orders").get(0))
                .isEqualTo(viewer.value(
                        "SELECT open_orders FROM capacity.order_backlog WHERE as_of = '2026-11-15' AND group_kind = 'nation'"
                                + " AND group_id = 'NOR'"));
        assertThat(cells(tab, "If all supply from the nation stopped", "Ready without it"))
                .contains(viewer.value("SELECT readiness_after FROM capacity.surge_loss WHERE as_of = '2026-11-15'"
                        + " AND loss_kind = 'NATION' AND loss_id = 'NOR' LIMIT 1"));
        assertThat(cells(tab, "Stocks in its plants", "Lasts in a conflict"))
                .isEqualTo(
                        column(
                                viewer,
                                "SELECT coalesce(days_of_supply::text, '') FROM capacity.material_cover WHERE as_of = '2026-11-15'"
                                        + " AND posture = 'CONFLICT' AND plant_id = '1FAB0' ORDER BY days_of_supply NULLS LAST"));
        assertThat(tab.problems()).isEmpty();
    }

    @Test
    void what_is_unknown_of_an_area_is_called_unknown(FilledViewer viewer, Tab tab) {
        open(viewer, tab, "/d/capability-area?var-area=COMPONENT");
        assertThat(tab.texts(panel("Readiness, product by product") + " td[data-field='Ready']"))
                .hasSize(3)
                .containsOnly("unknown");
        assertThat(stat(tab, "Products of which it is unknown", "Conflict")).containsExactly("1");
        assertThat(tab.text(panel("Lines and what they can do"))).contains("No line is there for these products");
        assertThat(tab.problems()).isEmpty();
    }

    @Test
    void a_nation_that_only_buys_sees_what_it_waits_for(FilledViewer viewer, Tab tab) throws SQLException {
        open(viewer, tab, "/d/nation?var-nation=EST");
        assertThat(tab.text(panel("Contracted and demonstrated, line by line"))).contains("The nation has no line");
        assertThat(cells(tab, "Open order lines, the longest overdue first", "Order"))
                .hasSize(Integer.parseInt(viewer.value(
                        "SELECT count(*) FROM capacity.order_status WHERE state = 'OPEN' AND buyer_nation = 'EST'")));
        assertThat(tab.problems()).isEmpty();
    }

    @Test
    void an_area_leads_to_a_plant_to_its_nation_and_back_to_a_product(FilledViewer viewer, Tab tab) {
        open(viewer, tab, "/d/capability-area?var-area=AMMUNITION");
        tab.click(panel("Lines and what they can do") + " td[data-field='Plant'][data-value='1FAB0'] a")
                .await("location.pathname === '/d/plant'")
                .awaitReady();
        assertThat(tab.url()).contains("var-plant=1FAB0").contains(FilledViewer.week());
        tab.click(".stat-value[data-field='Nation'] a")
                .await("location.pathname === '/d/nation'")
                .awaitReady();
        assertThat(tab.url()).contains("var-nation=NOR").contains(FilledViewer.week());
        tab.showAll()
                .click(panel("Products") + " td[data-field='Product'][data-value='Shell'] a")
                .await("location.pathname === '/d/capability-area'")
                .awaitReady();
        assertThat(tab.url()).contains("var-area=AMMUNITION", "var-product=shell", FilledViewer.week());
        tab.showAll()
                .click(panel("Readiness, product by product") + " td[data-field='Product'][data-value='Shell'] a")
                .await("location.pathname === '/d/surge-readiness'")
                .awaitReady();
        assertThat(tab.url()).contains("var-product=shell", FilledViewer.week());
        assertThat(tab.problems()).isEmpty();
    }

    private static List<String> stat(Tab tab, String panel, String field) {
        return tab.all(panel(panel) + " .stat-value[data-field='" + field + "']", "data-value");
    }

    /** What the cells of a column hold; nothing where it is unknown. */
    private static List<String> cells(Tab tab, String panel, String field) {
        return tab.all(panel(panel) + " td[data-field='" + field + "']", "data-value");
    }

    private static String panel(String title) {
        return "section.panel[aria-label=" + Tab.quoted(title) + "]";
    }

    /** A column as the cells of a page hold it. */
    private static List<String> column(FilledViewer viewer, String query) throws SQLException {
        return viewer.rows(query).stream()
                .map(row -> row.get(0).equals("null") ? "" : row.get(0))
                .toList();
    }
}
