package org.capacityboard.flink.sinks;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.ToIntFunction;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import org.capacityboard.flink.rows.RowStamp;
import org.capacityboard.flink.rows.StampedRow;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;

/**
 * Rows that wait for one table, the newest of each key. They travel in one statement, a column as an array; a row replaces the stored one unless
 * its stamp is older. So each row counts once however often it is written, and in whatever order.
 */
final class UpsertTable<R extends StampedRow> {
    private final String name;
    private final Function<R, RowKey> key;
    private final List<Column<R>> columns;
    private final String sql;
    private final Map<RowKey, R> waiting = new HashMap<>();

    private UpsertTable(String name, Function<R, RowKey> key, List<Column<R>> columns, String sql) {
        this.name = name;
        this.key = key;
        this.columns = columns;
        this.sql = sql;
    }

    String name() {
        return name;
    }

    void add(R row) {
        waiting.merge(key.apply(row), row, (one, other) -> one.stamp().compareTo(other.stamp()) > 0 ? one : other);
    }

    int size() {
        return waiting.size();
    }

    Iterable<R> rows() {
        return waiting.values();
    }

    void clear() {
        waiting.clear();
    }

    /** Writes what waits and says how many rows were taken. */
    int write(DatabaseSession session) throws SQLException {
        if (waiting.isEmpty()) {
            return 0;
        }
        List<R> rows = new ArrayList<>(waiting.size());
        waiting.entrySet().stream().sorted(Map.Entry.comparingByKey()).forEach(entry -> rows.add(entry.getValue()));
        PreparedStatement statement = session.statement(sql);
        PGConnection connection = statement.getConnection().unwrap(PGConnection.class);
        for (int i = 0; i < columns.size(); i++) {
            Column<R> column = columns.get(i);
            statement.setArray(
                    i + 1,
                    connection.createArrayOf(column.arrayOf(), column.values().apply(rows)));
        }
        return statement.executeUpdate();
    }

    /**
     * A column.
     *
     * @param arrayOf type as which its values travel
     * @param stored what is stored of a value, an SQL expression
     * @param values its values as an array, primitive where possible: those travel in binary
     */
    private record Column<R>(String name, String arrayOf, String stored, Function<List<R>, Object> values) {}

    /** A table, column by column. */
    static final class Shape<R extends StampedRow> {
        private final String table;
        private final List<Column<R>> columns = new ArrayList<>();

        Shape(String table) {
            this.table = table;
        }

        Shape<R> text(String column, Function<R, @Nullable String> value) {
            return add(column, "text", column, rows -> texts(rows, value));
        }

        Shape<R> count(String column, ToLongFunction<R> value) {
            return add(column, "int8", column, rows -> rows.stream()
                    .mapToLong(value)
                    .toArray());
        }

        /** A count that may be missing. */
        Shape<R> optionalCount(String column, Function<R, @Nullable Long> value) {
            return add(column, "int8", column, rows -> {
                @Nullable Long[] counts = new @Nullable Long[rows.size()];
                for (int i = 0; i < counts.length; i++) {
                    counts[i] = value.apply(rows.get(i));
                }
                return counts;
            });
        }

        Shape<R> flag(String column, Predicate<R> value) {
            return add(column, "bool", column, rows -> {
                boolean[] flags = new boolean[rows.size()];
                for (int i = 0; i < flags.length; i++) {
                    flags[i] = value.test(rows.get(i));
                }
                return flags;
            });
        }

        /** A flag that may be missing. */
        Shape<R> optionalFlag(String column, Function<R, @Nullable Boolean> value) {
            return add(column, "bool", column, rows -> {
                @Nullable Boolean[] flags = new @Nullable Boolean[rows.size()];
                for (int i = 0; i < flags.length; i++) {
                    flags[i] = value.apply(rows.get(i));
                }
                return flags;
            });
        }

        /** A day, given as an epoch day. */
        Shape<R> day(String column, ToLongFunction<R> epochDay) {
            ToIntFunction<R> day = row -> Math.toIntExact(epochDay.applyAsLong(row));
            return add(column, "int4", "date '1970-01-01' + " + column, rows -> rows.stream()
                    .mapToInt(day)
                    .toArray());
        }

        /** A number; null or not a number where there is none. */
        Shape<R> number(String column, Function<R, @Nullable Double> value) {
            return add(column, "float8", "nullif(" + column + ", 'NaN')", rows -> {
                double[] numbers = new double[rows.size()];
                for (int i = 0; i < numbers.length; i++) {
                    Double number = value.apply(rows.get(i));
                    numbers[i] = number == null ? Double.NaN : number;
                }
                return numbers;
            });
        }

        /** A list of numbers; not a number where there is none. It travels as text: a list of lists cannot be taken apart by row. */
        Shape<R> numbers(String column, Function<R, double[]> values) {
            return add(
                    column,
                    "text",
                    column + "::float8[]",
                    rows -> texts(rows, row -> list(Arrays.toString(values.apply(row)))));
        }

        /** A list of counts. */
        Shape<R> counts(String column, Function<R, long[]> values) {
            return add(
                    column,
                    "text",
                    column + "::int8[]",
                    rows -> texts(rows, row -> list(Arrays.toString(values.apply(row)))));
        }

        /** An instant, given as ms since 1970; {@code Long.MIN_VALUE} where there is none. */
        Shape<R> instant(String column, ToLongFunction<R> ms) {
            return add(column, "float8", "to_timestamp(nullif(" + column + ", 'NaN'))", rows -> rows.stream()
                    .mapToLong(ms)
                    .mapToDouble(at -> at == Long.MIN_VALUE ? Double.NaN : at / 1_000.0)
                    .toArray());
        }

        /** Ends the shape with the columns of the stamp. */
        UpsertTable<R> keyed(Function<R, RowKey> key, String conflictTarget) {
            add("generation", "int4", "generation", rows -> rows.stream()
                    .mapToInt(row -> row.stamp().generation())
                    .toArray());
            count("version", row -> row.stamp().version());
            // A row that covers nothing yet is older than any other.
            add("watermark", "float8", "to_timestamp(watermark)", rows -> rows.stream()
                    .map(StampedRow::stamp)
                    .mapToLong(RowStamp::watermarkMs)
                    .mapToDouble(at -> at == Long.MIN_VALUE ? Double.NEGATIVE_INFINITY : at / 1_000.0)
                    .toArray());
            return new UpsertTable<>(
                    table,
                    key,
                    List.copyOf(columns),
                    """
                    insert into store.%1$s as stored (%2$s)
                    select %3$s from unnest(%4$s) as given (%2$s)
                    on conflict (%5$s) do update set %6$s, computed_at = excluded.computed_at
                    where (excluded.generation, excluded.version, excluded.watermark)
                        >= (stored.generation, stored.version, stored.watermark)
                    """
                            .formatted(
                                    table,
                                    joined(Column::name),
                                    joined(Column::stored),
                                    joined(column -> "?::" + column.arrayOf() + "[]"),
                                    conflictTarget,
                                    joined(column -> column.name() + " = excluded." + column.name())));
        }

        private static <R> @Nullable String[] texts(List<R> rows, Function<R, @Nullable String> value) {
            @Nullable String[] texts = new @Nullable String[rows.size()];
            for (int i = 0; i < texts.length; i++) {
                String text = value.apply(rows.get(i));
                texts[i] = text == null ? null : StorableText.of(text);
            }
            return texts;
        }

        /** From {@code [1, 2]} as Java writes it to {@code {1, 2}} as PostgreSQL does. */
        private static String list(String values) {
            return '{' + values.substring(1, values.length() - 1) + '}';
        }

        private String joined(Function<Column<R>, String> words) {
            return columns.stream().map(words).collect(Collectors.joining(", "));
        }

        private Shape<R> add(String column, String arrayOf, String stored, Function<List<R>, Object> values) {
            columns.add(new Column<>(column, arrayOf, stored, values));
            return this;
        }
    }
}
