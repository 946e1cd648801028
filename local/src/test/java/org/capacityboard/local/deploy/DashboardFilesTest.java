package org.capacityboard.local.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.math.BigDecimal;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.capacityboard.local.deploy.Dashboard.Query;
import org.capacityboard.viewer.dashboard.DashboardCatalogue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The conventions of all dashboards. */
final class DashboardFilesTest {
    private static final Pattern INTERVAL = Pattern.compile("(\\d+)([smhd])");
    private static final Map<String, Integer> SECONDS = Map.of("s", 1, "m", 60, "h", 3_600, "d", 86_400);
    private static final Pattern DASHBOARD_LINK = Pattern.compile("/d/([^/?]+)(.*)");
    private static final Pattern LINKED_VARIABLE = Pattern.compile("var-(\\w+)=");
    private static final Pattern LINKED_COLUMN = Pattern.compile("\\$\\{__data\\.fields\\.([^}]+)}");
    private static final Pattern COLUMN = Pattern.compile(" AS (?:\"([^\"]+)\"|(\\w+))");
    private static final Pattern SOURCE = Pattern.compile("FROM capacity\\.");
    private static final Pattern SEVERAL_SOURCES = Pattern.compile("(?i)\\b(JOIN|UNION|WITH|LATERAL)\\b");
    private static final int LONGEST_TITLE = 60;
    private static final int LONGEST_SQL = 800;
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

    @Test
    void the_overview_asks_nothing_of_those_who_look_and_the_plant_shows_its_time_zone() {
        assertThat(committed()).allSatisfy(dashboard -> {
            assertThat(variables(dashboard))
                    .as("variables of %s", dashboard)
                    .containsExactlyElementsOf(
                            switch (dashboard.uid()) {
                                case "plant" -> List.of("plant", "line");
                                case "lead-times" -> List.of("kind", "group");
                                case "surge-readiness" -> List.of("posture", "evidence", "product");
                                case "supply-chain" -> List.of("posture", "material");
                                case "capability-area" -> List.of("area", "product");
                                case "nation" -> List.of("nation");
                                default -> List.of();
                            });
            if (dashboard.uid().equals("plant")) {
                assertThat(header(dashboard)).anyMatch(query -> query.sql().contains("time_zone AS \"Time zone\""));
            }
        });
    }

    @ParameterizedTest
    @MethodSource("committed")
    void the_first_row_tells_how_far_the_data_goes_and_how_much_is_known(Dashboard dashboard) {
        assertThat(header(dashboard))
                .extracting(Query::sql)
                .anyMatch(sql -> sql.contains("max(watermark)"))
                .anyMatch(sql -> sql.contains("SELECT completeness AS"));
    }

    @ParameterizedTest
    @MethodSource("committed")
    void below_the_first_row_each_group_of_panels_has_a_heading_and_the_last_explains_the_page(Dashboard dashboard) {
        List<JsonNode> panels = dashboard.panels();
        JsonNode firstBelow = panels.stream()
                .filter(panel -> panel.path("gridPos").path("y").asInt() > 0)
                .findFirst()
                .orElseThrow();
        assertThat(firstBelow.path("type").asText()).isEqualTo("row");
        assertThat(panels.get(panels.size() - 1).path("type").asText()).isEqualTo("text");
        assertThat(panels)
                .as("panels from top to bottom, as they are read")
                .isSortedAccordingTo(Comparator.comparingInt((JsonNode panel) ->
                                panel.path("gridPos").path("y").asInt())
                        .thenComparingInt(
                                panel -> panel.path("gridPos").path("x").asInt()));
    }

    @Test
    void the_viewer_draws_every_panel_of_every_file() {
        DashboardCatalogue.Content content = DashboardCatalogue.open(
                        ProjectFile.of("grafana/dashboards"), InstantSource.system())
                .content();
        assertThat(content.broken()).isEmpty();
        assertThat(content.byUid()).hasSameSizeAs(committed());
        assertThat(content.byUid().values().stream().flatMap(dashboard -> dashboard.panels().stream()))
                .isNotEmpty()
                .allSatisfy(
                        panel -> assertThat(panel.notDrawn()).as(panel.title()).isNull());
    }

    @ParameterizedTest
    @MethodSource("committed")
    void panels_say_nothing_that_the_viewer_would_not_draw(Dashboard dashboard) {
        assertThat(dashboard.panels()).allSatisfy(panel -> {
            String title = panel.path("title").asText();
            String type = panel.path("type").asText();
            assertThat(KnownOptions.BY_TYPE).as("type of '%s'", title).containsKey(type);
            assertThat(names(panel.path("options")))
                    .as("options of '%s'", title)
                    .isSubsetOf(KnownOptions.BY_TYPE.get(type));
            JsonNode defaults = panel.path("fieldConfig").path("defaults");
            assertThat(names(defaults)).as("fields of '%s'", title).isSubsetOf(KnownOptions.OF_FIELDS);
            assertThat(names(defaults.path("custom")))
                    .as("custom fields of '%s'", title)
                    .isSubsetOf(KnownOptions.custom(type));
            assertThat(Dashboard.overrides(panel)).allSatisfy(override -> {
                assertThat(override.path("matcher").path("id").asText()).isEqualTo("byName");
                for (JsonNode property : override.path("properties")) {
                    String id = property.path("id").asText();
                    boolean custom = id.startsWith("custom.");
                    assertThat(custom ? KnownOptions.custom(type) : KnownOptions.OF_FIELDS)
                            .as("properties of '%s'", title)
                            .contains(custom ? id.substring("custom.".length()) : id);
                }
            });
        });
    }

    @ParameterizedTest
    @MethodSource("committed")
    void every_figure_has_a_title_a_description_a_unit_and_words_for_the_unknown(Dashboard dashboard) {
        assertThat(dashboard.figures()).allSatisfy(panel -> {
            String title = panel.path("title").asText();
            JsonNode defaults = panel.path("fieldConfig").path("defaults");
            assertThat(title).matches("[A-Z0-9].*").hasSizeLessThanOrEqualTo(LONGEST_TITLE);
            assertThat(panel.path("description").asText())
                    .as("description of '%s': formula, source, freshness", title)
                    .containsPattern(
                            "Source: (view|function) capacity\\.\\w+(\\. Fresh to the |, refreshed every |, within )");
            assertThat(KnownOptions.units())
                    .as("unit of '%s'", title)
                    .contains(defaults.path("unit").asText());
            assertThat(defaults.path("noValue").asText())
                    .as("what '%s' says when it does not know", title)
                    .isNotBlank()
                    .isNotEqualTo("0");
        });
        assertThat(dashboard.panels())
                .filteredOn(panel -> panel.path("type").asText().equals("text"))
                .allSatisfy(panel -> {
                    assertThat(panel.path("options").path("mode").asText()).isEqualTo("markdown");
                    assertThat(panel.path("options").path("content").asText()).isNotBlank();
                });
    }

    @ParameterizedTest
    @MethodSource("committed")
    void the_source_that_a_description_names_is_the_one_that_is_asked(Dashboard dashboard) {
        assertThat(dashboard.queries()).allSatisfy(query -> {
            Matcher source = Pattern.compile("FROM (capacity\\.\\w+)").matcher(query.sql());
            assertThat(source.find()).isTrue();
            assertThat(query.panel().path("description").asText())
                    .as(query.toString())
                    .containsPattern("Source: (view|function) " + Pattern.quote(source.group(1)) + "\\b");
        });
    }

    @ParameterizedTest
    @MethodSource("committed")
    void figures_say_how_many_decimals_they_have(Dashboard dashboard) {
        assertThat(dashboard.figures()).allSatisfy(panel -> {
            String title = panel.path("title").asText();
            JsonNode defaults = panel.path("fieldConfig").path("defaults");
            assertThat(defaults.has("decimals")
                            || !KnownOptions.needsDecimals(defaults.path("unit").asText()))
                    .as("decimals of '%s'", title)
                    .isTrue();
            assertThat(Dashboard.overrides(panel)).allSatisfy(override -> {
                Map<String, JsonNode> properties = Dashboard.properties(override);
                JsonNode unit = properties.get("unit");
                if (unit != null) {
                    assertThat(KnownOptions.units()).as("unit in '%s'", title).contains(unit.asText());
                    assertThat(properties.containsKey("decimals") || !KnownOptions.needsDecimals(unit.asText()))
                            .as("decimals of %s in '%s'", override.path("matcher"), title)
                            .isTrue();
                }
            });
        });
    }

    @ParameterizedTest
    @MethodSource("committed")
    void overrides_name_columns_of_the_query_once(Dashboard dashboard) {
        assertThat(dashboard.figures()).allSatisfy(panel -> assertThat(Dashboard.overrides(panel))
                .extracting(override -> override.path("matcher").path("options").asText())
                .as("overrides of '%s'", panel.path("title").asText())
                .doesNotHaveDuplicates()
                .isSubsetOf(columns(panel)));
    }

    @ParameterizedTest
    @MethodSource("committed")
    void a_colour_means_the_same_everywhere(Dashboard dashboard) {
        assertThat(colours(dashboard.json())).isNotEmpty().allSatisfy(colour -> assertThat(Meaning.ofColour(colour))
                .as("meaning of %s", colour)
                .isNotNull());
        for (JsonNode panel : dashboard.figures()) {
            JsonNode defaults = panel.path("fieldConfig").path("defaults");
            mappings(defaults.path("mappings"));
            for (JsonNode override : Dashboard.overrides(panel)) {
                Map<String, JsonNode> properties = Dashboard.properties(override);
                String column = override.path("matcher").path("options").asText();
                String fixed = properties
                        .getOrDefault("color", MissingNode.getInstance())
                        .path("fixedColor")
                        .asText();
                if (!fixed.isEmpty()) {
                    assertThat(Meaning.ofWord(column))
                            .as("what the colour of '%s' means", column)
                            .isEqualTo(Meaning.ofColour(fixed));
                }
                mappings(properties.getOrDefault("mappings", MissingNode.getInstance()));
            }
        }
    }

    private static void mappings(JsonNode mappings) {
        for (JsonNode mapping : mappings) {
            if (mapping.path("type").asText().equals("regex")) {
                // Words beside a figure that make it as good as unknown; the words stay as they are.
                JsonNode result = mapping.path("options").path("result");
                assertThat(result.has("text")).isFalse();
                // Without slashes it would have to fit the whole text.
                assertThat(mapping.path("options").path("pattern").asText()).startsWith("/");
                assertThat(Meaning.ofColour(result.path("color").asText())).isEqualTo(Meaning.UNKNOWN);
                continue;
            }
            assertThat(mapping.path("type").asText()).isEqualTo("value");
            mapping.path("options").forEach(shown -> assertThat(
                            Meaning.ofWord(shown.path("text").asText()))
                    .as("what the colour of '%s' means", shown.path("text").asText())
                    .isEqualTo(Meaning.ofColour(shown.path("color").asText())));
        }
    }

    @ParameterizedTest
    @MethodSource("committed")
    void what_turns_grey_is_told_in_the_description(Dashboard dashboard) {
        assertThat(dashboard.figures())
                .filteredOn(panel -> panel.toString().contains("\"regex\""))
                .allSatisfy(
                        panel -> assertThat(panel.path("description").asText().toLowerCase(Locale.ROOT))
                                .contains("grey"));
    }

    @ParameterizedTest
    @MethodSource("committed")
    void thresholds_rise_and_the_description_says_what_they_mean(Dashboard dashboard) {
        assertThat(dashboard.figures()).allSatisfy(panel -> {
            JsonNode defaults = panel.path("fieldConfig").path("defaults");
            String description = panel.path("description").asText();
            thresholds(defaults.path("thresholds"), defaults.path("unit").asText(), description);
            Dashboard.overrides(panel).forEach(override -> {
                Map<String, JsonNode> properties = Dashboard.properties(override);
                thresholds(
                        properties.getOrDefault("thresholds", MissingNode.getInstance()),
                        properties.getOrDefault("unit", defaults.path("unit")).asText(),
                        description);
            });
        });
    }

    private static void thresholds(JsonNode thresholds, String unit, String description) {
        double before = Double.NEGATIVE_INFINITY;
        for (JsonNode step : thresholds.path("steps")) {
            assertThat(Meaning.ofColour(step.path("color").asText())).isIn(Meaning.VERDICTS);
            if (step.path("value").isNull()) {
                assertThat(before).as("the step without a value is the first").isEqualTo(Double.NEGATIVE_INFINITY);
            } else {
                double value = step.path("value").asDouble();
                assertThat(value).isGreaterThan(before);
                assertThat(description).contains(inWords(value, unit));
                before = value;
            }
        }
    }

    private static String inWords(double value, String unit) {
        if (unit.equals("percentunit")) {
            return BigDecimal.valueOf(value)
                            .movePointRight(2)
                            .stripTrailingZeros()
                            .toPlainString() + " %";
        } else if (unit.equals("s")) {
            return value % 3_600 == 0 ? Math.round(value / 3_600) + " h" : Math.round(value / 60) + " min";
        }
        return String.format(Locale.ROOT, " %,.0f", value);
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
    void links_in_the_head_lead_to_all_other_dashboards_and_keep_the_time(Dashboard dashboard) {
        assertThat(dashboard.json().path("links")).allSatisfy(link -> {
            assertThat(link.path("type").asText()).isEqualTo("link");
            assertThat(link.path("keepTime").asBoolean()).isTrue();
            assertThat(link.path("tooltip").asText()).isNotBlank();
        });
        // Grafana adds the time to these by itself.
        assertThat(dashboard.json().path("links"))
                .extracting(link -> link.path("url").asText())
                .containsExactlyInAnyOrderElementsOf(committed().stream()
                        .filter(other -> !other.uid().equals(dashboard.uid()))
                        .map(other -> "/d/" + other.uid())
                        .toList());
    }

    @ParameterizedTest
    @MethodSource("committed")
    void links_in_panels_resolve_and_keep_the_time(Dashboard dashboard) {
        for (JsonNode panel : dashboard.figures()) {
            for (JsonNode links : linksOf(panel)) {
                for (JsonNode link : links) {
                    String url = link.path("url").asText();
                    assertThat(link.path("title").asText()).isNotBlank();
                    assertThat(url).endsWith("&${__url_time_range}");
                    assertThat(LINKED_VARIABLE.matcher(url).results().map(found -> found.group(1)))
                            .as("variables that '%s' sets", url)
                            .isNotEmpty()
                            .isSubsetOf(variables(target(url)));
                    assertThat(LINKED_COLUMN.matcher(url).results().map(found -> found.group(1)))
                            .as("columns that '%s' takes", url)
                            .isSubsetOf(columns(panel));
                }
            }
        }
    }

    private static Dashboard target(String url) {
        Matcher link = DASHBOARD_LINK.matcher(url);
        assertThat(link.matches()).as("'%s' leads to a dashboard", url).isTrue();
        return committed().stream()
                .filter(dashboard -> dashboard.uid().equals(link.group(1)))
                .findFirst()
                .orElseThrow(() -> new AssertionError("'" + url + "' leads to no dashboard"));
    }

    private static List<String> variables(Dashboard dashboard) {
        return dashboard.variables().stream()
                .map(variable -> variable.path("name").asText())
                .toList();
    }

    @Test
    void who_looks_at_plants_or_lines_in_a_table_can_follow_them() {
        for (Dashboard dashboard : committed()) {
            for (JsonNode panel : dashboard.figures()) {
                if (!panel.path("type").asText().equals("table")) {
                    continue;
                }
                Set<String> linked = Dashboard.overrides(panel).stream()
                        .filter(override -> Dashboard.properties(override).containsKey("links"))
                        .map(override ->
                                override.path("matcher").path("options").asText())
                        .collect(Collectors.toSet());
                List<String> columns = columns(panel);
                assertThat(linked)
                        .as("links of '%s' in %s", panel.path("title").asText(), dashboard)
                        .containsAll(
                                Stream.of("Line", "Main plant", dashboard.uid().equals("plant") ? "Line" : "Plant")
                                        .filter(columns::contains)
                                        .toList());
            }
        }
    }

    @ParameterizedTest
    @MethodSource("committed")
    void sql_is_a_short_select_from_one_view_or_function(Dashboard dashboard) {
        assertThat(dashboard.queries()).allSatisfy(query -> {
            assertThat(query.sql()).as(query.toString()).hasSizeLessThanOrEqualTo(LONGEST_SQL);
            assertThat(SOURCE.matcher(query.sql()).results())
                    .as(query.toString())
                    .hasSize(1);
            assertThat(SEVERAL_SOURCES.matcher(query.sql()).find())
                    .as(query.toString())
                    .isFalse();
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

    private static List<Query> header(Dashboard dashboard) {
        return dashboard.queries().stream()
                .filter(query -> query.panel().path("gridPos").path("y").asInt() == 0)
                .toList();
    }

    private static List<String> columns(JsonNode panel) {
        List<String> columns = new ArrayList<>();
        for (JsonNode target : panel.path("targets")) {
            COLUMN.matcher(target.path("rawSql").asText())
                    .results()
                    .forEach(found -> columns.add(found.group(1) == null ? found.group(2) : found.group(1)));
        }
        return columns;
    }

    private static List<JsonNode> linksOf(JsonNode panel) {
        List<JsonNode> links = new ArrayList<>();
        links.add(panel.path("links"));
        links.add(panel.path("fieldConfig").path("defaults").path("links"));
        Dashboard.overrides(panel)
                .forEach(override ->
                        links.add(Dashboard.properties(override).getOrDefault("links", MissingNode.getInstance())));
        return links;
    }

    private static List<String> names(JsonNode node) {
        List<String> names = new ArrayList<>();
        node.fieldNames().forEachRemaining(names::add);
        return names;
    }

    /** Every colour that a file names, however deep. */
    private static List<String> colours(JsonNode json) {
        return Stream.of("color", "fixedColor")
                .flatMap(name -> named(name, json).stream())
                .filter(JsonNode::isTextual)
                .map(JsonNode::asText)
                .toList();
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
