package org.capacityboard.flink.operators;

import java.time.Duration;
import java.util.List;
import java.util.function.BiPredicate;
import java.util.function.Function;
import org.apache.flink.streaming.api.operators.Output;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.capacityboard.domain.surge.CoverRow;
import org.capacityboard.domain.surge.SurgeReadiness;
import org.capacityboard.domain.surge.SurgeSnapshot;
import org.capacityboard.flink.rows.RowStamp;
import org.capacityboard.flink.rows.SurgeRow;
import org.capacityboard.flink.rows.SurgeSnapshotJson;
import org.jspecify.annotations.Nullable;

/**
 * Turns what was computed into rows: only those that changed since the date's last ones, or all of them and the word that they are all, where a date begins or
 * closes, after a start, and where other rows are computed than before. With them goes the snapshot that they came from, which is large: while the day runs at
 * most once a minute, if it is another one than before.
 */
final class SurgeEmitter {
    private static final long SNAPSHOT_EVERY_MS = Duration.ofMinutes(1).toMillis();

    private final Output<StreamRecord<SurgeRow>> output;
    private final SurgeBook book;

    private @Nullable SurgeReadiness written;
    private List<CoverAndLeadTime> writtenCovers = List.of();
    private @Nullable SurgeSnapshot known;
    /** Newest computation whose snapshot is not written. */
    private @Nullable Computation due;

    private long dueMs = Long.MIN_VALUE;

    /**
     * What was computed.
     *
     * @param snapshot from what
     * @param knownMs instant of which lead times of materials are taken
     */
    record Computation(
            SurgeSnapshot snapshot, SurgeReadiness computed, long knownMs, boolean isFinal, RowStamp stamp) {}

    private record CoverAndLeadTime(CoverRow row, @Nullable Integer leadTimeDays) {}

    SurgeEmitter(Output<StreamRecord<SurgeRow>> output, SurgeBook book) {
        this.output = output;
        this.book = book;
    }

    /**
     * Writes it.
     *
     * @param isWhole whether all rows are to be written, whatever was before
     * @param nowMs wall clock
     */
    void write(Computation computation, boolean isWhole, long nowMs) {
        SurgeReadiness computed = computation.computed();
        boolean isFinal = computation.isFinal();
        RowStamp stamp = computation.stamp();
        long asOf = computed.asOfEpochDay();
        boolean isOfOthers = isFinal || written == null || !isOfSame(written, computed);
        SurgeReadiness before = isWhole || isOfOthers ? null : written;
        List<CoverAndLeadTime> covers = computed.covers().stream()
                .map(row -> new CoverAndLeadTime(row, book.leadTimeDays(row.materialId(), computation.knownMs())))
                .toList();
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
                before == null ? List.of() : writtenCovers,
                covers,
                cover -> new SurgeRow.Cover(asOf, cover.row(), cover.leadTimeDays(), isFinal, stamp));
        changed(
                before == null ? List.of() : before.criticalities(),
                computed.criticalities(),
                row -> new SurgeRow.Criticality(asOf, row, isFinal, stamp));
        if (before == null || !computation.snapshot().equals(known)) {
            known = computation.snapshot();
            due = computation;
        }
        if (isOfOthers) {
            dueMs = Long.MIN_VALUE;
        }
        writeSnapshotIfDue(nowMs);
        if (before == null) {
            emit(new SurgeRow.Whole(asOf, isFinal, stamp));
        }
        written = computed;
        writtenCovers = covers;
    }

    /** Writes the newest snapshot if it is not written and another one was not just before; to be called every few seconds. */
    void writeSnapshotIfDue(long nowMs) {
        Computation newest = due;
        if (newest != null && nowMs >= dueMs) {
            due = null;
            dueMs = nowMs + SNAPSHOT_EVERY_MS;
            emit(new SurgeRow.Snapshot(
                    newest.computed().asOfEpochDay(),
                    SurgeSnapshotJson.encode(newest.snapshot()),
                    newest.isFinal(),
                    newest.stamp()));
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
