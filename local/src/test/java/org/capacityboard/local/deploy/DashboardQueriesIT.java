package org.capacityboard.local.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.capacityboard.local.deploy.Dashboard.Query;
import org.capacityboard.local.deploy.GrafanaSql.Chosen;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every panel asks as the reader, as Grafana would, and gets what its kind of panel draws. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@SuppressWarnings("NullAway.Init")
final class DashboardQueriesIT {
    private static final Set<String> NUMBERS = Set.of("int2", "int4", "int8", "numeric", "float4", "float8");

    /** How many of a variable's values are picked. */
    enum Selection {
        ONE,
        SEVERAL,
        ALL;

        List<String> of(List<String> options, boolean severalAllowed) {
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

    /** A result, as much of it as the checks need. */
    private record Answer(Map<String, String> types, List<Map<String, @Nullable Object>> rows) {
        List<String> columns() {
            return List.copyOf(types.keySet());
        }

        List<@Nullable Object> values(String column) {
            List<@Nullable Object> values = new ArrayList<>();
            rows.forEach(row -> values.add(row.get(column)));
            return values;
        }
    }

    private FilledBoard board;
    private Connection reader;

    @BeforeAll
    void fillTheBoard(@TempDir Path directory) throws SQLException {
        board = new FilledBoard(directory);
        reader = board.reader();
    }

    @AfterAll
    void stop() throws SQLException {
        reader.close();
        board.close();
    }

    @ParameterizedTest
    @EnumSource(Selection.class)
    void every_panel_gets_rows_for_the_whole_week(Selection selection) throws SQLException {
        everyPanelGetsRows(selection, FilledBoard.WEEK_START);
    }

    @ParameterizedTest
    @EnumSource(Selection.class)
    void every_panel_gets_rows_for_the_last_day(Selection selection) throws SQLException {
        everyPanelGetsRows(selection, FilledBoard.LAST_DAY_START);
    }

    @Test
    void a_range_without_data_is_no_error() throws SQLException {
        Instant longAgo = Instant.parse("2001-01-01T00:00:00Z");
        for (Dashboard dashboard : Dashboard.committed()) {
            GrafanaSql grafana = grafana(dashboard, Selection.ALL, longAgo, longAgo.plus(Duration.ofHours(1)));
            for (Query query : dashboard.queries()) {
                ask(grafana.expand(query.sql()));
            }
        }
    }

    @Test
    void sessions_of_reader_and_writer_count_days_in_utc() throws SQLException {
        Answer settings = ask("SELECT rolname FROM pg_db_role_setting JOIN pg_roles ON pg_roles.oid = setrole"
                + " WHERE 'TimeZone=UTC' = ANY (setconfig) ORDER BY 1");
        assertThat(settings.values("rolname")).containsExactly("capacity_reader", "capacity_writer");
    }

    private void everyPanelGetsRows(Selection selection, Instant from) throws SQLException {
        for (Dashboard dashboard : Dashboard.committed()) {
            GrafanaSql grafana = grafana(dashboard, selection, from, FilledBoard.WEEK_END.minusMillis(1));
            for (Query query : dashboard.queries()) {
                String sql = grafana.expand(query.sql());
                Answer answer = ask(sql);
                assertThat(answer.rows()).as("%s: rows of %s", query, sql).isNotEmpty();
                check(query, answer);
            }
        }
    }

    private static void check(Query query, Answer answer) {
        boolean series = query.target().path("format").asText().equals("time_series");
        String type = query.panelType();
        assertThat(series)
                .as("%s: format of a %s", query, type)
                .isEqualTo(type.equals("timeseries") || type.equals("state-timeline"));
        if (series) {
            checkSeries(query, answer);
        } else if (!type.equals("table")) {
            checkFigures(query, answer);
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
    private static void checkSeries(Query query, Answer answer) {
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
        assertThat(times).as("%s: times in the week", query).allSatisfy(time -> assertThat(time)
                .isBetween(FilledBoard.WEEK_START, FilledBoard.WEEK_END));
        assertThat(answer.rows().stream().map(row -> List.of(row.get("time"), String.valueOf(row.get("metric")))))
                .as("%s: one point a series and time", query)
                .doesNotHaveDuplicates();
    }

    private static void checkFigures(Query query, Answer answer) {
        List<String> shown = new ArrayList<>(answer.columns());
        if (query.panelType().equals("barchart")) {
            String category = shown.remove(0);
            assertThat(answer.types()).as("%s: names of the bars", query).containsEntry(category, "text");
            assertThat(query.panel().path("options").path("xField").asText(category))
                    .isEqualTo(category);
        } else {
            assertThat(answer.rows()).as("%s: one row", query).hasSize(1);
        }
        assertThat(shown).as("%s: figures", query).isNotEmpty();
        for (String column : shown) {
            assertThat(answer.types().get(column))
                    .as("%s: type of %s", query, column)
                    .matches(type -> NUMBERS.contains(type) || type.equals("timestamptz"));
            assertThat(answer.values(column)).as("%s: %s", query, column).doesNotContainNull();
        }
    }

    private static List<String> numbers(Answer answer) {
        return answer.columns().stream()
                .filter(column -> NUMBERS.contains(answer.types().get(column)))
                .toList();
    }

    private GrafanaSql grafana(Dashboard dashboard, Selection selection, Instant from, Instant to) throws SQLException {
        Map<String, Chosen> chosen = new LinkedHashMap<>();
        GrafanaSql grafana = new GrafanaSql(chosen, from, to, Duration.ofMinutes(5));
        for (JsonNode variable : dashboard.variables()) {
            List<String> options = ask(grafana.expand(variable.path("query").asText())).rows().stream()
                    .map(row -> String.valueOf(row.values().iterator().next()))
                    .toList();
            boolean several = variable.path("multi").asBoolean()
                    || variable.path("includeAll").asBoolean();
            chosen.put(variable.path("name").asText(), new Chosen(selection.of(options, several), several));
        }
        return grafana;
    }

    private Answer ask(String sql) throws SQLException {
        try (Statement statement = reader.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            ResultSetMetaData meta = result.getMetaData();
            Map<String, String> types = new LinkedHashMap<>();
            for (int i = 1; i <= meta.getColumnCount(); i++) {
                assertThat(types.put(meta.getColumnLabel(i), meta.getColumnTypeName(i)))
                        .as("column %s stands once in %s", meta.getColumnLabel(i), sql)
                        .isNull();
            }
            List<Map<String, @Nullable Object>> rows = new ArrayList<>();
            while (result.next()) {
                Map<String, @Nullable Object> row = new LinkedHashMap<>();
                for (String column : types.keySet()) {
                    row.put(column, result.getObject(column));
                }
                rows.add(row);
            }
            return new Answer(types, rows);
        } catch (SQLException e) {
            throw new SQLException(e.getMessage() + " in " + sql, e);
        }
    }
}
