package org.capacityboard.oracle;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Rows of all tables on surge readiness, from whatever source: each value as text, empty if there is none. */
public final class SurgeRows {
    private final SortedMap<SurgeKey, List<String>> rows = new TreeMap<>();

    /** Adds a row: the values of the table's keys, then those of its columns. */
    public void add(SurgeTable table, @Nullable Object... values) {
        List<String> texts = Arrays.stream(values)
                .map(value -> value == null ? "" : value.toString())
                .toList();
        int keys = table.keys().size();
        SurgeKey key = new SurgeKey(table, texts.subList(0, keys));
        if (texts.size() != keys + table.columns().size()) {
            throw new IllegalArgumentException("Row " + key + " has " + texts.size() + " values, must be "
                    + (keys + table.columns().size()));
        }
        if (rows.put(key, texts.subList(keys, texts.size())) != null) {
            throw new IllegalStateException("There are two rows of " + key + ", must be one");
        }
    }

    public SortedMap<SurgeKey, List<String>> rows() {
        return Collections.unmodifiableSortedMap(rows);
    }

    /** A value, as text; empty if it is null. There must be such a row. */
    public String text(SurgeKey key, String column) {
        return Objects.requireNonNull(rows.get(key), () -> "no row " + key)
                .get(key.table().columns().indexOf(column));
    }

    /** Only the rows of keys that the test lets through. */
    public SurgeRows filter(Predicate<SurgeKey> test) {
        SurgeRows kept = new SurgeRows();
        rows.forEach((key, row) -> {
            if (test.test(key)) {
                kept.rows.put(key, row);
            }
        });
        return kept;
    }

    /** Reads the rows from the views of schema {@code capacity}. */
    public static SurgeRows fromDatabase(Connection connection) throws SQLException {
        SurgeRows rows = new SurgeRows();
        try (Statement statement = connection.createStatement()) {
            for (SurgeTable table : SurgeTable.values()) {
                String columns =
                        table.allColumns().map(column -> '"' + column + '"').collect(Collectors.joining(", "));
                try (ResultSet found =
                        statement.executeQuery("select " + columns + " from capacity." + table.viewName())) {
                    while (found.next()) {
                        List<String> texts = new ArrayList<>();
                        for (int i = 1; i <= found.getMetaData().getColumnCount(); i++) {
                            texts.add(LeadTimeRows.text(found, i));
                        }
                        rows.add(table, texts.toArray());
                    }
                }
            }
        }
        return rows;
    }

    /** Reads the rows from {@code <view>.csv} files in a folder. */
    public static SurgeRows fromCsv(Path folder) throws IOException {
        SurgeRows rows = new SurgeRows();
        for (SurgeTable table : SurgeTable.values()) {
            for (Map<String, String> record : CsvRecords.read(folder.resolve(table.viewName() + ".csv"))) {
                rows.add(
                        table,
                        table.allColumns()
                                .map(column -> Objects.requireNonNull(record.get(column), column))
                                .toArray());
            }
        }
        return rows;
    }
}
