package org.capacityboard.viewer.query;

import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Types;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Turns a result of PostgreSQL into columns and rows. */
final class ResultReader {
    /** How a column's value is taken. */
    private enum Source {
        WHOLE_NUMBER,
        NUMBER,
        /** Seconds, milliseconds or nanoseconds of the epoch in a column that is called time. */
        EPOCH,
        INSTANT,
        LOCAL_TIME,
        DATE,
        BOOLEAN,
        TEXT
    }

    private static final String TIME_COLUMN = "time";

    private final ResultSet result;
    private final List<Column> columns = new ArrayList<>();
    private final List<Source> sources = new ArrayList<>();

    private ResultReader(ResultSet result) throws SQLException {
        this.result = result;
        ResultSetMetaData meta = result.getMetaData();
        for (int i = 1; i <= meta.getColumnCount(); i++) {
            Source source = source(meta, i);
            columns.add(new Column(meta.getColumnLabel(i), type(source)));
            sources.add(source);
        }
    }

    /** Takes rows up to the limit; the statement is to return one more, which tells that there are more. */
    static Rows read(ResultSet result, int rowLimit) throws SQLException {
        ResultReader reader = new ResultReader(result);
        List<List<@Nullable Object>> rows = new ArrayList<>();
        while (result.next()) {
            if (rows.size() == rowLimit) {
                return new Rows(reader.columns, rows, true);
            }
            rows.add(reader.row());
        }
        return new Rows(reader.columns, rows, false);
    }

    private static Source source(ResultSetMetaData meta, int column) throws SQLException {
        boolean time = meta.getColumnLabel(column).equals(TIME_COLUMN);
        return switch (meta.getColumnType(column)) {
            case Types.SMALLINT, Types.INTEGER, Types.BIGINT -> time ? Source.EPOCH : Source.WHOLE_NUMBER;
            case Types.NUMERIC, Types.DECIMAL, Types.REAL, Types.FLOAT, Types.DOUBLE ->
                time ? Source.EPOCH : Source.NUMBER;
            case Types.TIMESTAMP_WITH_TIMEZONE -> Source.INSTANT;
            case Types.TIMESTAMP ->
                meta.getColumnTypeName(column).equals("timestamptz") ? Source.INSTANT : Source.LOCAL_TIME;
            case Types.DATE -> Source.DATE;
            case Types.BIT, Types.BOOLEAN ->
                meta.getColumnTypeName(column).equals("bool") ? Source.BOOLEAN : Source.TEXT;
            default -> Source.TEXT;
        };
    }

    private static ColumnType type(Source source) {
        return switch (source) {
            case WHOLE_NUMBER, NUMBER -> ColumnType.NUMBER;
            case EPOCH, INSTANT, LOCAL_TIME, DATE -> ColumnType.TIME;
            case BOOLEAN -> ColumnType.BOOLEAN;
            case TEXT -> ColumnType.STRING;
        };
    }

    private List<@Nullable Object> row() throws SQLException {
        @Nullable Object[] values = new @Nullable Object[columns.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = value(sources.get(i), i + 1);
        }
        return Collections.unmodifiableList(Arrays.asList(values));
    }

    private @Nullable Object value(Source source, int column) throws SQLException {
        if (result.getObject(column) == null) {
            return null;
        }
        return switch (source) {
            case WHOLE_NUMBER -> result.getLong(column);
            case NUMBER -> finite(result.getDouble(column));
            case EPOCH -> epochMs(result.getDouble(column));
            case INSTANT -> instantMs(result.getObject(column, OffsetDateTime.class));
            case LOCAL_TIME -> instantMs(localTime(column));
            case DATE -> dateMs(result.getObject(column, LocalDate.class));
            case BOOLEAN -> result.getBoolean(column);
            case TEXT -> result.getString(column);
        };
    }

    /** JSON knows neither infinity nor what is no number. */
    private static @Nullable Double finite(double value) {
        return Double.isFinite(value) ? value : null;
    }

    /** Seconds and nanoseconds are told by their magnitude, as Grafana does. */
    private static @Nullable Long epochMs(double value) {
        if (!Double.isFinite(value)) {
            return null;
        }
        double magnitude = Math.abs(value);
        if (magnitude >= 1e9 && magnitude < 1e10) {
            return (long) (value * 1e3);
        }
        return (long) (magnitude >= 1e18 && magnitude < 1e19 ? value / 1e6 : value);
    }

    private @Nullable OffsetDateTime localTime(int column) throws SQLException {
        LocalDateTime time = result.getObject(column, LocalDateTime.class);
        return time == null ? null : time.atOffset(ZoneOffset.UTC);
    }

    /** Infinity has no place on a clock. */
    private static @Nullable Long instantMs(@Nullable OffsetDateTime time) {
        try {
            return time == null || Math.abs(time.getYear()) > 300_000
                    ? null
                    : time.toInstant().toEpochMilli();
        } catch (ArithmeticException | DateTimeException outOfRange) {
            return null;
        }
    }

    private static @Nullable Long dateMs(@Nullable LocalDate date) {
        return date == null || Math.abs(date.getYear()) > 300_000
                ? null
                : date.atStartOfDay(ZoneOffset.UTC).toInstant().toEpochMilli();
    }
}
