package org.capacityboard.viewer.answer;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What somebody wants to see of a dashboard.
 *
 * @param from where the range begins, as a text; null for the dashboard's own
 * @param to where it ends; null for the dashboard's own
 * @param variables picked values by the name of the variable
 */
public record Asked(@Nullable String from, @Nullable String to, Map<String, List<String>> variables) {
    public Asked {
        Map<String, List<String>> copy = new LinkedHashMap<>();
        variables.forEach((name, values) -> copy.put(name, List.copyOf(values)));
        variables = Map.copyOf(copy);
    }
}
