package org.capacityboard.viewer.page;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * What a request gets.
 *
 * @param headers besides those that every reply has
 */
record Reply(int status, String contentType, byte[] body, Map<String, String> headers) {
    private static final String PLAIN = "text/plain; charset=utf-8";
    private static final String HTML = "text/html; charset=utf-8";
    private static final String JSON = "application/json; charset=utf-8";
    private static final Map<String, String> NOT_KEPT = Map.of("Cache-Control", "no-store");
    private static final ObjectMapper MAPPER = new ObjectMapper();

    static Reply json(int status, Object answer) {
        try {
            return new Reply(status, JSON, MAPPER.writeValueAsBytes(answer), NOT_KEPT);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("an answer cannot be written as JSON", impossible);
        }
    }

    /** @param problem may have a second line that starts "Maybe" */
    static Reply problem(int status, String problem) {
        return json(status, Map.of("problem", problem.replace("\n", " ")));
    }

    static Reply html(int status, String html) {
        return new Reply(status, HTML, html.getBytes(StandardCharsets.UTF_8), NOT_KEPT);
    }

    static Reply plain(int status, String text) {
        return text(status, PLAIN, text);
    }

    static Reply text(int status, String contentType, String text) {
        return new Reply(status, contentType, text.getBytes(StandardCharsets.UTF_8), NOT_KEPT);
    }

    static Reply empty(int status, Map<String, String> headers) {
        return new Reply(status, PLAIN, new byte[0], headers);
    }
}
