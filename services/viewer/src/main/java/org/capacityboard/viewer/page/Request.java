package org.capacityboard.viewer.page;

import com.sun.net.httpserver.HttpExchange;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.capacityboard.process.errors.Problem;
import org.capacityboard.process.errors.UserError;
import org.jspecify.annotations.Nullable;

/**
 * A request, taken apart.
 *
 * @param path decoded
 * @param rawPath as it came
 * @param parameters decoded, in their order
 */
record Request(
        String method,
        String path,
        String rawPath,
        Map<String, List<String>> parameters,
        Map<String, List<String>> headers) {
    private static final int LONGEST_QUERY = 60_000;
    private static final int MOST_PARAMETERS = 2_000;

    /** @throws UserError if the query is none */
    static Request of(HttpExchange exchange) {
        return new Request(
                exchange.getRequestMethod(),
                exchange.getRequestURI().getPath(),
                exchange.getRequestURI().getRawPath(),
                parameters(exchange.getRequestURI().getRawQuery()),
                exchange.getRequestHeaders());
    }

    static Map<String, List<String>> parameters(@Nullable String query) {
        Map<String, List<String>> parameters = new LinkedHashMap<>();
        if (query == null || query.isEmpty()) {
            return parameters;
        }
        String[] pairs = query.split("&");
        if (query.length() > LONGEST_QUERY || pairs.length > MOST_PARAMETERS) {
            throw UserError.failed(
                    new Problem("the address", null, "is too long", "fewer values are picked, or all of them"));
        }
        for (String pair : pairs) {
            int equals = pair.indexOf('=');
            String name = decoded(equals < 0 ? pair : pair.substring(0, equals));
            String value = equals < 0 ? "" : decoded(pair.substring(equals + 1));
            parameters.computeIfAbsent(name, key -> new ArrayList<>()).add(value);
        }
        return parameters;
    }

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException malformed) {
            throw UserError.failed(new Problem("the address", null, "holds a % that encodes nothing"));
        }
    }

    /** The first value; null if there is none. */
    @Nullable
    String parameter(String name) {
        List<String> values = parameters.get(name);
        return values == null ? null : values.get(0);
    }

    /** The first value; null if there is none. */
    @Nullable
    String header(String name) {
        List<String> values = headers.get(name);
        return values == null || values.isEmpty() ? null : values.get(0);
    }

    /** All values of {@code var-name}, by the name. */
    Map<String, List<String>> variables() {
        Map<String, List<String>> variables = new LinkedHashMap<>();
        parameters.forEach((name, values) -> {
            if (name.startsWith("var-")) {
                variables.put(name.substring(4), values);
            }
        });
        return variables;
    }

    boolean isForData() {
        return path.startsWith("/api/");
    }
}
