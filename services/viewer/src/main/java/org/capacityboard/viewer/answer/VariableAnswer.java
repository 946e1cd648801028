package org.capacityboard.viewer.answer;

import java.util.List;
import org.capacityboard.viewer.dashboard.VariableDefinition;
import org.capacityboard.viewer.grafana.GrafanaSql.Chosen;
import org.jspecify.annotations.Nullable;

/**
 * A variable and what is picked.
 *
 * @param options without "All"
 * @param value what is picked; {@code $__all} alone if all are
 * @param all whether all are picked
 * @param problem what is wrong with what was asked for; null if nothing is
 */
public record VariableAnswer(
        String name,
        String label,
        String type,
        boolean multi,
        boolean includeAll,
        int hide,
        List<Option> options,
        List<String> value,
        boolean all,
        @Nullable String problem) {

    /** What queries get. */
    Chosen chosen(VariableDefinition definition) {
        if (definition.kind() == VariableDefinition.Kind.TEXTBOX) {
            return Chosen.typed(value.get(0));
        }
        if (all && !definition.allText().isEmpty()) {
            return new Chosen(List.of(), true, definition.allText(), false);
        }
        List<String> values = all ? options.stream().map(Option::value).toList() : value;
        return new Chosen(
                values.isEmpty() && !definition.severalAllowed() ? List.of("") : values, definition.severalAllowed());
    }
}
