package org.capacityboard.flink.operators;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.streaming.api.operators.Output;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.capacityboard.domain.surge.ConstraintRow;
import org.capacityboard.domain.surge.CoverRow;
import org.capacityboard.domain.surge.CriticalityRow;
import org.capacityboard.domain.surge.LadderRow;
import org.capacityboard.domain.surge.ReadinessRow;
import org.capacityboard.domain.surge.SurgeReadiness;
import org.capacityboard.domain.surge.SurgeSnapshot;
import org.capacityboard.flink.rows.RowStamp;
import org.capacityboard.flink.rows.SurgeRow;
import org.capacityboard.flink.rows.SurgeSnapshotJson;
import org.jspecify.annotations.Nullable;

/**
 * Turns what was computed into rows: only those that changed since the date's last ones, or all of them and the word that they are all, where a date begins or
 * closes, after a start, and where a row is no longer computed. With them goes the snapshot that they came from, if it is another one than before.
 */
final class SurgeEmitter {
    private final Output<StreamRecord<SurgeRow>> output;
    private final SurgeBook book;

    private long asOf = Long.MIN_VALUE;
    private Map<List<Object>, Object> written = Map.of();
    private @Nullable SurgeSnapshot known;

    SurgeEmitter(Output<StreamRecord<SurgeRow>> output, SurgeBook book) {
        this.output = output;
        this.book = book;
    }

    /**
     * Writes it.
     *
     * @param snapshot what it was computed from
     * @param knownMs instant of which lead times of materials are taken
     */
    void write(SurgeSnapshot snapshot, SurgeReadiness computed, long knownMs, boolean isFinal, RowStamp stamp) {
        Map<List<Object>, Object> rows = rows(computed);
        boolean isWhole =
                isFinal || computed.asOfEpochDay() != asOf || !rows.keySet().containsAll(written.keySet());
        Map<List<Object>, Object> before = isWhole ? Map.of() : written;
        asOf = computed.asOfEpochDay();
        written = rows;
        for (ReadinessRow row : computed.readiness()) {
            if (!row.equals(before.get(key(row)))) {
                emit(new SurgeRow.Readiness(asOf, row, isFinal, stamp));
            }
        }
        for (LadderRow row : computed.ladder()) {
            if (!row.equals(before.get(key(row)))) {
                emit(new SurgeRow.Ladder(asOf, row, isFinal, stamp));
            }
        }
        for (ConstraintRow row : computed.constraints()) {
            if (!row.equals(before.get(key(row)))) {
                emit(new SurgeRow.Constraint(asOf, row, isFinal, stamp));
            }
        }
        for (CoverRow row : computed.covers()) {
            if (!row.equals(before.get(key(row)))) {
                emit(new SurgeRow.Cover(asOf, row, book.leadTimeDays(row.materialId(), knownMs), isFinal, stamp));
            }
        }
        for (CriticalityRow row : computed.criticalities()) {
            if (!row.equals(before.get(key(row)))) {
                emit(new SurgeRow.Criticality(asOf, row, isFinal, stamp));
            }
        }
        if (isWhole || !snapshot.equals(known)) {
            known = snapshot;
            emit(new SurgeRow.Snapshot(asOf, SurgeSnapshotJson.encode(snapshot), isFinal, stamp));
        }
        if (isWhole) {
            emit(new SurgeRow.Whole(asOf, isFinal, stamp));
        }
    }

    private static Map<List<Object>, Object> rows(SurgeReadiness computed) {
        Map<List<Object>, Object> rows = new HashMap<>();
        computed.readiness().forEach(row -> rows.put(key(row), row));
        computed.ladder().forEach(row -> rows.put(key(row), row));
        computed.constraints().forEach(row -> rows.put(key(row), row));
        computed.covers().forEach(row -> rows.put(key(row), row));
        computed.criticalities().forEach(row -> rows.put(key(row), row));
        return rows;
    }

    private static List<Object> key(ReadinessRow row) {
        return List.of(row.productId(), row.posture(), row.evidence());
    }

    private static List<Object> key(LadderRow row) {
        return List.of(row.productId(), row.posture(), row.evidence(), row.step());
    }

    private static List<Object> key(ConstraintRow row) {
        return List.of(row.lineId(), row.posture(), row.constraint());
    }

    private static List<Object> key(CoverRow row) {
        return List.of("cover", row.plantId(), row.materialId(), row.posture());
    }

    private static List<Object> key(CriticalityRow row) {
        return List.of("criticality", row.supplierParent(), row.productId(), row.posture());
    }

    private void emit(SurgeRow row) {
        output.collect(new StreamRecord<>(row));
    }
}
