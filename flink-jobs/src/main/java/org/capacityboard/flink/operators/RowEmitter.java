package org.capacityboard.flink.operators;

import org.apache.flink.streaming.api.operators.Output;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.capacityboard.domain.throughput.CurrentState;
import org.capacityboard.domain.throughput.LineTimeline;
import org.capacityboard.domain.throughput.LossCategory;
import org.capacityboard.domain.throughput.RowSink;
import org.capacityboard.flink.rows.FactWindow;
import org.capacityboard.flink.rows.RowStamp;
import org.capacityboard.flink.rows.ThroughputRow;

/** Turns what a timeline writes into rows of the line at hand. */
final class RowEmitter implements RowSink {
    /** No restatement has ever happened to rows that are computed from the stream. */
    private static final int GENERATION = 0;

    private final Output<StreamRecord<ThroughputRow>> output;
    private String lineId = "";
    private RowStamp stamp = new RowStamp(GENERATION, 0, Long.MIN_VALUE);

    RowEmitter(Output<StreamRecord<ThroughputRow>> output) {
        this.output = output;
    }

    /** The line that the next rows are of, and the watermark up to which they cover. */
    RowEmitter line(String id, LineTimeline timeline, long watermarkMs) {
        lineId = id;
        stamp = new RowStamp(GENERATION, timeline.version(), watermarkMs);
        return this;
    }

    @Override
    public void minute(String productId, long windowStartMs, long[] facts, boolean isFinal) {
        facts(FactWindow.MINUTE, productId, windowStartMs, facts, isFinal);
    }

    @Override
    public void hour(String productId, long windowStartMs, long[] facts, boolean isFinal) {
        facts(FactWindow.HOUR, productId, windowStartMs, facts, isFinal);
    }

    @Override
    public void day(String productId, long productionDay, long[] facts, boolean isFinal) {
        facts(FactWindow.DAY, productId, productionDay, facts, isFinal);
    }

    @Override
    public void loss(long productionDay, LossCategory category, String reasonCode, long lostMs, boolean isFinal) {
        emit(new ThroughputRow.Loss(lineId, productionDay, category, reasonCode, lostMs, isFinal, stamp));
    }

    @Override
    public void current(CurrentState state) {
        emit(new ThroughputRow.Current(lineId, state, stamp));
    }

    private void facts(FactWindow window, String productId, long start, long[] facts, boolean isFinal) {
        emit(new ThroughputRow.Facts(window, lineId, productId, start, facts, isFinal, stamp));
    }

    private void emit(ThroughputRow row) {
        output.collect(new StreamRecord<>(row));
    }
}
