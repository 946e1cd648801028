package org.capacityboard.viewer.grafana;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.capacityboard.process.errors.Problem;
import org.capacityboard.process.errors.UserError;
import org.capacityboard.viewer.grafana.GrafanaSql.Chosen;
import org.jspecify.annotations.Nullable;

/** How values stand in a query: {@code ${name:format}}, or the way of SQL data sources if no format is named. */
final class VariableFormat {
    private static final Pattern OF_REGEX = Pattern.compile("[\\\\^$*+?.()|\\[\\]{}/]");
    private static final Pattern OF_LUCENE = Pattern.compile("[!*+\\-=<>\\s&|()\\[\\]{}^~?:\\\\/\"]");
    private static final Pattern NUMBER = Pattern.compile("-?\\d+(\\.\\d+)?");

    private VariableFormat() {}

    /**
     * Writes the values of a variable.
     *
     * @param format as it stands after the colon; null for none
     * @throws UserError if the format is unknown, or the values cannot be written in it without ending the text around them
     */
    static String write(String name, Chosen chosen, @Nullable String format) {
        List<String> values = chosen.values();
        boolean list = chosen.severalAllowed();
        if (format == null) {
            return list ? sqlStrings(values) : joined(values, ",", VariableFormat::escaped);
        }
        int colon = format.indexOf(':');
        String kind = colon < 0 ? format : format.substring(0, colon);
        String argument = colon < 0 ? null : format.substring(colon + 1);
        return switch (kind) {
            case "raw", "csv", "text" -> joined(values, kind.equals("text") ? " + " : ",", UnaryOperator.identity());
            case "sqlstring" -> sqlStrings(values);
            case "singlequote" -> quoted(name, values, '\'', kind);
            case "doublequote" -> quoted(name, values, '"', kind);
            case "pipe" -> joined(values, "|", UnaryOperator.identity());
            case "regex" -> {
                String escaped = joined(values, "|", VariableFormat::inRegex);
                yield values.size() > 1 ? "(" + escaped + ")" : escaped;
            }
            case "glob" -> {
                String joined = joined(values, ",", UnaryOperator.identity());
                yield values.size() > 1 ? "{" + joined + "}" : joined;
            }
            case "json" -> list ? "[" + joined(values, ",", VariableFormat::inJson) + "]" : values.get(0);
            case "percentencode" ->
                percentEncoded(list ? "{" + String.join(",", values) + "}" : String.join(",", values));
            case "queryparam" -> joined(values, "&", value -> "var-" + name + "=" + percentEncoded(value));
            case "html" -> inHtml(String.join(", ", values));
            case "distributed" -> String.join("," + name + "=", values);
            case "join" -> String.join(argument == null ? "," : argument, values);
            case "lucene" ->
                list
                        ? "(" + joined(values, " OR ", value -> '"' + inLucene(value) + '"') + ")"
                        : joined(values, ",", VariableFormat::inLucene);
            case "date" -> date(name, String.join(",", values), argument);
            default ->
                throw UserError.failed(new Problem(
                        "format of variable " + name, kind, "is unknown", "you mean sqlstring, csv, raw or regex"));
        };
    }

    /** Whether a value cannot leave the SQL literal that the format itself puts around it. */
    static boolean quotesForSql(String format) {
        return format.equals("sqlstring");
    }

    private static String sqlStrings(List<String> values) {
        // A variable without any value is an empty text, so that IN () does not become an error.
        return values.isEmpty() ? "''" : joined(values, ",", value -> "'" + escaped(value) + "'");
    }

    private static String escaped(String value) {
        return value.replace("'", "''");
    }

    /** Grafana puts a backslash before a quote inside, which ends the text for PostgreSQL: such a value is refused. */
    private static String quoted(String name, List<String> values, char quote, String format) {
        for (String value : values) {
            if (value.indexOf(quote) >= 0) {
                throw UserError.failed(new Problem(
                        "variable " + name,
                        value,
                        "holds a quote, which format " + format + " cannot write for PostgreSQL",
                        "the dashboard means ${" + name + ":sqlstring}"));
            }
        }
        return joined(values, ",", value -> quote + value + quote);
    }

    private static String joined(List<String> values, String separator, UnaryOperator<String> written) {
        return values.stream().map(written).collect(Collectors.joining(separator));
    }

    private static String inRegex(String value) {
        return OF_REGEX.matcher(value).replaceAll("\\\\$0");
    }

    private static String inLucene(String value) {
        return NUMBER.matcher(value).matches()
                ? value
                : OF_LUCENE.matcher(value).replaceAll("\\\\$0");
    }

    private static String inJson(String value) {
        return '"' + new String(JsonStringEncoder.getInstance().quoteAsString(value)) + '"';
    }

    private static String inHtml(String value) {
        return value.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }

    private static String percentEncoded(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8)
                .replace("+", "%20")
                .replace("*", "%2A")
                .replace("%7E", "~");
    }

    private static String date(String name, String epochMs, @Nullable String argument) {
        try {
            Instant instant = Instant.ofEpochMilli(Long.parseLong(epochMs));
            switch (argument == null ? "iso" : argument) {
                case "iso" -> {
                    return GrafanaSql.ISO_MILLIS.format(instant);
                }
                case "ms" -> {
                    return epochMs;
                }
                case "seconds" -> {
                    return String.valueOf(Math.round(instant.toEpochMilli() / 1000.0));
                }
                default -> {}
            }
        } catch (NumberFormatException | DateTimeException noTime) {
            throw UserError.failed(new Problem("variable " + name, epochMs, "is no time for the format date"));
        }
        throw UserError.failed(new Problem(
                "format of variable " + name, "date:" + argument, "is unknown", "you mean date:iso or date:seconds"));
    }
}
