package org.capacityboard.oracle;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BiPredicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Rows of all tables on orders, from whatever source: each value as the text that a file of the view holds, empty if there is none. */
public final class LeadTimeRows {
    private final SortedMap<LeadTimeKey, List<String>> rows;

    /** Rows from any map: of each key the values of the table's columns. */
    public LeadTimeRows(Map<LeadTimeKey, List<String>> rows) {
        this.rows = Collections.unmodifiableSortedMap(new TreeMap<>(rows));
    }

    public SortedMap<LeadTimeKey, List<String>> rows() {
        return rows;
    }

    /** A value, as text; empty if it is null. There must be such a row. */
    public String text(LeadTimeKey key, String column) {
        return Objects.requireNonNull(rows.get(key), () -> "no row " + key)
                .get(key.table().columns().indexOf(column));
    }

    /** A value as a number; null if there is none. There must be such a row. */
    public @Nullable Double number(LeadTimeKey key, String column) {
        String text = text(key, column);
        return text.isEmpty() ? null : Double.valueOf(text);
    }

    /** Whether only a restatement may change a row. */
    public static boolean isFinal(List<String> row) {
        return row.get(row.size() - 1).equals("true");
    }

    /** Only the rows that the test lets through. */
    public LeadTimeRows filter(BiPredicate<LeadTimeKey, List<String>> test) {
        SortedMap<LeadTimeKey, List<String>> kept = new TreeMap<>();
        rows.forEach((key, row) -> {
            if (test.test(key, row)) {
                kept.put(key, row);
            }
        });
        return new LeadTimeRows(kept);
    }

    /** These rows, and those of other keys from there. */
    public LeadTimeRows and(LeadTimeRows others) {
        SortedMap<LeadTimeKey, List<String>> all = new TreeMap<>(others.rows);
        all.putAll(rows);
        return new LeadTimeRows(all);
    }

    /** Reads the rows from the views of schema {@code capacity}. */
    public static LeadTimeRows fromDatabase(Connection connection) throws SQLException {
        SortedMap<LeadTimeKey, List<String>> rows = new TreeMap<>();
        try (Statement statement = connection.createStatement()) {
            for (LeadTimeTable table : LeadTimeTable.values()) {
                String columns = table.allColumns().collect(Collectors.joining(", "));
                try (ResultSet found =
                        statement.executeQuery("select " + columns + " from capacity." + table.viewName())) {
                    while (found.next()) {
                        List<String> texts = new ArrayList<>();
                        for (int i = 1; i <= found.getMetaData().getColumnCount(); i++) {
                            texts.add(text(found, i));
                        }
                        add(rows, table, texts);
                    }
                }
            }
        }
        return new LeadTimeRows(rows);
    }

    static String text(ResultSet found, int column) throws SQLException {
        if (found.getObject(column) == null) {
            return "";
        }
        return switch (found.getMetaData().getColumnTypeName(column)) {
            case "timestamptz" ->
                found.getObject(column, OffsetDateTime.class).toInstant().toString();
            case "bool" -> String.valueOf(found.getBoolean(column));
            default -> found.getString(column);
        };
    }

    /** Reads the rows from {@code <view>.csv} files in a folder. */
    public static LeadTimeRows fromCsv(Path folder) throws IOException {
        SortedMap<LeadTimeKey, List<String>> rows = new TreeMap<>();
        for (LeadTimeTable table : LeadTimeTable.values()) {
            for (Map<String, String> record : CsvRecords.read(folder.resolve(table.viewName() + ".csv"))) {
                add(
                        rows,
                        table,
                        table.allColumns()
                                .map(column -> Objects.requireNonNull(record.get(column), column))
                                .toList());
            }
        }
        return new LeadTimeRows(rows);
    }

    private static void add(SortedMap<LeadTimeKey, List<String>> rows, LeadTimeTable table, List<String> texts) {
        int keys = table.keys().size();
        LeadTimeKey key = new LeadTimeKey(table, texts.subList(0, keys));
        if (rows.put(key, List.copyOf(texts.subList(keys, texts.size()))) != null) {
            throw new IllegalStateException("There are two rows of " + key + ", must be one");
        }
    }
}
