package org.capacityboard.local.whatif;

import java.util.ArrayList;
import java.util.List;

/** A table for people: numbers at the right of their column, words at the left and broken where they are long. */
final class Grid {
    private static final String GAP = "  ";

    /**
     * A column.
     *
     * @param name its head
     * @param numbers whether it stands at the right
     * @param widest characters after which words go on below
     */
    record Column(String name, boolean numbers, int widest) {}

    private final List<Column> columns;
    private final List<List<List<String>>> rows = new ArrayList<>();

    Grid(List<Column> columns) {
        this.columns = List.copyOf(columns);
        List<List<String>> head = new ArrayList<>();
        for (Column column : columns) {
            head.add(wrapped(column.name(), column.widest()));
        }
        rows.add(head);
    }

    /** Adds a row, a text a column; a line feed within one begins a new line. */
    void row(String... cells) {
        List<List<String>> row = new ArrayList<>();
        for (int i = 0; i < columns.size(); i++) {
            int widest = columns.get(i).widest();
            row.add(cells[i].lines()
                    .flatMap(line -> wrapped(line, widest).stream())
                    .toList());
        }
        rows.add(row);
    }

    /** Broken between words, so that no line is longer unless a word is. */
    static List<String> wrapped(String text, int widest) {
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder();
        for (String word : text.split(" ")) {
            if (!line.isEmpty() && line.length() + 1 + word.length() > widest) {
                lines.add(line.toString());
                line.setLength(0);
            }
            line.append(line.isEmpty() ? "" : " ").append(word);
        }
        lines.add(line.toString());
        return lines;
    }

    List<String> lines() {
        int[] widths = new int[columns.size()];
        for (List<List<String>> row : rows) {
            for (int i = 0; i < widths.length; i++) {
                for (String line : row.get(i)) {
                    widths[i] = Math.max(widths[i], line.length());
                }
            }
        }
        List<String> lines = new ArrayList<>();
        boolean roomy = rows.stream().skip(1).anyMatch(row -> height(row) > 1);
        for (int i = 0; i < rows.size(); i++) {
            if (roomy && i > 1) {
                lines.add("");
            }
            draw(rows.get(i), widths, lines);
            if (i == 0) {
                lines.add(rule(widths));
            }
        }
        return lines;
    }

    private static int height(List<List<String>> row) {
        return row.stream().mapToInt(List::size).max().orElse(0);
    }

    private void draw(List<List<String>> row, int[] widths, List<String> lines) {
        for (int at = 0; at < height(row); at++) {
            StringBuilder line = new StringBuilder();
            for (int i = 0; i < widths.length; i++) {
                String text = at < row.get(i).size() ? row.get(i).get(at) : "";
                String room = " ".repeat(widths[i] - text.length());
                line.append(columns.get(i).numbers() ? room + text : text + room)
                        .append(GAP);
            }
            lines.add(line.toString().stripTrailing());
        }
    }

    private static String rule(int[] widths) {
        StringBuilder rule = new StringBuilder();
        for (int width : widths) {
            rule.append("-".repeat(width)).append(GAP);
        }
        return rule.toString().stripTrailing();
    }
}
