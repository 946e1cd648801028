package org.capacityboard.viewer.answer;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.capacityboard.viewer.dashboard.VariableDefinition;
import org.capacityboard.viewer.grafana.GrafanaSql;
import org.capacityboard.viewer.query.QueryFailed;
import org.capacityboard.viewer.query.Reader;
import org.jspecify.annotations.Nullable;

/** The options of variables. Answers of the database are kept for seconds, because every panel of a page asks for them. */
final class VariableOptions {
    private static final Duration KEPT = Duration.ofSeconds(10);
    private static final int MOST_KEPT = 200;

    /** An answer and when it was given. */
    private record Known(List<Option> options, Instant at) {}

    private final Reader reader;
    private final InstantSource clock;
    private final Map<String, Known> known = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Known> eldest) {
            return size() > MOST_KEPT;
        }
    };

    VariableOptions(Reader reader, InstantSource clock) {
        this.reader = reader;
        this.clock = clock;
    }

    /**
     * What may be picked.
     *
     * @param grafana knows the values of the variables before this one
     */
    List<Option> of(VariableDefinition variable, GrafanaSql grafana) throws QueryFailed {
        return switch (variable.kind()) {
            case QUERY -> asked(grafana.expand(variable.query()), variable.regex(), variable.sort());
            case CUSTOM, INTERVAL -> OptionTexts.listed(grafana.expandText(variable.query()));
            case CONSTANT -> List.of(new Option(variable.query(), variable.query()));
            case TEXTBOX, OTHER -> List.of();
        };
    }

    /** The first value that a query gives; null if it gives none. */
    @Nullable
    String first(String sql) throws QueryFailed {
        List<Option> options = asked(sql, "", 0);
        return options.isEmpty() ? null : options.get(0).value();
    }

    private List<Option> asked(String sql, String regex, int sort) throws QueryFailed {
        String key = sort + " " + regex + "\n" + sql;
        synchronized (known) {
            Known answer = known.get(key);
            if (answer != null && clock.instant().isBefore(answer.at().plus(KEPT))) {
                return answer.options();
            }
        }
        List<Option> options = List.copyOf(OptionTexts.ofRows(reader.ask(sql), regex, sort));
        synchronized (known) {
            known.remove(key);
            known.put(key, new Known(options, clock.instant()));
        }
        return options;
    }
}
