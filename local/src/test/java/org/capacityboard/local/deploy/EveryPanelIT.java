package org.capacityboard.local.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.capacityboard.local.deploy.Dashboard.Query;
import org.capacityboard.viewer.grafana.GrafanaSql;
import org.capacityboard.viewer.grafana.GrafanaSql.Chosen;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every panel asks as the reader, as Grafana would, and gets what its kind of panel draws. */
final class EveryPanelIT extends BoardReader {
    private static final Set<String> NUMBERS = Set.of("int2", "int4", "int8", "numeric", "float4", "float8");

    /** Of areas and nations those that show something in every panel; of the others little is known, which is an answer too. */
    private static final Map<String, List<String>> FULL_PAGES =
            Map.of("area", List.of("AMMUNITION"), "nation", List.of("ITA", "NOR"));

    /** What a page looks at. */
    private record Range(Instant from, Instant to) {}

    /** How many of a variable's values are picked. */
    enum Selection {
        ONE,
        SEVERAL,
        ALL;

        /** Nothing is offered where nothing is known yet: then Grafana puts nothing in the place of a variable. */
        List<String> of(List<String> options, boolean severalAllowed) {
            if (options.isEmpty()) {
                return List.of("");
            }
            if (!severalAllowed) {
                return List.of(this == ALL ? options.get(options.size() - 1) : options.get(0));
            }
            return switch (this) {
                case ONE -> options.subList(0, 1);
                case SEVERAL -> options.subList(0, 2);
                case ALL -> options;
            };
        }
    }

    @ParameterizedTest
    @EnumSource(Selection.class)
    void every_panel_gets_rows_for_the_whole_week(Selection selection) throws SQLException {
        everyPanelAnswers(selection, new Range(FilledBoard.WEEK_START, LAST_INSTANT), true);
    }

    @ParameterizedTest
    @EnumSource(Selection.class)
    void every_panel_gets_rows_for_the_last_day(Selection selection) throws SQLException {
        everyPanelAnswers(selection, new Range(FilledBoard.LAST_DAY_START, LAST_INSTANT), true);
    }

    @ParameterizedTest
    @EnumSource(Selection.class)
    void every_panel_answers_for_an_hour_in_the_middle_of_one(Selection selection) throws SQLException {
        Instant start = Instant.parse("2026-11-15T18:30:00Z");
        everyPanelAnswers(selection, new Range(start, start.plus(Duration.ofHours(1))), false);
    }

    @ParameterizedTest
    @EnumSource(Selection.class)
    void every_panel_gets_rows_for_thirty_days_that_end_ahead_of_the_data(Selection selection) throws SQLException {
        Instant end = FilledBoard.WEEK_END.plus(Duration.ofDays(1));
        everyPanelAnswers(selection, new Range(end.minus(Duration.ofDays(30)), end), true);
    }

    @ParameterizedTest
    @EnumSource(Selection.class)
    void a_range_without_data_is_no_error(Selection selection) throws SQLException {
        Instant longAgo = Instant.parse("2001-01-01T00:00:00Z");
        everyPanelAnswers(selection, new Range(longAgo, longAgo.plus(Duration.ofHours(1))), false);
    }

    @Test
    void every_panel_answers_before_the_first_order_and_all_orders_can_be_chosen() throws SQLException {
        Range week = new Range(FilledBoard.WEEK_START, LAST_INSTANT);
        Map<Dashboard, Map<String, Chosen>> chosen = new LinkedHashMap<>();
        for (Dashboard dashboard : Dashboard.committed()) {
            Map<String, Chosen> first = choice(dashboard, Selection.ONE, week);
            List.of("kind", "group").forEach(name -> first.replace(name, new Chosen(List.of("alliance"), false)));
            chosen.put(dashboard, first);
        }
        int asked = after("TRUNCATE lead_time, lead_time_curve, order_backlog, on_time_week, order_status", session -> {
            assertThat(ask(session, "SELECT group_id FROM capacity.order_groups()")
                            .values("group_id"))
                    .containsExactly("alliance");
            int queries = 0;
            for (Map.Entry<Dashboard, Map<String, Chosen>> page : chosen.entrySet()) {
                GrafanaSql grafana = new GrafanaSql(page.getValue(), week.from(), week.to(), Duration.ofMinutes(5));
                for (Query query : page.getKey().queries()) {
                    check(query, ask(session, grafana.expand(query.sql())), week, false);
                    queries++;
                }
            }
            return queries;
        });
        assertThat(asked).isPositive();
    }

    private void everyPanelAnswers(Selection selection, Range range, boolean withRows) throws SQLException {
        for (Dashboard dashboard : Dashboard.committed()) {
            GrafanaSql grafana = grafana(dashboard, selection, range);
            for (Query query : dashboard.queries()) {
                String sql = grafana.expand(query.sql());
                Answer answer = ask(sql);
                if (withRows) {
                    assertThat(answer.rows()).as("%s: rows of %s", query, sql).isNotEmpty();
                }
                check(query, answer, range, withRows);
            }
        }
    }

    private static void check(Query query, Answer answer, Range range, boolean withRows) {
        boolean series = query.target().path("format").asText().equals("time_series");
        String type = query.panelType();
        assertThat(series)
                .as("%s: format of a %s", query, type)
                .isEqualTo(type.equals("timeseries") || type.equals("state-timeline"));
        if (series) {
            checkSeries(query, answer, range);
        } else if (!type.equals("table")) {
            checkFigures(query, answer, withRows);
        }
        for (JsonNode override : query.panel().path("fieldConfig").path("overrides")) {
            JsonNode matcher = override.path("matcher");
            if (matcher.path("id").asText().equals("byName")) {
                assertThat(answer.columns())
                        .as("%s: columns named by overrides", query)
                        .contains(matcher.path("options").asText());
            }
        }
    }

    /** Grafana turns long rows into one series a text value, and refuses times that go back. */
    private static void checkSeries(Query query, Answer answer, Range range) {
        assertThat(answer.types()).as("%s: columns", query).containsEntry("time", "timestamptz");
        assertThat(numbers(answer)).as("%s: columns to draw", query).isNotEmpty();
        assertThat(answer.types().values())
                .as("%s: text names the series", query)
                .filteredOn("text"::equals)
                .hasSizeLessThanOrEqualTo(1);
        List<Instant> times = answer.values("time").stream()
                .map(time -> time instanceof Timestamp at ? at.toInstant() : Instant.MIN)
                .toList();
        assertThat(times).as("%s: times", query).isSorted().doesNotContain(Instant.MIN);
        // A production day is drawn at midnight UTC of its date, which may lie before the range.
        assertThat(times).as("%s: times in the range", query).allSatisfy(time -> assertThat(time)
                .isBetween(range.from().minus(Duration.ofDays(1)), range.to()));
        assertThat(answer.rows().stream().map(row -> List.of(row.get("time"), String.valueOf(row.get("metric")))))
                .as("%s: one point a series and time", query)
                .doesNotHaveDuplicates();
    }

    /** One row of figures, or one row a bar that a text names. */
    private static void checkFigures(Query query, Answer answer, boolean withRows) {
        List<String> shown = new ArrayList<>(answer.columns());
        boolean words = query.panelType().equals("stat");
        if (query.panelType().equals("barchart")
                || query.panel()
                        .path("options")
                        .path("reduceOptions")
                        .path("values")
                        .asBoolean()) {
            String category = shown.remove(0);
            assertThat(answer.types()).as("%s: names of the bars", query).containsEntry(category, "text");
            assertThat(query.panel().path("options").path("xField").asText(category))
                    .isEqualTo(category);
            assertThat(answer.values(category))
                    .as("%s: names of the bars", query)
                    .doesNotHaveDuplicates();
        } else {
            assertThat(answer.rows()).as("%s: one row", query).hasSizeLessThanOrEqualTo(1);
        }
        assertThat(shown).as("%s: figures", query).isNotEmpty();
        for (String column : shown) {
            assertThat(answer.types().get(column))
                    .as("%s: type of %s", query, column)
                    .matches(type ->
                            NUMBERS.contains(type) || type.equals("timestamptz") || (words && type.equals("text")));
            if (withRows) {
                assertThat(answer.values(column)).as("%s: %s", query, column).doesNotContainNull();
            }
        }
    }

    private static List<String> numbers(Answer answer) {
        return answer.columns().stream()
                .filter(column -> NUMBERS.contains(answer.types().get(column)))
                .toList();
    }

    private GrafanaSql grafana(Dashboard dashboard, Selection selection, Range range) throws SQLException {
        return new GrafanaSql(choice(dashboard, selection, range), range.from(), range.to(), Duration.ofMinutes(5));
    }

    private Map<String, Chosen> choice(Dashboard dashboard, Selection selection, Range range) throws SQLException {
        Map<String, Chosen> chosen = new LinkedHashMap<>();
        for (JsonNode variable : dashboard.variables()) {
            GrafanaSql soFar = new GrafanaSql(chosen, range.from(), range.to(), Duration.ofMinutes(5));
            Answer offered = ask(soFar.expand(variable.path("query").asText()));
            assertThat(offered.columns())
                    .isIn(
                            List.of("__value", "__text"),
                            List.of(offered.columns().get(0)));
            List<String> options = offered.values(offered.columns().get(0)).stream()
                    .map(String::valueOf)
                    .filter(option -> FULL_PAGES
                            .getOrDefault(variable.path("name").asText(), List.of(option))
                            .contains(option))
                    .toList();
            boolean several = variable.path("multi").asBoolean()
                    || variable.path("includeAll").asBoolean();
            chosen.put(variable.path("name").asText(), new Chosen(selection.of(options, several), several));
        }
        return chosen;
    }
}
