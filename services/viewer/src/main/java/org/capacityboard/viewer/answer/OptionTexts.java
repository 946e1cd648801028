package org.capacityboard.viewer.answer;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.capacityboard.process.errors.Problem;
import org.capacityboard.process.errors.UserError;
import org.capacityboard.viewer.query.Rows;
import org.jspecify.annotations.Nullable;

/** Options of variables, by Grafana's rules: from rows of a query, or from a list in the file. */
final class OptionTexts {
    private static final Pattern LISTED = Pattern.compile("(?:\\\\,|[^,])+");
    private static final Pattern TEXT_AND_VALUE = Pattern.compile("\\s*(.+)\\s:\\s(.+)");
    private static final Pattern SLASHED = Pattern.compile("/(.*)/([a-z]*)", Pattern.DOTALL);
    private static final Pattern FIRST_NUMBER = Pattern.compile("\\d+");

    private OptionTexts() {}

    /** Values separated by commas, a comma inside a value escaped, {@code text : value} where they differ. */
    static List<Option> listed(String list) {
        List<Option> options = new ArrayList<>();
        Matcher entry = LISTED.matcher(list);
        while (entry.find()) {
            String text = entry.group().replace("\\,", ",").strip();
            Matcher both = TEXT_AND_VALUE.matcher(text);
            options.add(
                    both.matches()
                            ? new Option(both.group(1).strip(), both.group(2).strip())
                            : new Option(text, text));
        }
        return options;
    }

    /**
     * The columns {@code __text} and {@code __value} of the rows, or else every value of every column.
     *
     * @param regex which of them and which part; empty for all
     * @param sort Grafana's number of an order; 0 as they come
     */
    static List<Option> ofRows(Rows rows, String regex, int sort) {
        int text = rows.indexOf("__text");
        int value = rows.indexOf("__value");
        List<Option> options = new ArrayList<>();
        if (text >= 0 || value >= 0) {
            for (List<@Nullable Object> row : rows.rows()) {
                Object shown = text < 0 ? row.get(value) : row.get(text);
                Object meant = value < 0 ? row.get(text) : row.get(value);
                if (shown != null || meant != null) {
                    options.add(new Option(
                            String.valueOf(shown == null ? meant : shown),
                            String.valueOf(meant == null ? shown : meant)));
                }
            }
        } else {
            for (int column = 0; column < rows.columns().size(); column++) {
                for (List<@Nullable Object> row : rows.rows()) {
                    Object each = row.get(column);
                    if (each != null) {
                        options.add(new Option(each.toString(), each.toString()));
                    }
                }
            }
        }
        Map<String, Option> distinct = new LinkedHashMap<>();
        for (Option option : matching(options, regex)) {
            distinct.putIfAbsent(option.value(), option);
        }
        List<Option> sorted = new ArrayList<>(distinct.values());
        sort(sorted, sort);
        return sorted;
    }

    private static List<Option> matching(List<Option> options, String regex) {
        if (regex.isBlank()) {
            return options;
        }
        Matcher slashed = SLASHED.matcher(regex.strip());
        Pattern pattern;
        try {
            pattern = slashed.matches()
                    ? Pattern.compile(slashed.group(1), slashed.group(2).contains("i") ? Pattern.CASE_INSENSITIVE : 0)
                    : Pattern.compile("^" + regex.strip() + "$");
        } catch (PatternSyntaxException wrong) {
            throw UserError.failed(new Problem("regex", regex, "is none"));
        }
        List<Option> matching = new ArrayList<>();
        for (Option option : options) {
            Matcher found = pattern.matcher(option.value());
            if (found.find()) {
                matching.add(part(option, found, regex));
            }
        }
        return matching;
    }

    private static Option part(Option option, Matcher found, String regex) {
        boolean named = regex.contains("(?<value>") || regex.contains("(?<text>");
        if (named) {
            String value = regex.contains("(?<value>") ? found.group("value") : null;
            String text = regex.contains("(?<text>") ? found.group("text") : null;
            String either = value == null ? text : value;
            return either == null ? option : new Option(text == null ? either : text, either);
        }
        String first = found.groupCount() > 0 ? found.group(1) : null;
        return first == null ? option : new Option(first, first);
    }

    private static void sort(List<Option> options, int sort) {
        Comparator<Option> order =
                switch ((sort + 1) / 2) {
                    case 1 -> Comparator.comparing(Option::text);
                    case 2 -> Comparator.comparingLong(OptionTexts::number);
                    case 3, 4 -> Comparator.comparing(option -> option.text().toLowerCase(Locale.ROOT));
                    default -> null;
                };
        if (order != null) {
            options.sort(order);
            if (sort % 2 == 0) {
                Collections.reverse(options);
            }
        }
    }

    private static long number(Option option) {
        Matcher number = FIRST_NUMBER.matcher(option.text());
        return number.find() && number.group().length() < 18 ? Long.parseLong(number.group()) : -1;
    }
}
