package org.capacityboard.flink.operators;

import org.apache.flink.streaming.api.operators.Output;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.capacityboard.domain.leadtime.LeadTime;
import org.capacityboard.domain.leadtime.LeadTimeCurve;
import org.capacityboard.domain.leadtime.LeadTimeSink;
import org.capacityboard.domain.leadtime.OnTimeWeek;
import org.capacityboard.domain.leadtime.OrderBacklog;
import org.capacityboard.domain.leadtime.OrderStatus;
import org.capacityboard.flink.rows.LeadTimeRow;
import org.capacityboard.flink.rows.RowStamp;

/** Turns what the order book writes into rows that say how new they are. */
final class LeadTimeEmitter implements LeadTimeSink {
    /** No restatement has ever happened to rows that are computed from the stream. */
    private static final int GENERATION = 0;

    private final Output<StreamRecord<LeadTimeRow>> output;
    private long watermarkMs = Long.MIN_VALUE;

    LeadTimeEmitter(Output<StreamRecord<LeadTimeRow>> output) {
        this.output = output;
    }

    /** The watermark up to which the next rows cover. */
    LeadTimeEmitter at(long coveredMs) {
        watermarkMs = coveredMs;
        return this;
    }

    @Override
    public void leadTime(LeadTime row) {
        emit(new LeadTimeRow.Percentiles(row, stamp(row.version())));
    }

    @Override
    public void curve(LeadTimeCurve row) {
        emit(new LeadTimeRow.Curve(row, stamp(row.version())));
    }

    @Override
    public void backlog(OrderBacklog row) {
        emit(new LeadTimeRow.Backlog(row, stamp(row.version())));
    }

    @Override
    public void onTimeWeek(OnTimeWeek row) {
        emit(new LeadTimeRow.OnTime(row, stamp(row.version())));
    }

    @Override
    public void status(OrderStatus row) {
        emit(new LeadTimeRow.Status(row, stamp(row.version())));
    }

    private RowStamp stamp(long version) {
        return new RowStamp(GENERATION, version, watermarkMs);
    }

    private void emit(LeadTimeRow row) {
        output.collect(new StreamRecord<>(row));
    }
}
