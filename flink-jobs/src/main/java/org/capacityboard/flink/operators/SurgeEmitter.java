package org.capacityboard.flink.operators;

import java.util.List;
import java.util.function.BiPredicate;
import java.util.function.Function;
import org.apache.flink.streaming.api.operators.Output;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.capacityboard.domain.surge.SurgeReadiness;
import org.capacityboard.domain.surge.SurgeSnapshot;
import org.capacityboard.flink.rows.RowStamp;
import org.capacityboard.flink.rows.SurgeRow;
import org.capacityboard.flink.rows.SurgeSnapshotJson;
import org.jspecify.annotations.Nullable;

/**
 * Turns what was computed into rows: only those that changed since the date's last ones, or all of them and the word that they are all, where a date begins or
 * closes, after a start, and where other rows are computed than before. With them goes the snapshot that they came from, if it is another one than before.
 */
final class SurgeEmitter {
    private final Output<StreamRecord<SurgeRow>> output;
    private final SurgeBook book;

    private @Nullable SurgeReadiness written;
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
        long asOf = computed.asOfEpochDay();
        SurgeReadiness before = isFinal || written == null || !isOfSame(written, computed) ? null : written;
        written = computed;
        changed(
                before == null ? List.of() : before.readiness(),
                computed.readiness(),
                row -> new SurgeRow.Readiness(asOf, row, isFinal, stamp));
        changed(
                before == null ? List.of() : before.ladder(),
                computed.ladder(),
                row -> new SurgeRow.Ladder(asOf, row, isFinal, stamp));
        changed(
                before == null ? List.of() : before.constraints(),
                computed.constraints(),
                row -> new SurgeRow.Constraint(asOf, row, isFinal, stamp));
        changed(
                before == null ? List.of() : before.covers(),
                computed.covers(),
                row -> new SurgeRow.Cover(asOf, row, book.leadTimeDays(row.materialId(), knownMs), isFinal, stamp));
        changed(
                before == null ? List.of() : before.criticalities(),
                computed.criticalities(),
                row -> new SurgeRow.Criticality(asOf, row, isFinal, stamp));
        if (before == null || !snapshot.equals(known)) {
            known = snapshot;
            emit(new SurgeRow.Snapshot(asOf, SurgeSnapshotJson.encode(snapshot), isFinal, stamp));
        }
        if (before == null) {
            emit(new SurgeRow.Whole(asOf, isFinal, stamp));
        }
    }

    /** Rows of one computation at the places of those of the other; nothing of the other: all. */
    private <R> void changed(List<R> before, List<R> now, Function<R, SurgeRow> row) {
        for (int i = 0; i < now.size(); i++) {
            if (before.isEmpty() || !now.get(i).equals(before.get(i))) {
                emit(row.apply(now.get(i)));
            }
        }
    }

    /** Whether both are about the same: rows come in the order of their keys. */
    private static boolean isOfSame(SurgeReadiness one, SurgeReadiness other) {
        return one.asOfEpochDay() == other.asOfEpochDay()
                && isOfSame(
                        one.readiness(),
                        other.readiness(),
                        (a, b) -> a.posture() == b.posture()
                                && a.evidence() == b.evidence()
                                && a.productId().equals(b.productId()))
                && isOfSame(
                        one.ladder(),
                        other.ladder(),
                        (a, b) -> a.step() == b.step()
                                && a.posture() == b.posture()
                                && a.evidence() == b.evidence()
                                && a.productId().equals(b.productId()))
                && isOfSame(
                        one.constraints(),
                        other.constraints(),
                        (a, b) -> a.posture() == b.posture()
                                && a.constraint() == b.constraint()
                                && a.lineId().equals(b.lineId()))
                && isOfSame(
                        one.covers(),
                        other.covers(),
                        (a, b) -> a.posture() == b.posture()
                                && a.plantId().equals(b.plantId())
                                && a.materialId().equals(b.materialId()))
                && isOfSame(
                        one.criticalities(),
                        other.criticalities(),
                        (a, b) -> a.posture() == b.posture()
                                && a.productId().equals(b.productId())
                                && a.supplierParent().equals(b.supplierParent()));
    }

    private static <R> boolean isOfSame(List<R> one, List<R> other, BiPredicate<R, R> sameKey) {
        if (one.size() != other.size()) {
            return false;
        }
        for (int i = 0; i < one.size(); i++) {
            if (!sameKey.test(one.get(i), other.get(i))) {
                return false;
            }
        }
        return true;
    }

    private void emit(SurgeRow row) {
        output.collect(new StreamRecord<>(row));
    }
}
