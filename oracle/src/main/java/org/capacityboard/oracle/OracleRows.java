package org.capacityboard.oracle;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BiPredicate;

/** Rows of all tables the oracle knows, from whatever source; rows that are all zero are left out. */
public final class OracleRows {
    private final SortedMap<OracleKey, OracleRow> rows;

    /** Rows from any map, such as what a sink was given last for each key. */
    public OracleRows(Map<OracleKey, OracleRow> rows) {
        SortedMap<OracleKey, OracleRow> kept = new TreeMap<>(rows);
        kept.values().removeIf(OracleRow::isZero);
        this.rows = Collections.unmodifiableSortedMap(kept);
    }

    public SortedMap<OracleKey, OracleRow> rows() {
        return rows;
    }

    /** The row of a key; all zero if there is none. */
    public OracleRow row(OracleKey key) {
        return rows.getOrDefault(key, OracleRow.zero(key.table()));
    }

    /** Only the rows that the test lets through. */
    public OracleRows filter(BiPredicate<OracleKey, OracleRow> test) {
        SortedMap<OracleKey, OracleRow> kept = new TreeMap<>();
        rows.forEach((key, row) -> {
            if (test.test(key, row)) {
                kept.put(key, row);
            }
        });
        return new OracleRows(kept);
    }

    /** Reads the rows from the views of schema {@code capacity}. */
    public static OracleRows fromDatabase(Connection connection) throws SQLException {
        Map<OracleKey, OracleRow> rows = new TreeMap<>();
        try (Statement statement = connection.createStatement()) {
            for (OracleTable table : OracleTable.values()) {
                try (ResultSet found = statement.executeQuery(select(table))) {
                    add(rows, table, found);
                }
            }
        }
        return new OracleRows(rows);
    }

    /** Reads the rows of some lines from the views of schema {@code capacity}. */
    public static OracleRows fromDatabase(Connection connection, Collection<String> lineIds) throws SQLException {
        Map<OracleKey, OracleRow> rows = new TreeMap<>();
        for (OracleTable table : OracleTable.values()) {
            try (PreparedStatement query = connection.prepareStatement(select(table) + " WHERE line_id = ANY(?)")) {
                query.setArray(1, connection.createArrayOf("text", lineIds.toArray()));
                try (ResultSet found = query.executeQuery()) {
                    add(rows, table, found);
                }
            }
        }
        return new OracleRows(rows);
    }

    private static String select(OracleTable table) {
        return "SELECT * FROM capacity." + table.viewName();
    }

    private static void add(Map<OracleKey, OracleRow> rows, OracleTable table, ResultSet found) throws SQLException {
        while (found.next()) {
            add(rows, table, column -> column(found, column));
        }
    }

    private static String column(ResultSet found, String column) throws SQLException {
        return switch (column) {
            case "window_start" ->
                found.getObject(column, OffsetDateTime.class).toInstant().toString();
            case "production_day" -> found.getObject(column, LocalDate.class).toString();
            case "final" -> String.valueOf(found.getBoolean(column));
            default -> found.getString(column);
        };
    }

    /** Reads the rows from {@code <view>.csv} files in a folder. */
    public static OracleRows fromCsv(Path folder) throws IOException {
        Map<OracleKey, OracleRow> rows = new TreeMap<>();
        for (OracleTable table : OracleTable.values()) {
            for (Map<String, String> record : CsvRecords.read(folder.resolve(table.viewName() + ".csv"))) {
                add(rows, table, column -> Objects.requireNonNull(record.get(column), column));
            }
        }
        return new OracleRows(rows);
    }

    /** The text of a column of the row at hand. */
    private interface Columns<E extends Exception> {
        String text(String column) throws E;
    }

    private static <E extends Exception> void add(Map<OracleKey, OracleRow> rows, OracleTable table, Columns<E> columns)
            throws E {
        String lineId = columns.text("line_id");
        String window = columns.text(table.windowColumn());
        OracleKey key =
                switch (table) {
                    case LINE_PRODUCT_MINUTE ->
                        OracleKey.minute(lineId, columns.text("product_id"), Instant.parse(window));
                    case LINE_PRODUCT_HOUR -> OracleKey.hour(lineId, columns.text("product_id"), Instant.parse(window));
                    case LINE_PRODUCT_DAY ->
                        OracleKey.day(
                                lineId, columns.text("product_id"), LocalDate.parse(window), columns.text("iso_week"));
                    case LINE_LOSS_DAY ->
                        OracleKey.loss(
                                lineId, LocalDate.parse(window), columns.text("category"), columns.text("reason_code"));
                };
        List<Long> values = new ArrayList<>();
        if (table == OracleTable.LINE_LOSS_DAY) {
            BigDecimal seconds = new BigDecimal(columns.text("seconds"));
            values.add(seconds.movePointRight(3).longValueExact());
        } else {
            for (String column : table.columns()) {
                values.add(Long.valueOf(columns.text(column)));
            }
        }
        boolean isFinal = Boolean.parseBoolean(columns.text("final"));
        if (rows.put(key, new OracleRow(values, isFinal)) != null) {
            throw new IllegalStateException("There are two rows of " + key + ", must be one");
        }
    }
}
