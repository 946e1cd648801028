package org.capacityboard.flink.sinks;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.capacityboard.flink.rows.StampedRow;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;

/**
 * Rows that wait for one table, the newest of each key. They travel in one statement; a row replaces the stored one unless its stamp is older. So each row
 * counts once however often it is written, and in whatever order.
 *
 * <p>Texts, and what may be missing, travel as an array for each column. All other values travel in two arrays, whole numbers in one and broken ones in the
 * other, row after row: the database finds a value in them by its place, where every further array would cost it two copies of each value.
 */
final class UpsertTable<R extends StampedRow> {
    private final String name;
    private final Function<R, RowKey> key;
    private final List<ArrayColumn<R>> arrays;
    private final List<ToLongFunction<R>> wholes;
    private final List<ToDoubleFunction<R>> broken;
    private final String sql;
    private final Map<RowKey, R> waiting = new HashMap<>();

    private UpsertTable(Shape<R> shape, Function<R, RowKey> key, String sql) {
        this.name = shape.table;
        this.key = key;
        this.arrays = List.copyOf(shape.arrays);
        this.wholes = List.copyOf(shape.wholes);
        this.broken = List.copyOf(shape.broken);
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
        setArray(
                statement,
                connection,
                1,
                "int4",
                IntStream.range(0, rows.size()).toArray());
        int parameter = 2;
        for (ArrayColumn<R> column : arrays) {
            setArray(
                    statement,
                    connection,
                    parameter++,
                    column.arrayOf(),
                    column.values().apply(rows));
        }
        setArray(statement, connection, parameter++, "int8", wholes(rows));
        setArray(statement, connection, parameter, "float8", broken(rows));
        return statement.executeUpdate();
    }

    private static void setArray(
            PreparedStatement statement, PGConnection connection, int parameter, String arrayOf, Object values)
            throws SQLException {
        statement.setArray(parameter, connection.createArrayOf(arrayOf, values));
    }

    private long[] wholes(List<R> rows) {
        long[] values = new long[rows.size() * wholes.size()];
        int at = 0;
        for (R row : rows) {
            for (ToLongFunction<R> column : wholes) {
                values[at++] = column.applyAsLong(row);
            }
        }
        return values;
    }

    private double[] broken(List<R> rows) {
        double[] values = new double[rows.size() * broken.size()];
        int at = 0;
        for (R row : rows) {
            for (ToDoubleFunction<R> column : broken) {
                values[at++] = column.applyAsDouble(row);
            }
        }
        return values;
    }

    /** What an array of a column's own is made of. */
    private record ArrayColumn<R>(String name, String arrayOf, Function<List<R>, Object> values) {}

    /** Where a value is found. */
    private enum Source {
        ARRAY,
        WHOLES,
        BROKEN
    }

    /**
     * A column.
     *
     * @param number which one of its source, from 0
     * @param stored what is stored of a value, an SQL expression with a place for it
     */
    private record Column(String name, Source source, int number, String stored) {}

    /** A table, column by column. */
    static final class Shape<R extends StampedRow> {
        private final String table;
        private final List<Column> columns = new ArrayList<>();
        private final List<ArrayColumn<R>> arrays = new ArrayList<>();
        private final List<ToLongFunction<R>> wholes = new ArrayList<>();
        private final List<ToDoubleFunction<R>> broken = new ArrayList<>();

        Shape(String table) {
            this.table = table;
        }

        Shape<R> text(String column, Function<R, @Nullable String> value) {
            return texts(column, "%s", value);
        }

        Shape<R> count(String column, ToLongFunction<R> value) {
            return whole(column, "%s", value);
        }

        /** A count that may be missing. */
        Shape<R> optionalCount(String column, Function<R, @Nullable Long> value) {
            return array(column, "int8", "%s", value, Long[]::new);
        }

        Shape<R> flag(String column, Predicate<R> value) {
            return whole(column, "%s = 1", row -> value.test(row) ? 1 : 0);
        }

        /** A flag that may be missing. */
        Shape<R> optionalFlag(String column, Function<R, @Nullable Boolean> value) {
            return array(column, "bool", "%s", value, Boolean[]::new);
        }

        /** A day, given as an epoch day. */
        Shape<R> day(String column, ToLongFunction<R> epochDay) {
            return whole(column, "date '1970-01-01' + %s::int4", epochDay);
        }

        /** A number; null or not a number where there is none. */
        Shape<R> number(String column, Function<R, @Nullable Double> value) {
            return broken(column, "nullif(%s, 'NaN')", row -> {
                Double number = value.apply(row);
                return number == null ? Double.NaN : number;
            });
        }

        /** A list of numbers; not a number where there is none. It travels as text: a list of lists cannot be taken apart by row. */
        Shape<R> numbers(String column, Function<R, double[]> values) {
            return texts(column, "%s::float8[]", row -> list(Arrays.toString(values.apply(row))));
        }

        /** A list of counts. */
        Shape<R> counts(String column, Function<R, long[]> values) {
            return texts(column, "%s::int8[]", row -> list(Arrays.toString(values.apply(row))));
        }

        /** An instant, given as ms since 1970; {@code Long.MIN_VALUE} where there is none. */
        Shape<R> instant(String column, ToLongFunction<R> ms) {
            return instant(column, Double.NaN, "to_timestamp(nullif(%s, 'NaN'))", ms);
        }

        private Shape<R> instant(String column, double never, String stored, ToLongFunction<R> ms) {
            return broken(column, stored, row -> {
                long at = ms.applyAsLong(row);
                return at == Long.MIN_VALUE ? never : at / 1_000.0;
            });
        }

        /** Ends the shape with the columns of the stamp. */
        UpsertTable<R> keyed(Function<R, RowKey> key, String conflictTarget) {
            whole("generation", "%s::int4", row -> row.stamp().generation());
            count("version", row -> row.stamp().version());
            // A row that covers nothing yet is older than any other.
            instant("watermark", Double.NEGATIVE_INFINITY, "to_timestamp(%s)", row -> row.stamp()
                    .watermarkMs());
            return new UpsertTable<>(
                    this,
                    key,
                    """
                    insert into store.%1$s as stored (%2$s)
                    select %3$s
                    from unnest(?::int4[]%4$s) as given (place%5$s), (select ?::int8[] as wholes, ?::float8[] as broken) as packed
                    on conflict (%6$s) do update set %7$s, computed_at = excluded.computed_at
                    where (excluded.generation, excluded.version, excluded.watermark)
                        >= (stored.generation, stored.version, stored.watermark)
                    """
                            .formatted(
                                    table,
                                    joined(columns, ", ", Column::name),
                                    joined(columns, ", ", this::stored),
                                    joined(arrays, "", column -> ", ?::" + column.arrayOf() + "[]"),
                                    joined(arrays, "", column -> ", " + column.name()),
                                    conflictTarget,
                                    joined(columns, ", ", column -> column.name() + " = excluded." + column.name())));
        }

        private String stored(Column column) {
            String value =
                    switch (column.source) {
                        case ARRAY -> "given." + column.name;
                        case WHOLES -> placed("wholes", wholes.size(), column.number);
                        case BROKEN -> placed("broken", broken.size(), column.number);
                    };
            return column.stored.formatted(value);
        }

        private static String placed(String array, int columns, int number) {
            return "packed." + array + "[given.place * " + columns + " + " + (number + 1) + "]";
        }

        /** From {@code [1, 2]} as Java writes it to {@code {1, 2}} as PostgreSQL does. */
        private static String list(String values) {
            return '{' + values.substring(1, values.length() - 1) + '}';
        }

        private static <T> String joined(List<T> parts, String between, Function<T, String> words) {
            return parts.stream().map(words).collect(Collectors.joining(between));
        }

        private Shape<R> texts(String column, String stored, Function<R, @Nullable String> value) {
            Function<R, @Nullable String> storable = row -> {
                String text = value.apply(row);
                return text == null ? null : StorableText.of(text);
            };
            return array(column, "text", stored, storable, String[]::new);
        }

        private <V> Shape<R> array(
                String column,
                String arrayOf,
                String stored,
                Function<R, @Nullable V> value,
                IntFunction<@Nullable V[]> room) {
            columns.add(new Column(column, Source.ARRAY, arrays.size(), stored));
            arrays.add(new ArrayColumn<>(
                    column, arrayOf, rows -> rows.stream().map(value).toArray(room)));
            return this;
        }

        private Shape<R> whole(String column, String stored, ToLongFunction<R> value) {
            columns.add(new Column(column, Source.WHOLES, wholes.size(), stored));
            wholes.add(value);
            return this;
        }

        private Shape<R> broken(String column, String stored, ToDoubleFunction<R> value) {
            columns.add(new Column(column, Source.BROKEN, broken.size(), stored));
            broken.add(value);
            return this;
        }
    }
}
