package org.capacityboard.viewer.answer;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.capacityboard.process.errors.Problem;
import org.capacityboard.process.errors.UserError;
import org.capacityboard.viewer.dashboard.Dashboard;
import org.capacityboard.viewer.dashboard.VariableDefinition;
import org.capacityboard.viewer.dashboard.VariableDefinition.Kind;
import org.capacityboard.viewer.grafana.GrafanaSql;
import org.capacityboard.viewer.query.QueryFailed;
import org.jspecify.annotations.Nullable;

/**
 * The variables of a dashboard with what is picked for each.
 *
 * @param variables in the order of the file
 * @param grafana knows their values
 * @param failure why the options of one of them are not known, so that no panel can ask; null if all are
 */
record Picks(
        List<VariableAnswer> variables,
        GrafanaSql grafana,
        @Nullable String failure) {
    private static final int LONGEST_SHOWN = 80;
    private static final int LONGEST_TYPED = 500;

    /** Picks for one variable after the other, each query seeing what was picked before it. */
    static Picks of(Dashboard dashboard, Asked asked, GrafanaSql grafana, VariableOptions source) {
        List<VariableAnswer> variables = new ArrayList<>();
        GrafanaSql known = grafana;
        String failure = null;
        for (VariableDefinition definition : dashboard.variables()) {
            List<String> wanted = asked.variables().getOrDefault(definition.name(), List.of());
            if (failure == null) {
                try {
                    VariableAnswer answer = picked(definition, wanted, source.of(definition, known));
                    variables.add(answer);
                    known = known.with(definition.name(), answer.chosen(definition));
                    continue;
                } catch (QueryFailed | UserError failed) {
                    failure = said(failed);
                }
            }
            // Values that nobody compared with the options reach no query.
            variables.add(answer(definition, List.of(), wanted, false, failure));
        }
        return new Picks(variables, known, failure);
    }

    /** The value of a variable of which one is picked; null if there is no such variable, or more than one value. */
    @Nullable
    String single(String variable) {
        for (VariableAnswer each : variables) {
            if (each.name().equals(variable) && !each.all() && each.value().size() == 1) {
                String value = each.value().get(0);
                return value.isEmpty() ? null : value;
            }
        }
        return null;
    }

    /** Problems of variables, joined; null if there are none. */
    @Nullable
    String problems() {
        String joined = variables.stream()
                .filter(each -> each.problem() != null)
                .map(each -> String.valueOf(each.problem()))
                .collect(Collectors.joining(" "));
        return joined.isEmpty() ? null : joined;
    }

    private static VariableAnswer picked(VariableDefinition definition, List<String> wanted, List<Option> options) {
        if (definition.kind() == Kind.TEXTBOX) {
            return typed(definition, wanted);
        }
        if (definition.kind() == Kind.OTHER) {
            throw UserError.failed(new Problem(
                    "variable " + definition.name(),
                    definition.kindWord(),
                    "is of a type that the viewer does not know"));
        }
        Set<String> known = options.stream().map(Option::value).collect(Collectors.toSet());
        if (isAll(definition, wanted, known)) {
            return answer(definition, options, List.of(VariableDefinition.ALL), true, null);
        }
        Set<String> kept = new LinkedHashSet<>(wanted);
        kept.retainAll(known);
        String problem = null;
        if (kept.size() < Set.copyOf(wanted).size()) {
            String missing = wanted.stream()
                    .filter(each -> !known.contains(each))
                    .findFirst()
                    .orElse("");
            problem = text(new Problem(
                    "variable " + definition.name(),
                    shortened(missing),
                    "is none of its " + options.size() + " values",
                    "it belonged to what was picked before"));
        } else if (kept.size() > 1 && !definition.multi()) {
            problem = text(new Problem("variable " + definition.name(), null, "takes one value, not " + kept.size()));
        }
        if (!kept.isEmpty() && (kept.size() == 1 || definition.multi())) {
            return answer(definition, options, List.copyOf(kept), false, problem);
        }
        return byDefault(definition, options, known, problem);
    }

    private static VariableAnswer byDefault(
            VariableDefinition definition, List<Option> options, Set<String> known, @Nullable String problem) {
        if (isAll(definition, definition.current(), known)) {
            return answer(definition, options, List.of(VariableDefinition.ALL), true, problem);
        }
        List<String> current =
                definition.current().stream().filter(known::contains).toList();
        if (!current.isEmpty() && (current.size() == 1 || definition.multi())) {
            return answer(definition, options, current, false, problem);
        }
        if (definition.includeAll()) {
            return answer(definition, options, List.of(VariableDefinition.ALL), true, problem);
        }
        List<String> first =
                options.isEmpty() ? List.of() : List.of(options.get(0).value());
        return answer(definition, options, first, false, problem);
    }

    private static VariableAnswer typed(VariableDefinition definition, List<String> wanted) {
        String fallback = definition.current().isEmpty()
                ? definition.query()
                : definition.current().get(0);
        if (wanted.isEmpty()) {
            return answer(definition, List.of(), List.of(fallback), false, null);
        }
        String text = wanted.get(0);
        String problem = text.length() > LONGEST_TYPED ? "is longer than " + LONGEST_TYPED + " characters" : null;
        problem = text.indexOf('\0') >= 0 ? "holds the character NUL, which PostgreSQL has no place for" : problem;
        problem = text.contains("$__") ? "must not hold $__" : problem;
        if (problem != null) {
            String told = text(new Problem("variable " + definition.name(), null, problem));
            return answer(definition, List.of(), List.of(fallback), false, told);
        }
        return answer(definition, List.of(), List.of(text), false, null);
    }

    private static boolean isAll(VariableDefinition definition, List<String> values, Set<String> known) {
        return definition.includeAll()
                && (values.contains(VariableDefinition.ALL)
                        || (values.equals(List.of("All")) && !known.contains("All")));
    }

    private static VariableAnswer answer(
            VariableDefinition definition,
            List<Option> options,
            List<String> value,
            boolean all,
            @Nullable String problem) {
        return new VariableAnswer(
                definition.name(),
                definition.label(),
                definition.kindWord(),
                definition.multi(),
                definition.includeAll(),
                definition.hide(),
                options,
                value,
                all,
                problem);
    }

    private static String said(Exception failed) {
        return String.valueOf(failed.getMessage()).replace("\n", " ");
    }

    private static String text(Problem problem) {
        return problem.text().replace("\n", " ");
    }

    private static String shortened(String text) {
        String oneLine = text.replaceAll("\\p{Cntrl}", " ");
        return oneLine.length() <= LONGEST_SHOWN ? oneLine : oneLine.substring(0, LONGEST_SHOWN) + "...";
    }
}
