package org.capacityboard.viewer.dashboard;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.capacityboard.process.errors.Problem;
import org.capacityboard.process.errors.UserError;
import org.jspecify.annotations.Nullable;

/**
 * A dashboard file that can be shown.
 *
 * @param file name of the file
 * @param json all it says
 * @param panels those of collapsed rows included, each after its row
 */
public record Dashboard(String file, JsonNode json, List<Panel> panels, List<VariableDefinition> variables) {
    private static final Pattern UID = Pattern.compile("[A-Za-z0-9_-]{1,40}");

    public Dashboard {
        panels = List.copyOf(panels);
        variables = List.copyOf(variables);
    }

    /**
     * Takes a file apart.
     *
     * @throws UserError if it is no dashboard
     */
    static Dashboard of(String file, JsonNode json) {
        String uid = json.path("uid").asText();
        if (!UID.matcher(uid).matches()) {
            throw UserError.failed(new Problem(
                    "uid",
                    uid,
                    "must be 1..40 of A-Z a-z 0-9 _ -",
                    "the file is no dashboard, or one exported for sharing"));
        }
        if (json.path("title").asText().isBlank()) {
            throw UserError.failed(new Problem("title", null, "is missing"));
        }
        if (!json.path("panels").isArray()) {
            throw UserError.failed(new Problem("panels", null, "are missing", "the file has another schema version"));
        }
        List<VariableDefinition> variables = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (JsonNode variable : json.path("templating").path("list")) {
            VariableDefinition definition = VariableDefinition.of(variable);
            if (!definition.name().matches("\\w{1,50}") || !names.add(definition.name())) {
                throw UserError.failed(new Problem("variable", definition.name(), "must have a name of its own"));
            }
            variables.add(definition);
        }
        return new Dashboard(file, json, panels(json.path("panels")), variables);
    }

    private static List<Panel> panels(JsonNode nodes) {
        List<Panel> panels = new ArrayList<>();
        for (JsonNode node : nodes) {
            Panel panel = new Panel(node.path("id").asInt(), node.path("type").asText(), node, null);
            panels.add(panel);
            for (JsonNode inside : node.path("panels")) {
                panels.add(
                        new Panel(inside.path("id").asInt(), inside.path("type").asText(), inside, panel.id()));
            }
        }
        Set<Integer> ids = new HashSet<>();
        for (Panel panel : panels) {
            if (panel.id() <= 0 || !ids.add(panel.id())) {
                throw UserError.failed(new Problem(
                        "id of panel '" + panel.title() + "'",
                        String.valueOf(panel.id()),
                        "must be above 0 and no other panel's"));
            }
        }
        return panels;
    }

    public String uid() {
        return json.path("uid").asText();
    }

    public String title() {
        return json.path("title").asText();
    }

    public String description() {
        return json.path("description").asText();
    }

    public List<String> tags() {
        List<String> tags = new ArrayList<>();
        json.path("tags").forEach(tag -> tags.add(tag.asText()));
        return tags;
    }

    /** Where its range begins if nobody says otherwise. */
    public String from() {
        return json.path("time").path("from").asText("now-6h");
    }

    public String to() {
        return json.path("time").path("to").asText("now");
    }

    /** {@code utc}, {@code browser} or a zone by its name in the IANA database. */
    public String timeZone() {
        String word = json.path("timezone").asText();
        return word.isBlank() ? "browser" : word;
    }

    /** The zone in which its days begin; null if whoever looks decides. */
    public @Nullable ZoneId zone() {
        if (timeZone().equals("utc")) {
            return ZoneOffset.UTC;
        }
        try {
            return timeZone().equals("browser") ? null : ZoneId.of(timeZone());
        } catch (DateTimeException unknown) {
            return null;
        }
    }

    /** Monday unless the file names another day. */
    public DayOfWeek weekStart() {
        String word = json.path("weekStart").asText().toUpperCase(Locale.ROOT);
        for (DayOfWeek day : DayOfWeek.values()) {
            if (day.name().equals(word)) {
                return day;
            }
        }
        return DayOfWeek.MONDAY;
    }

    /** Month in which its fiscal year begins; January is 0. */
    public int fiscalYearStartMonth() {
        return Math.floorMod(json.path("fiscalYearStartMonth").asInt(), 12);
    }

    /** How often it asks anew, such as {@code 30s}; empty for never. */
    public String refresh() {
        return json.path("refresh").isTextual() ? json.path("refresh").asText() : "";
    }

    /** The panel of this id; null if there is none. */
    public @Nullable Panel panel(int id) {
        return panels.stream().filter(panel -> panel.id() == id).findFirst().orElse(null);
    }
}
