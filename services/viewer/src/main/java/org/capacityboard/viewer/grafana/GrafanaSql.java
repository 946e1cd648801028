package org.capacityboard.viewer.grafana;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.capacityboard.process.errors.Problem;
import org.capacityboard.process.errors.UserError;
import org.capacityboard.viewer.grafana.SqlText.Kind;
import org.jspecify.annotations.Nullable;

/**
 * What Grafana makes of a query before PostgreSQL sees it: first variables, then intervals, comments away, macros last.
 *
 * @param variables chosen values by name
 * @param interval what {@code $__interval} stands for
 */
public record GrafanaSql(Map<String, Chosen> variables, Instant from, Instant to, Duration interval) {
    /**
     * What a person picked.
     *
     * @param values as they are, not escaped
     * @param severalAllowed whether the variable takes several values or "All"; then values come quoted and joined
     * @param allText what stands for "All", inserted as it is; null if the values stand
     * @param typed whether a person wrote the value, instead of picking one that the dashboard offers
     */
    public record Chosen(
            List<String> values,
            boolean severalAllowed,
            @Nullable String allText,
            boolean typed) {
        public Chosen {
            values = List.copyOf(values);
            if (values.isEmpty() && !severalAllowed) {
                throw new IllegalArgumentException("a variable that takes one value has one");
            }
        }

        /** One value or several of those offered. */
        public Chosen(List<String> values, boolean severalAllowed) {
            this(values, severalAllowed, null, false);
        }

        /** A value that a person wrote. */
        public static Chosen typed(String value) {
            return new Chosen(List.of(value), false, null, true);
        }
    }

    /** RFC 3339 with as many digits of a second as there are. */
    private static final DateTimeFormatter RFC_3339 = new DateTimeFormatterBuilder()
            .appendPattern("uuuu-MM-dd'T'HH:mm:ss")
            .appendFraction(ChronoField.NANO_OF_SECOND, 0, 9, true)
            .appendLiteral('Z')
            .toFormatter()
            .withZone(ZoneOffset.UTC);

    static final DateTimeFormatter ISO_MILLIS =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

    /** {@code $name}, {@code [[name:format]]} or {@code ${name.path:format}}. */
    private static final Pattern VARIABLE =
            Pattern.compile("\\$(\\w+)|\\[\\[(\\w+?)(?::(\\w+))?]]|\\$\\{(\\w+)(?:\\.[^:^}]+)?(?::([^}]+))?}");

    private static final Pattern MACRO = Pattern.compile("\\$([_a-zA-Z0-9]+)\\(([^)]*)\\)");

    public GrafanaSql {
        variables = Map.copyOf(variables);
    }

    /** The same with one more variable. */
    public GrafanaSql with(String name, Chosen chosen) {
        Map<String, Chosen> more = new HashMap<>(variables);
        more.put(name, chosen);
        return new GrafanaSql(more, from, to, interval);
    }

    /**
     * The SQL that goes to PostgreSQL.
     *
     * @throws UserError if a macro or a format is unknown, or a value cannot be inserted safely
     */
    public String expand(String sql) {
        String timed = withVariables(sql)
                .replace("$__interval_ms", String.valueOf(interval.toMillis()))
                .replace("$__interval", GrafanaInterval.text(interval));
        String bare = SqlText.withoutComments(timed);
        return MACRO.matcher(bare).replaceAll(found -> Matcher.quoteReplacement(macro(found, bare)));
    }

    /**
     * The values of a variable as a text, not as SQL: for a title, or for options that are written in the file.
     *
     * @return the text with every variable that is known in its place, several values joined with {@code +}
     */
    public String expandText(String text) {
        return VARIABLE.matcher(text).replaceAll(found -> {
            Chosen chosen = chosen(nameIn(found));
            return Matcher.quoteReplacement(
                    chosen == null
                            ? found.group()
                            : chosen.allText() != null ? "All" : String.join(" + ", chosen.values()));
        });
    }

    /** Names of the variables that a text refers to, known or not. */
    public static Set<String> namesIn(String text) {
        Set<String> names = new LinkedHashSet<>();
        Matcher found = VARIABLE.matcher(text);
        while (found.find()) {
            names.add(nameIn(found.toMatchResult()));
        }
        return names;
    }

    private String withVariables(String sql) {
        List<SqlText.Part> parts = SqlText.parts(sql, variables.keySet());
        return VARIABLE.matcher(sql).replaceAll(found -> {
            String name = nameIn(found);
            Chosen chosen = chosen(name);
            if (chosen == null || (isPlain(found) && name.startsWith("__interval"))) {
                return Matcher.quoteReplacement(found.group());
            }
            String format = found.group(3) == null ? found.group(5) : found.group(3);
            refuseNul(name, chosen);
            if (chosen.typed()) {
                refuseUnsafe(name, chosen, format, SqlText.kindAt(parts, found.start()));
            }
            if (chosen.allText() != null) {
                return Matcher.quoteReplacement(chosen.allText());
            }
            return Matcher.quoteReplacement(VariableFormat.write(name, chosen, format));
        });
    }

    private static boolean isPlain(MatchResult found) {
        return found.group(1) != null;
    }

    private static String nameIn(MatchResult found) {
        String name = found.group(1) == null ? found.group(2) : found.group(1);
        return name == null ? found.group(4) : name;
    }

    /** A variable of the dashboard, or one that Grafana brings along. */
    private @Nullable Chosen chosen(String name) {
        Chosen chosen = variables.get(name);
        return chosen == null ? ofGrafana(name) : chosen;
    }

    private @Nullable Chosen ofGrafana(String name) {
        long rangeMs = Duration.between(from, to).toMillis();
        String value =
                switch (name) {
                    case "__from" -> String.valueOf(from.toEpochMilli());
                    case "__to" -> String.valueOf(to.toEpochMilli());
                    case "__range_ms" -> String.valueOf(rangeMs);
                    case "__range_s" -> String.valueOf(Math.round(rangeMs / 1000.0));
                    case "__range" -> Math.round(rangeMs / 1000.0) + "s";
                    case "__interval_ms" -> String.valueOf(interval.toMillis());
                    case "__interval" -> GrafanaInterval.text(interval);
                    default -> null;
                };
        return value == null ? null : new Chosen(List.of(value), false);
    }

    private static void refuseNul(String name, Chosen chosen) {
        if (chosen.values().stream().anyMatch(value -> value.indexOf('\0') >= 0)) {
            throw UserError.failed(new Problem(
                    "variable " + name, null, "holds the character NUL, which PostgreSQL has no place for"));
        }
    }

    /** What a person wrote may be a text to PostgreSQL, and nothing else. */
    private static void refuseUnsafe(String name, Chosen chosen, @Nullable String format, Kind place) {
        boolean insideQuotes = format == null && place == Kind.LITERAL;
        boolean quotedByFormat = format != null && VariableFormat.quotesForSql(format) && place == Kind.CODE;
        if (!insideQuotes && !quotedByFormat && place != Kind.COMMENT) {
            throw UserError.failed(new Problem(
                    "variable " + name,
                    null,
                    "is written by whoever looks, so a query may use it as a text only",
                    "the dashboard means '$" + name + "' or ${" + name + ":sqlstring}"));
        }
        if (chosen.values().stream().anyMatch(value -> value.contains("$__"))) {
            throw UserError.failed(new Problem("variable " + name, null, "must not hold $__"));
        }
        if (place == Kind.COMMENT
                && chosen.values().stream().anyMatch(value -> value.contains("*/") || value.contains("\n"))) {
            throw UserError.failed(new Problem("variable " + name, null, "must not end the comment it stands in"));
        }
    }

    private String macro(MatchResult found, String sql) {
        String name = found.group(1);
        // A group that a comma follows is the time column, as it was before Grafana 5.3; the first such call decides.
        int after = sql.indexOf(found.group()) + found.group().length();
        if (name.equals("__timeGroup") && after < sql.length() && sql.charAt(after) == ',') {
            name = "__timeGroupAlias";
        }
        List<String> arguments = Arrays.stream(found.group(2).split(",", -1))
                .map(GrafanaSql::withoutBlanks)
                .toList();
        String first = arguments.get(0);
        return switch (name) {
            case "__time" -> column(name, first) + " AS \"time\"";
            case "__timeEpoch" -> "extract(epoch from " + column(name, first) + ") as \"time\"";
            case "__timeFilter" -> column(name, first) + " BETWEEN " + literal(from) + " AND " + literal(to);
            case "__timeFrom" -> literal(from);
            case "__timeTo" -> literal(to);
            case "__timeGroup" -> group(name, "extract(epoch from " + column(name, first) + ")", arguments);
            case "__timeGroupAlias" ->
                group(name, "extract(epoch from " + column(name, first) + ")", arguments) + " AS \"time\"";
            case "__unixEpochFilter" -> between(column(name, first), from.getEpochSecond(), to.getEpochSecond());
            case "__unixEpochNanoFilter" -> between(column(name, first), nanos(from), nanos(to));
            case "__unixEpochFrom" -> String.valueOf(from.getEpochSecond());
            case "__unixEpochTo" -> String.valueOf(to.getEpochSecond());
            case "__unixEpochNanoFrom" -> String.valueOf(nanos(from));
            case "__unixEpochNanoTo" -> String.valueOf(nanos(to));
            case "__unixEpochGroup" -> group(name, "(" + column(name, first) + ")", arguments);
            case "__unixEpochGroupAlias" -> group(name, "(" + column(name, first) + ")", arguments) + " AS \"time\"";
            default ->
                throw UserError.failed(
                        new Problem("macro", "$" + name, "is unknown", "you mean $__timeFilter(column)"));
        };
    }

    private static String withoutBlanks(String argument) {
        int from = 0;
        int end = argument.length();
        while (from < end && argument.charAt(from) == ' ') {
            from++;
        }
        while (end > from && argument.charAt(end - 1) == ' ') {
            end--;
        }
        return argument.substring(from, end);
    }

    private static String column(String macro, String argument) {
        if (argument.isEmpty()) {
            throw UserError.failed(new Problem("macro", "$" + macro, "needs a column"));
        }
        return argument;
    }

    private static String literal(Instant instant) {
        return "'" + RFC_3339.format(instant) + "'";
    }

    private static String between(String column, long from, long to) {
        return column + " >= " + from + " AND " + column + " <= " + to;
    }

    private static long nanos(Instant instant) {
        return Math.addExact(Math.multiplyExact(instant.getEpochSecond(), 1_000_000_000L), instant.getNano());
    }

    private String group(String macro, String epochSeconds, List<String> arguments) {
        if (arguments.size() < 2 || arguments.size() > 3) {
            throw UserError.failed(new Problem("macro", "$" + macro, "needs a column, a length and perhaps a filling"));
        }
        if (arguments.size() == 3 && !arguments.get(2).matches("NULL|previous|-?\\d+(\\.\\d+)?")) {
            throw UserError.failed(
                    new Problem("filling of $" + macro, arguments.get(2), "must be NULL, previous or a number"));
        }
        Duration length = GrafanaInterval.inMacro(arguments.get(1).replaceAll("^'+|'+$", ""), to);
        String seconds = length.getNano() == 0
                ? String.valueOf(length.getSeconds())
                : new BigDecimal(length.getSeconds())
                        .add(BigDecimal.valueOf(length.getNano(), 9))
                        .stripTrailingZeros()
                        .toPlainString();
        return "floor(" + epochSeconds + "/" + seconds + ")*" + seconds;
    }
}
