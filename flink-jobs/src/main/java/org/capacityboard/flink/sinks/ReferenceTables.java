package org.capacityboard.flink.sinks;

import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.generic.IndexedRecord;
import org.capacityboard.flink.ingest.Ingested;
import org.capacityboard.schemas.EventCodec;
import org.capacityboard.schemas.Topic;

/**
 * Versions of reference data on their way to the tables of their topics. Columns are named as the fields of the event; of several revisions of one
 * version the highest is kept, and a revision that is there stands.
 */
final class ReferenceTables implements RowBuffer<Ingested.Reference> {
    private final Map<Topic, List<Ingested.Reference>> waiting = new EnumMap<>(Topic.class);
    private final RowCount written;
    private int size;

    ReferenceTables(RowCount written) {
        this.written = written;
    }

    @Override
    public void add(Ingested.Reference version) {
        waiting.computeIfAbsent(Topic.fromBaseName(version.origin().topic()), topic -> new ArrayList<>())
                .add(version);
        size++;
    }

    @Override
    public int size() {
        return size;
    }

    @Override
    public void write(DatabaseSession session) throws SQLException {
        for (Map.Entry<Topic, List<Ingested.Reference>> entry : waiting.entrySet()) {
            ReferenceTable table = ReferenceTable.of(entry.getKey());
            StringWriter rows = new StringWriter();
            try (ColumnJson json = new ColumnJson(rows)) {
                for (Ingested.Reference version : entry.getValue()) {
                    json.row(
                            (IndexedRecord) EventCodec.fromBody(version.body(), entry.getKey()),
                            version.origin().receivedAtMs());
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            PreparedStatement statement = session.statement(table.upsert());
            statement.setString(1, rows.toString());
            written.add(table.table(), statement.executeUpdate());
        }
    }

    @Override
    public void clear() {
        waiting.clear();
        size = 0;
    }
}
