package org.capacityboard.local.replay;

import java.io.BufferedWriter;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Every view of the schema {@code capacity} as a file: RFC 4180, UTF-8, instants in ISO 8601 UTC, nothing for null,
 * numbers as the database has them. What tells when a row was computed is left out, so that the same events give the
 * same bytes.
 */
final class CsvExport {

    private static final Set<String> LEFT_OUT = Set.of("computed_at", "watermark", "version");
    private static final int FETCH_ROWS = 10_000;

    private CsvExport() {}

    /**
     * A column of a view.
     *
     * @param name its name
     * @param isText whether it sorts as text
     */
    private record Column(String name, boolean isText) {
        String sortKey() {
            return '"' + name + '"' + (isText ? " collate \"C\"" : "");
        }
    }

    /** Writes {@code <view>.csv} for each view, and returns how many rows that made. */
    static long write(Connection connection, Path directory) throws SQLException, IOException {
        connection.setAutoCommit(false);
        long rows = 0;
        for (String view : views(connection)) {
            rows += write(connection, view, directory.resolve(view + ".csv"));
        }
        return rows;
    }

    private static List<String> views(Connection connection) throws SQLException {
        List<String> views = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(
                        "select table_name from information_schema.views where table_schema = 'capacity' order by 1")) {
            while (result.next()) {
                views.add(result.getString(1));
            }
        }
        return views;
    }

    private static List<Column> columns(Connection connection, String view) throws SQLException {
        List<Column> columns = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet result =
                        statement.executeQuery("select column_name, data_type from information_schema.columns"
                                + " where table_schema = 'capacity' and table_name = '" + view
                                + "' order by ordinal_position")) {
            while (result.next()) {
                if (!LEFT_OUT.contains(result.getString(1))) {
                    columns.add(
                            new Column(result.getString(1), result.getString(2).equals("text")));
                }
            }
        }
        return columns;
    }

    private static long write(Connection connection, String view, Path file) throws SQLException, IOException {
        List<Column> columns = columns(connection, view);
        // The keys are the first columns of every view; sorting by all of them needs no list of keys here.
        String query = "select "
                + columns.stream().map(column -> '"' + column.name() + '"').collect(Collectors.joining(", "))
                + " from capacity.\"" + view + "\" order by "
                + columns.stream().map(Column::sortKey).collect(Collectors.joining(", "));
        long rows = 0;
        try (BufferedWriter csv = Files.newBufferedWriter(file);
                Statement statement = connection.createStatement()) {
            statement.setFetchSize(FETCH_ROWS);
            csv.write(columns.stream().map(Column::name).collect(Collectors.joining(",")));
            csv.write("\r\n");
            try (ResultSet result = statement.executeQuery(query)) {
                while (result.next()) {
                    for (int i = 1; i <= columns.size(); i++) {
                        if (i > 1) {
                            csv.write(',');
                        }
                        csv.write(quoted(text(result, i)));
                    }
                    csv.write("\r\n");
                    rows++;
                }
            }
        }
        return rows;
    }

    private static String text(ResultSet result, int column) throws SQLException {
        return switch (result.getMetaData().getColumnTypeName(column)) {
            case "timestamptz" -> instant(result.getObject(column, OffsetDateTime.class));
            case "numeric" -> plain(result.getBigDecimal(column));
            case "float8", "float4" ->
                result.getObject(column) == null ? "" : plain(BigDecimal.valueOf(result.getDouble(column)));
            case "bool" -> result.getObject(column) == null ? "" : Boolean.toString(result.getBoolean(column));
            default -> result.getString(column) == null ? "" : result.getString(column);
        };
    }

    private static String instant(@Nullable OffsetDateTime time) {
        if (time == null) {
            return "";
        }
        if (time.equals(OffsetDateTime.MIN)) {
            return "-infinity";
        }
        if (time.equals(OffsetDateTime.MAX)) {
            return "infinity";
        }
        return time.withOffsetSameInstant(ZoneOffset.UTC).toInstant().toString();
    }

    private static String plain(@Nullable BigDecimal number) {
        return number == null
                ? ""
                : number.signum() == 0 ? "0" : number.stripTrailingZeros().toPlainString();
    }

    /** RFC 4180: quotes around what holds a comma, a quote or a line break. */
    static String quoted(String value) {
        boolean plain = value.chars().noneMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
        return plain ? value : '"' + value.replace("\"", "\"\"") + '"';
    }
}
