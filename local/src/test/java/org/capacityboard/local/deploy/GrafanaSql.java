package org.capacityboard.local.deploy;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What Grafana makes of a query before PostgreSQL sees it: first variables, then intervals, comments away, macros last.
 *
 * @param variables chosen values by name
 * @param interval what {@code $__interval} stands for
 */
record GrafanaSql(Map<String, Chosen> variables, Instant from, Instant to, Duration interval) {
    /**
     * What a person picked.
     *
     * @param severalAllowed whether the variable takes several values or "All"; then values come quoted and joined
     */
    record Chosen(List<String> values, boolean severalAllowed) {
        private String text(@Nullable String format) {
            String kind = format == null ? (severalAllowed ? "sqlstring" : "escaped") : format;
            return switch (kind) {
                case "sqlstring", "singlequote" ->
                    values.stream().map(value -> "'" + escaped(value) + "'").collect(Collectors.joining(","));
                case "escaped" -> values.stream().map(Chosen::escaped).collect(Collectors.joining(","));
                case "raw", "csv" -> String.join(",", values);
                default -> throw new IllegalArgumentException("variable format '" + kind + "' is unknown");
            };
        }

        private static String escaped(String value) {
            return value.replace("'", "''");
        }
    }

    private static final Pattern VARIABLE = Pattern.compile("\\$(?:(?!__)(\\w+)|\\{(?!__)(\\w+)(?::(\\w+))?\\})");
    private static final Pattern COMMENT = Pattern.compile("--[^\\n]*|/\\*.*?\\*/", Pattern.DOTALL);
    private static final Pattern MACRO = Pattern.compile("\\$([_a-zA-Z0-9]+)\\(([^\\)]*)\\)");
    private static final Pattern LENGTH = Pattern.compile("(\\d+)(ms|[smhdw])");

    String expand(String sql) {
        String named = VARIABLE.matcher(sql).replaceAll(found -> Matcher.quoteReplacement(variable(found)));
        String timed = named.replace("$__interval_ms", String.valueOf(interval.toMillis()))
                .replace("$__interval", interval.toSeconds() + "s");
        String bare = COMMENT.matcher(timed).replaceAll("");
        return MACRO.matcher(bare).replaceAll(found -> Matcher.quoteReplacement(macro(found)));
    }

    private String variable(MatchResult found) {
        String name = found.group(1) == null ? found.group(2) : found.group(1);
        Chosen chosen = variables.get(name);
        return chosen == null ? found.group() : chosen.text(found.group(3));
    }

    private String macro(MatchResult found) {
        List<String> arguments = Pattern.compile(",")
                .splitAsStream(found.group(2))
                .map(String::strip)
                .toList();
        String first = arguments.get(0);
        return switch (found.group(1)) {
            case "__time" -> first + " AS \"time\"";
            case "__timeEpoch" -> "extract(epoch from " + first + ") as \"time\"";
            case "__timeFilter" -> first + " BETWEEN '" + from + "' AND '" + to + "'";
            case "__timeFrom" -> "'" + from + "'";
            case "__timeTo" -> "'" + to + "'";
            case "__timeGroup" -> group("extract(epoch from " + first + ")", arguments);
            case "__timeGroupAlias" -> group("extract(epoch from " + first + ")", arguments) + " AS \"time\"";
            case "__unixEpochFilter" ->
                first + " >= " + from.getEpochSecond() + " AND " + first + " <= " + to.getEpochSecond();
            case "__unixEpochFrom" -> String.valueOf(from.getEpochSecond());
            case "__unixEpochTo" -> String.valueOf(to.getEpochSecond());
            case "__unixEpochGroup" -> group(first, arguments);
            case "__unixEpochGroupAlias" -> group(first, arguments) + " AS \"time\"";
            default -> throw new IllegalArgumentException("macro $" + found.group(1) + " is unknown");
        };
    }

    private static String group(String epochSeconds, List<String> arguments) {
        long seconds = seconds(arguments.get(1).replace("'", ""));
        return "floor(" + epochSeconds + "/" + seconds + ")*" + seconds;
    }

    private static long seconds(String length) {
        Matcher matcher = LENGTH.matcher(length);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("length '" + length + "' is none");
        }
        long count = Long.parseLong(matcher.group(1));
        return switch (matcher.group(2).toLowerCase(Locale.ROOT)) {
            case "s" -> count;
            case "m" -> count * 60;
            case "h" -> count * 3_600;
            case "d" -> count * 86_400;
            case "w" -> count * 7 * 86_400;
            default -> Math.max(1, count / 1_000);
        };
    }
}
