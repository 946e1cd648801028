package org.capacityboard.flink.sinks;

import java.sql.Array;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import org.capacityboard.flink.ingest.Origin;
import org.capacityboard.flink.ingest.Rejection;
import org.postgresql.PGConnection;

/** Refused records on their way to {@code rejected_event}. */
final class RejectionTable implements RowBuffer<Rejection> {
    static final String NAME = "rejected_event";
    private static final String INSERT =
            """
            insert into store.rejected_event
                (topic, record_partition, record_offset, reason_code, reason, event_time, received_at, payload)
            select topic, record_partition, record_offset, reason_code, reason,
                to_timestamp(nullif(event_time, 'NaN')), to_timestamp(nullif(received_at, 'NaN')), payload
            from unnest(?::text[], ?::int8[], ?::int8[], ?::text[], ?::text[], ?::float8[], ?::float8[], ?::text[])
                as given (topic, record_partition, record_offset, reason_code, reason, event_time, received_at, payload)
            on conflict do nothing
            """;

    private final Map<Origin, Rejection> waiting = new TreeMap<>(
            Comparator.comparing(Origin::topic).thenComparing(Origin::partition).thenComparing(Origin::offset));
    private final RowCount written;

    RejectionTable(RowCount written) {
        this.written = written;
    }

    @Override
    public void add(Rejection rejection) {
        waiting.putIfAbsent(rejection.origin(), rejection);
    }

    @Override
    public int size() {
        return waiting.size();
    }

    @Override
    public void write(DatabaseSession session) throws SQLException {
        PreparedStatement insert = session.statement(INSERT);
        insert.setArray(1, texts(insert, rejection -> rejection.origin().topic()));
        insert.setArray(2, counts(insert, rejection -> rejection.origin().partition()));
        insert.setArray(3, counts(insert, rejection -> rejection.origin().offset()));
        insert.setArray(4, texts(insert, rejection -> rejection.code().name()));
        insert.setArray(5, texts(insert, Rejection::reason));
        insert.setArray(6, instants(insert, Rejection::eventTimeMs));
        insert.setArray(7, instants(insert, rejection -> rejection.origin().receivedAtMs()));
        insert.setArray(8, texts(insert, Rejection::payload));
        written.add(NAME, insert.executeUpdate());
    }

    @Override
    public void clear() {
        waiting.clear();
    }

    private Array texts(PreparedStatement statement, Function<Rejection, String> value) throws SQLException {
        return array(
                statement,
                "text",
                waiting.values().stream().map(value).map(StorableText::of).toArray(String[]::new));
    }

    private Array counts(PreparedStatement statement, ToLongFunction<Rejection> value) throws SQLException {
        return array(
                statement, "int8", waiting.values().stream().mapToLong(value).toArray());
    }

    private Array instants(PreparedStatement statement, ToLongFunction<Rejection> ms) throws SQLException {
        return array(
                statement,
                "float8",
                waiting.values().stream()
                        .mapToLong(ms)
                        .mapToDouble(at -> at == Long.MIN_VALUE ? Double.NaN : at / 1_000.0)
                        .toArray());
    }

    private static Array array(PreparedStatement statement, String arrayOf, Object values) throws SQLException {
        return statement.getConnection().unwrap(PGConnection.class).createArrayOf(arrayOf, values);
    }
}
