package org.capacityboard.local.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.capacityboard.local.deploy.Dashboard.Query;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The conventions of all dashboards. */
final class DashboardFilesTest {
    /** What the built-in viewer draws as well. */
    private static final Set<String> PANEL_TYPES =
            Set.of("row", "text", "stat", "gauge", "bargauge", "timeseries", "barchart", "table", "state-timeline");

    private static final Pattern INTERVAL = Pattern.compile("(\\d+)([smhd])");
    private static final Map<String, Integer> SECONDS = Map.of("s", 1, "m", 60, "h", 3_600, "d", 86_400);
    private static final Pattern DASHBOARD_LINK = Pattern.compile("/d/([^/?]+)(.*)");
    private static final int COLUMNS = 24;

    static List<Dashboard> committed() {
        return Dashboard.committed();
    }

    @Test
    void uids_are_the_file_names_so_each_stands_once() {
        assertThat(committed()).isNotEmpty().allSatisfy(dashboard -> assertThat(dashboard.uid())
                .isEqualTo(dashboard.fileName()));
    }

    @ParameterizedTest
    @MethodSource("committed")
    void the_head_follows_the_conventions(Dashboard dashboard) {
        JsonNode json = dashboard.json();
        assertThat(json.path("schemaVersion").asInt()).isEqualTo(42);
        assertThat(json.has("id")).as("has a database id").isFalse();
        assertThat(json.path("editable").asBoolean(true)).as("editable").isFalse();
        assertThat(json.path("weekStart").asText()).isEqualTo("monday");
        assertThat(json.path("description").asText()).as("description").isNotBlank();
        // A plant's manager sits in the plant's time zone, everybody else shares one.
        assertThat(json.path("timezone").asText()).isEqualTo(dashboard.uid().equals("plant") ? "browser" : "utc");
        Matcher refresh = INTERVAL.matcher(json.path("refresh").asText());
        assertThat(refresh.matches()).as("refresh is a length of time").isTrue();
        assertThat(Integer.parseInt(refresh.group(1)) * SECONDS.getOrDefault(refresh.group(2), 0))
                .as("seconds between two refreshes")
                .isGreaterThanOrEqualTo(30);
    }

    @ParameterizedTest
    @MethodSource("committed")
    void the_first_row_tells_how_far_the_data_goes_and_how_much_is_known(Dashboard dashboard) {
        assertThat(dashboard.queries())
                .filteredOn(query -> query.panel().path("gridPos").path("y").asInt() == 0)
                .extracting(Query::sql)
                .anyMatch(sql -> sql.contains("max(watermark)"))
                .anyMatch(sql -> sql.contains("capacity.completeness("));
    }

    @ParameterizedTest
    @MethodSource("committed")
    void every_figure_has_a_description_a_unit_and_one_of_the_known_types(Dashboard dashboard) {
        assertThat(dashboard.panels())
                .extracting(panel -> panel.path("type").asText())
                .isSubsetOf(PANEL_TYPES);
        assertThat(dashboard.figures()).allSatisfy(panel -> {
            String title = panel.path("title").asText();
            assertThat(title).isNotBlank();
            assertThat(panel.path("description").asText())
                    .as("description of '%s': formula, source, freshness", title)
                    .contains("Source: ");
            assertThat(panel.path("fieldConfig").path("defaults").path("unit").asText())
                    .as("unit of '%s'", title)
                    .isNotBlank();
        });
    }

    @ParameterizedTest
    @MethodSource("committed")
    void panels_have_an_id_and_a_place_of_their_own(Dashboard dashboard) {
        assertThat(dashboard.panels())
                .extracting(panel -> panel.path("id").asInt())
                .doesNotContain(0)
                .doesNotHaveDuplicates();
        Set<List<Integer>> taken = new HashSet<>();
        for (JsonNode panel : dashboard.panels()) {
            JsonNode place = panel.path("gridPos");
            int right = place.path("x").asInt() + place.path("w").asInt();
            int bottom = place.path("y").asInt() + place.path("h").asInt();
            assertThat(right)
                    .as("right edge of '%s'", panel.path("title").asText())
                    .isBetween(1, COLUMNS);
            for (int x = place.path("x").asInt(); x < right; x++) {
                for (int y = place.path("y").asInt(); y < bottom; y++) {
                    assertThat(taken.add(List.of(x, y)))
                            .as(
                                    "'%s' lies on nothing else at %d, %d",
                                    panel.path("title").asText(), x, y)
                            .isTrue();
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("committed")
    void data_sources_are_the_provisioned_ones(Dashboard dashboard) {
        Map<String, String> provisioned = GrafanaProvisioningTest.typesByUid();
        assertThat(dashboard.figures()).allSatisfy(panel -> assertThat(panel.has("datasource"))
                .as("data source of '%s'", panel.path("title").asText())
                .isTrue());
        assertThat(named("datasource", dashboard.json())).isNotEmpty().allSatisfy(source -> assertThat(provisioned)
                .containsEntry(source.path("uid").asText(), source.path("type").asText()));
    }

    @ParameterizedTest
    @MethodSource("committed")
    void links_lead_to_dashboards_that_exist_and_keep_the_time(Dashboard dashboard) {
        Set<String> uids = committed().stream().map(Dashboard::uid).collect(Collectors.toSet());
        List<JsonNode> urls = named("url", dashboard.json());
        assertThat(urls).as("links to the other dashboards").isNotEmpty();
        assertThat(urls).allSatisfy(url -> {
            Matcher link = DASHBOARD_LINK.matcher(url.asText());
            assertThat(link.matches())
                    .as("'%s' leads to a dashboard", url.asText())
                    .isTrue();
            assertThat(uids).contains(link.group(1));
            assertThat(link.group(2)).contains("${__url_time_range}");
        });
    }

    @ParameterizedTest
    @MethodSource("committed")
    void every_query_is_bounded_in_time_or_says_why_not(Dashboard dashboard) {
        Predicate<String> bounded = sql -> sql.contains("$__timeFilter(")
                || sql.contains("$__unixEpochFilter(")
                || (sql.contains("$__timeFrom()") && sql.contains("$__timeTo()"))
                || sql.contains("-- timeless: ");
        assertThat(dashboard.queries()).isNotEmpty().allSatisfy(query -> assertThat(query.sql())
                .as(query.toString())
                .startsWith("SELECT ")
                .matches(bounded, "is bounded"));
        assertThat(dashboard.variables())
                .allSatisfy(variable -> assertThat(variable.path("query").asText())
                        .as("variable %s", variable.path("name").asText())
                        .isEqualTo(variable.path("definition").asText())
                        .matches(bounded, "is bounded"));
    }

    @ParameterizedTest
    @MethodSource("committed")
    void stored_days_and_weeks_are_never_grouped_again_by_the_clock(Dashboard dashboard) {
        assertThat(dashboard.queries())
                .filteredOn(query ->
                        query.sql().contains("production_day") || query.sql().contains("iso_week"))
                .allSatisfy(
                        query -> assertThat(query.sql()).as(query.toString()).doesNotContain("Group("));
    }

    /** Every value of this name, however deep. */
    private static List<JsonNode> named(String name, JsonNode node) {
        List<JsonNode> found = new ArrayList<>();
        node.properties().forEach(entry -> {
            if (entry.getKey().equals(name)) {
                found.add(entry.getValue());
            }
        });
        node.forEach(child -> found.addAll(named(name, child)));
        return found;
    }
}
