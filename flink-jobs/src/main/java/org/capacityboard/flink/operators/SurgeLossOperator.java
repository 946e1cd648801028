package org.capacityboard.flink.operators;

import java.io.Serializable;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.operators.ProcessingTimeService;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.capacityboard.domain.surge.LossRow;
import org.capacityboard.domain.surge.SurgeLosses;
import org.capacityboard.flink.rows.SurgeRow;
import org.capacityboard.flink.rows.SurgeSnapshotJson;
import org.jspecify.annotations.Nullable;

/**
 * Tries all losses of a snapshot: of the last one of a date always, of the others, while the day runs, only the newest, and so seldom that it works a tenth of
 * the time at most. What the rows say is decided by {@link SurgeLosses} alone. Only rows that changed since the date's last trial are written, or all of them
 * and the word that they are all, where a date begins or closes, after a start, and where a row no longer holds.
 *
 * <p>State: none. After a restore the task before it writes its snapshot again.
 */
final class SurgeLossOperator extends AbstractStreamOperator<SurgeRow>
        implements OneInputStreamOperator<SurgeRow, SurgeRow> {
    private static final long serialVersionUID = 1L;
    private static final long END_OF_INPUT = Long.MAX_VALUE;
    private static final long NANOS_A_MILLI = 1_000_000;
    /** Times its work that it rests. */
    private static final int REST = 9;

    private final boolean isBounded;
    private final Stopwatch stopwatch;

    /** Newest snapshot whose losses are still to be tried. */
    private transient SurgeRow.@Nullable Snapshot waiting;

    private transient boolean isTimerSet;
    private transient long restsUntilMs;
    private transient long asOf;
    private transient int tried;
    private transient Map<List<Object>, LossRow> written;

    /** Tells how long work takes. */
    @FunctionalInterface
    interface Stopwatch extends Serializable {
        /** Nanoseconds since an instant that stays the same. */
        long nanos();
    }

    /**
     * @param isBounded whether the input ends: then nothing depends on the wall clock
     */
    SurgeLossOperator(boolean isBounded, Stopwatch stopwatch) {
        this.isBounded = isBounded;
        this.stopwatch = stopwatch;
    }

    @Override
    public void open() throws Exception {
        super.open();
        waiting = null;
        isTimerSet = false;
        restsUntilMs = Long.MIN_VALUE;
        asOf = Long.MIN_VALUE;
        written = Map.of();
    }

    @Override
    public void processElement(StreamRecord<SurgeRow> element) {
        if (!(element.getValue() instanceof SurgeRow.Snapshot snapshot)) {
            return;
        }
        if (snapshot.isFinal()) {
            waiting = null;
            tryAll(snapshot);
        } else {
            waiting = snapshot;
            if (!isBounded) {
                tryLater();
            }
        }
    }

    private void tryLater() {
        if (!isTimerSet) {
            isTimerSet = true;
            ProcessingTimeService clock = getProcessingTimeService();
            clock.registerTimer(Math.max(clock.getCurrentProcessingTime(), restsUntilMs), now -> {
                isTimerSet = false;
                tryWaiting();
            });
        }
    }

    private void tryWaiting() {
        SurgeRow.Snapshot newest = waiting;
        waiting = null;
        if (newest != null) {
            tryAll(newest);
        }
    }

    @Override
    public void processWatermark(Watermark mark) throws Exception {
        if (isBounded && mark.getTimestamp() == END_OF_INPUT) {
            tryWaiting();
        }
        super.processWatermark(mark);
    }

    private void tryAll(SurgeRow.Snapshot snapshot) {
        long startedNs = stopwatch.nanos();
        SurgeLosses losses = SurgeLosses.of(SurgeSnapshotJson.decode(snapshot.snapshot()));
        write(losses, snapshot);
        long tookMs = (stopwatch.nanos() - startedNs) / NANOS_A_MILLI;
        restsUntilMs = getProcessingTimeService().getCurrentProcessingTime() + REST * tookMs;
    }

    private void write(SurgeLosses losses, SurgeRow.Snapshot of) {
        Map<List<Object>, LossRow> rows = new HashMap<>();
        losses.rows().forEach(row -> rows.put(key(row), row));
        boolean isWhole = of.isFinal()
                || of.asOf() != asOf
                || losses.tried() != tried
                || !rows.keySet().containsAll(written.keySet());
        Map<List<Object>, LossRow> before = isWhole ? Map.of() : written;
        asOf = of.asOf();
        tried = losses.tried();
        written = rows;
        for (LossRow row : losses.rows()) {
            if (!row.equals(before.get(key(row)))) {
                emit(new SurgeRow.Loss(asOf, row, of.isFinal(), of.stamp()));
            }
        }
        if (isWhole) {
            emit(new SurgeRow.LossesWhole(asOf, tried, of.isFinal(), of.stamp()));
        }
    }

    private static List<Object> key(LossRow row) {
        return List.of(row.kind(), row.lossId(), row.productId(), row.posture());
    }

    private void emit(SurgeRow row) {
        output.collect(new StreamRecord<>(row));
    }
}
