package org.capacityboard.viewer.dashboard;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A variable as its dashboard file defines it.
 *
 * @param name as queries refer to it
 * @param label as people see it
 * @param kind where its options come from
 * @param kindWord what the file calls the kind
 * @param multi whether several values may be picked
 * @param includeAll whether "All" is an option
 * @param allText what stands for "All" in a query; empty for all options
 * @param hide 0 shown, 1 without label, 2 not shown
 * @param sort how options are ordered, by Grafana's number; 0 as they come
 * @param regex which options are taken and which part of them; empty for all
 * @param query SQL, or the list of options
 * @param current values that are picked if nobody says otherwise
 */
public record VariableDefinition(
        String name,
        String label,
        Kind kind,
        String kindWord,
        boolean multi,
        boolean includeAll,
        String allText,
        int hide,
        int sort,
        String regex,
        String query,
        List<String> current) {
    /** The value that stands for all. */
    public static final String ALL = "$__all";

    /** Where options come from. */
    public enum Kind {
        QUERY,
        CUSTOM,
        CONSTANT,
        INTERVAL,
        TEXTBOX,
        /** One that the viewer has no answer for. */
        OTHER
    }

    public VariableDefinition {
        current = List.copyOf(current);
    }

    /** Whether values come quoted and joined in queries. */
    public boolean severalAllowed() {
        return multi || includeAll;
    }

    static VariableDefinition of(JsonNode json) {
        String name = json.path("name").asText();
        String label = json.path("label").asText();
        String word = json.path("type").asText();
        JsonNode query = json.path("query");
        return new VariableDefinition(
                name,
                label.isBlank() ? name : label,
                kind(word),
                word,
                json.path("multi").asBoolean(),
                json.path("includeAll").asBoolean(),
                json.path("allValue").asText(""),
                json.path("hide").asInt(),
                json.path("sort").asInt(),
                json.path("regex").asText(""),
                query.isObject()
                        ? query.path("rawSql").asText(query.path("query").asText())
                        : query.asText(""),
                texts(json.path("current").path("value")));
    }

    private static Kind kind(String word) {
        for (Kind kind : Kind.values()) {
            if (kind != Kind.OTHER && kind.name().toLowerCase(Locale.ROOT).equals(word)) {
                return kind;
            }
        }
        return Kind.OTHER;
    }

    private static List<String> texts(JsonNode value) {
        List<String> texts = new ArrayList<>();
        if (value.isArray()) {
            value.forEach(each -> texts.add(each.asText()));
        } else if (value.isValueNode() && !value.isNull() && !value.asText().isEmpty()) {
            texts.add(value.asText());
        }
        return texts;
    }
}
