package org.capacityboard.viewer.dashboard;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.regex.Pattern;

/** Which addresses of a dashboard file a page may lead to. */
public final class Addresses {
    /** Of this viewer, of the web, or a mail; never {@code javascript:} and never {@code //host}. */
    private static final Pattern SAFE = Pattern.compile("(?i)(https?://|mailto:|/(?![/\\\\])|[?#]).*", Pattern.DOTALL);

    private Addresses() {}

    /** Whether the address may stand in a link. */
    public static boolean isSafe(String address) {
        return SAFE.matcher(address).matches() && address.chars().noneMatch(c -> c < ' ');
    }

    /** A copy without addresses that may not stand in a link, and without what tells where data comes from. */
    public static JsonNode cleaned(JsonNode json) {
        if (json.isArray()) {
            ArrayNode copy = ((ArrayNode) json).arrayNode();
            json.forEach(each -> copy.add(cleaned(each)));
            return copy;
        }
        if (!json.isObject()) {
            return json;
        }
        ObjectNode copy = ((ObjectNode) json).objectNode();
        json.properties().forEach(entry -> {
            String name = entry.getKey();
            JsonNode value = entry.getValue();
            if (name.equals("url") && value.isTextual() && !isSafe(value.asText())) {
                copy.set(name, TextNode.valueOf(""));
            } else if (!name.equals("datasource") && !name.equals("rawSql")) {
                copy.set(name, cleaned(value));
            }
        });
        return copy;
    }
}
