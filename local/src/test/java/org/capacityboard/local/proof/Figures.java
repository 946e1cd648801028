package org.capacityboard.local.proof;

import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * One row of a CSV file whose values need no quotes.
 *
 * @param values value by column
 */
record Figures(Map<String, String> values) {

    /** The only row of a file in which these columns have these values, as {@code line_id=press-1}. */
    static Figures of(Path file, String... wanted) throws IOException {
        List<String> lines = Files.readAllLines(file);
        List<String> columns = List.of(lines.get(0).split(",", -1));
        List<Figures> found = new ArrayList<>();
        for (String line : lines.subList(1, lines.size())) {
            String[] cells = line.split(",", -1);
            Map<String, String> values = new HashMap<>();
            for (int i = 0; i < cells.length; i++) {
                values.put(columns.get(i), cells[i]);
            }
            Figures row = new Figures(values);
            if (List.of(wanted).stream().allMatch(row::has)) {
                found.add(row);
            }
        }
        if (found.size() != 1) {
            throw new AssertionError(file + " has " + found.size() + " rows with " + List.of(wanted));
        }
        return found.get(0);
    }

    private boolean has(String columnAndValue) {
        String[] parts = columnAndValue.split("=", 2);
        return parts[1].equals(values.get(parts[0]));
    }

    /** The value as the file has it; empty for null. */
    String text(String column) {
        String value = values.get(column);
        if (value == null) {
            throw new AssertionError("There is no column " + column);
        }
        return value;
    }

    /** The values of these columns as the file has them. */
    List<String> texts(String... columns) {
        return List.of(columns).stream().map(this::text).toList();
    }

    /** The value rounded to so many decimals, as a document prints it. */
    String printed(String column, int decimals) {
        return new BigDecimal(text(column))
                .setScale(decimals, RoundingMode.HALF_UP)
                .toPlainString();
    }

    /** Availability, effectiveness, quality ratio and OEE with six decimals. */
    List<String> ratios() {
        return List.of("availability", "effectiveness", "quality_ratio", "oee").stream()
                .map(column -> printed(column, 6))
                .toList();
    }
}
