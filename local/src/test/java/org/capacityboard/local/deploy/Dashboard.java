package org.capacityboard.local.deploy;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A dashboard as committed.
 *
 * @param fileName without its ending
 */
record Dashboard(String fileName, JsonNode json) {
    /** A query of a panel. */
    record Query(Dashboard dashboard, JsonNode panel, JsonNode target) {
        String sql() {
            return target.path("rawSql").asText();
        }

        String panelType() {
            return panel.path("type").asText();
        }

        @Override
        public String toString() {
            return dashboard + ", " + panel.path("title").asText() + ", "
                    + target.path("refId").asText();
        }
    }

    static List<Dashboard> committed() {
        return ProjectFile.in("grafana/dashboards", ".json").stream()
                .map(Dashboard::read)
                .toList();
    }

    private static Dashboard read(Path file) {
        String name = file.getFileName().toString();
        return new Dashboard(name.substring(0, name.length() - ".json".length()), ProjectFile.json(file));
    }

    String uid() {
        return json.path("uid").asText();
    }

    /** All panels, those in collapsed rows included. */
    List<JsonNode> panels() {
        List<JsonNode> panels = new ArrayList<>();
        for (JsonNode panel : json.path("panels")) {
            panels.add(panel);
            panel.path("panels").forEach(panels::add);
        }
        return panels;
    }

    /** Panels that show data. */
    List<JsonNode> figures() {
        return panels().stream()
                .filter(panel ->
                        !List.of("row", "text").contains(panel.path("type").asText()))
                .toList();
    }

    List<JsonNode> variables() {
        List<JsonNode> variables = new ArrayList<>();
        json.path("templating").path("list").forEach(variables::add);
        return variables;
    }

    List<Query> queries() {
        List<Query> queries = new ArrayList<>();
        for (JsonNode panel : panels()) {
            panel.path("targets").forEach(target -> queries.add(new Query(this, panel, target)));
        }
        return queries;
    }

    /** What a panel says about single columns. */
    static List<JsonNode> overrides(JsonNode panel) {
        List<JsonNode> overrides = new ArrayList<>();
        panel.path("fieldConfig").path("overrides").forEach(overrides::add);
        return overrides;
    }

    /** The properties of an override by their ids. */
    static Map<String, JsonNode> properties(JsonNode override) {
        Map<String, JsonNode> properties = new LinkedHashMap<>();
        for (JsonNode property : override.path("properties")) {
            properties.put(property.path("id").asText(), property.path("value"));
        }
        return properties;
    }

    @Override
    public String toString() {
        return fileName;
    }
}
