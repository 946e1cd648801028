package org.capacityboard.local.viewer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.function.Consumer;

/** A dashboard that a test writes: panels two in a row, in the order in which they are added, counted from 1. */
final class DashboardFile {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int COLUMNS = 24;
    private static final int ROWS = 8;

    private final String uid;
    private final ObjectNode json = JSON.createObjectNode();
    private final ArrayNode variables;
    private final ArrayNode panels;

    DashboardFile(String uid) {
        this.uid = uid;
        json.put("uid", uid)
                .put("title", "Test " + uid)
                .put("description", "Written by a test.")
                .put("schemaVersion", 42)
                .put("editable", false)
                .put("refresh", "")
                .put("timezone", "utc")
                .put("weekStart", "monday");
        json.putObject("time").put("from", "now-7d").put("to", "now");
        json.putArray("tags");
        json.putArray("links");
        variables = json.putObject("templating").putArray("list");
        panels = json.putArray("panels");
    }

    /** JSON as it is written in the files, with single quotes. */
    static JsonNode json(String text) {
        try {
            return JSON.readTree(text.replace('\'', '"'));
        } catch (IOException e) {
            throw new IllegalArgumentException("no JSON: " + text, e);
        }
    }

    DashboardFile link(String title, String url) {
        ((ArrayNode) json.path("links"))
                .addObject()
                .put("title", title)
                .put("type", "link")
                .put("url", url)
                .put("keepTime", true)
                .put("includeVars", true)
                .put("targetBlank", false);
        return this;
    }

    /** A variable whose options a query gives; several of them, and all, if it is {@code multi}. */
    DashboardFile variable(String name, String sql, boolean multi) {
        ObjectNode variable = variables
                .addObject()
                .put("name", name)
                .put("label", name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1))
                .put("type", "query")
                .put("query", sql)
                .put("definition", sql)
                .put("refresh", 2)
                .put("sort", 0)
                .put("multi", multi)
                .put("includeAll", multi)
                .put("hide", 0)
                .put("regex", "");
        ObjectNode current = variable.putObject("current");
        if (multi) {
            current.putArray("text").add("All");
            current.putArray("value").add("$__all");
        }
        return this;
    }

    /** A variable into which anybody can write anything. */
    DashboardFile textVariable(String name) {
        variables
                .addObject()
                .put("name", name)
                .put("label", name)
                .put("type", "textbox")
                .put("query", "")
                .put("hide", 0)
                .putObject("current")
                .put("text", "")
                .put("value", "");
        return this;
    }

    /** A panel without a query. */
    DashboardFile text(String markdown) {
        return panel("text", "Text", "", panel -> {
            panel.remove("targets");
            panel.putObject("options").put("mode", "markdown").put("content", markdown);
        });
    }

    DashboardFile panel(String type, String title, String sql) {
        return panel(type, title, sql, panel -> {});
    }

    /** A panel of one query. The last argument adds what is special: {@link #unit} and the like. */
    DashboardFile panel(String type, String title, String sql, Consumer<ObjectNode> special) {
        int place = panels.size();
        ObjectNode panel = panels.addObject()
                .put("id", place + 1)
                .put("type", type)
                .put("title", title)
                .put("description", "Source: a test.");
        panel.putObject("gridPos")
                .put("x", place % 2 * COLUMNS / 2)
                .put("y", place / 2 * ROWS)
                .put("w", COLUMNS / 2)
                .put("h", ROWS);
        boolean series = type.equals("timeseries") || type.equals("state-timeline");
        panel.putArray("targets")
                .addObject()
                .put("refId", "A")
                .put("format", series ? "time_series" : "table")
                .put("rawQuery", true)
                .put("editorMode", "code")
                .put("rawSql", sql);
        ObjectNode fields = panel.putObject("fieldConfig");
        fields.putObject("defaults").put("unit", "short").put("noValue", "unknown");
        fields.putArray("overrides");
        ObjectNode options = panel.putObject("options");
        if (type.equals("stat") || type.endsWith("gauge")) {
            options.putObject("reduceOptions")
                    .put("values", false)
                    .put("fields", "/.*/")
                    .putArray("calcs")
                    .add("lastNotNull");
        }
        special.accept(panel);
        return this;
    }

    /** Unit and decimals of all figures of a panel. */
    static Consumer<ObjectNode> unit(String unit, int decimals) {
        return panel -> ((ObjectNode) panel.path("fieldConfig").path("defaults"))
                .put("unit", unit)
                .put("decimals", decimals);
    }

    /** Properties of one column. */
    static Consumer<ObjectNode> column(String name, String properties) {
        return panel -> {
            ObjectNode override = ((ArrayNode) panel.path("fieldConfig").path("overrides")).addObject();
            override.putObject("matcher").put("id", "byName").put("options", name);
            override.set("properties", json(properties));
        };
    }

    /** More options of the panel. */
    static Consumer<ObjectNode> options(String options) {
        return panel -> ((ObjectNode) panel.path("options")).setAll((ObjectNode) json(options));
    }

    /** More that holds for all columns. */
    static Consumer<ObjectNode> defaults(String defaults) {
        return panel -> ((ObjectNode) panel.path("fieldConfig").path("defaults")).setAll((ObjectNode) json(defaults));
    }

    void writeTo(Path folder) throws IOException {
        Files.writeString(folder.resolve(uid + ".json"), json.toPrettyString());
    }
}
