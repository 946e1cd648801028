package org.capacityboard.viewer.dashboard;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A panel of a dashboard file.
 *
 * @param id its number in the dashboard
 * @param type such as {@code timeseries}
 * @param json all the file says of it
 * @param row id of the collapsed row that it lies in; null if it is seen at once
 */
public record Panel(
        int id, String type, JsonNode json, @Nullable Integer row) {
    private static final Set<String> DRAWN =
            Set.of("row", "text", "stat", "gauge", "bargauge", "timeseries", "barchart", "table", "state-timeline");
    private static final Set<String> SQL_SOURCES = Set.of("grafana-postgresql-datasource", "postgres", "");

    /** A filling is a third argument: {@code $__timeGroup(t, '5m', 0)}. */
    private static final Pattern FILLED_GROUP =
            Pattern.compile("\\$__(timeGroup|unixEpochGroup)(Alias)?\\([^),]*,[^),]*,[^)]*\\)");

    public String title() {
        return json.path("title").asText();
    }

    /** Its queries that are not switched off, as long as they ask PostgreSQL. */
    public List<StoredQuery> queries() {
        List<StoredQuery> queries = new ArrayList<>();
        for (JsonNode target : json.path("targets")) {
            String sql = target.path("rawSql").asText();
            if (!sql.isBlank() && !target.path("hide").asBoolean() && asksSql(target)) {
                queries.add(new StoredQuery(
                        target.path("refId").asText("A"),
                        sql,
                        FrameFormat.of(target.path("format").asText())));
            }
        }
        return queries;
    }

    /** The least length of time a point stands for, as the file has it; null if it does not say. */
    public @Nullable String leastInterval() {
        String text = json.path("interval").asText();
        return text.isBlank() ? null : text;
    }

    /** How many points its charts have at most; null if the width on the screen decides. */
    public @Nullable Integer mostPoints() {
        int points = json.path("maxDataPoints").asInt();
        return points > 0 ? points : null;
    }

    /** Why the viewer shows a box in its place; null if it draws it. */
    public @Nullable String notDrawn() {
        if (!DRAWN.contains(type)) {
            return "The built-in viewer draws no panel of type '" + type + "'.";
        }
        if (type.equals("text")) {
            String mode = json.path("options").path("mode").asText("markdown");
            return mode.equals("markdown") ? null : "The built-in viewer shows texts in Markdown, not '" + mode + "'.";
        }
        if (!asksSql(json)) {
            return "It asks '" + sourceOf(json) + "', and the built-in viewer asks PostgreSQL only.";
        }
        for (JsonNode target : json.path("targets")) {
            if (!asksSql(target)) {
                return "It asks '" + sourceOf(target) + "', and the built-in viewer asks PostgreSQL only.";
            }
        }
        if (!json.path("transformations").isEmpty()) {
            return "It transforms its rows ('"
                    + json.path("transformations").path(0).path("id").asText()
                    + "'), which the built-in viewer does not.";
        }
        if (!json.path("repeat").asText().isEmpty()) {
            return "It is repeated for each value of '" + json.path("repeat").asText()
                    + "', which the built-in viewer does not.";
        }
        if (queries().stream()
                .anyMatch(query -> FILLED_GROUP.matcher(query.sql()).find())) {
            return "Its query fills gaps ($__timeGroup with a third argument), which the built-in viewer does not.";
        }
        return null;
    }

    private static boolean asksSql(JsonNode of) {
        return SQL_SOURCES.contains(sourceOf(of));
    }

    private static String sourceOf(JsonNode of) {
        return of.path("datasource").path("type").asText();
    }
}
