package org.capacityboard.bench.peers;

import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.capacityboard.domain.throughput.CurrentState;
import org.capacityboard.domain.throughput.LossCategory;
import org.capacityboard.domain.throughput.RowSink;

/** Sends rows down the topology, under the id of their line. */
final class ForwardedRows implements RowSink {
    private final ProcessorContext<String, StreamsRow> context;
    private final long timestampMs;
    private String lineId = "";

    /** @param timestampMs time of the records that carry the rows */
    ForwardedRows(ProcessorContext<String, StreamsRow> context, long timestampMs) {
        this.context = context;
        this.timestampMs = timestampMs;
    }

    /** What comes next is of this line. */
    ForwardedRows of(String id) {
        lineId = id;
        return this;
    }

    @Override
    public void minute(String productId, long windowStartMs, long[] facts, boolean isFinal) {
        send(new StreamsRow(StreamsRow.Kind.MINUTE, productId, windowStartMs, "", facts));
    }

    @Override
    public void hour(String productId, long windowStartMs, long[] facts, boolean isFinal) {
        send(new StreamsRow(StreamsRow.Kind.HOUR, productId, windowStartMs, "", facts));
    }

    @Override
    public void day(String productId, long productionDay, long[] facts, boolean isFinal) {
        send(new StreamsRow(StreamsRow.Kind.DAY, productId, productionDay, "", facts));
    }

    @Override
    public void loss(long productionDay, LossCategory category, String reasonCode, long lostMs, boolean isFinal) {
        send(new StreamsRow(StreamsRow.Kind.LOSS, category.name(), productionDay, reasonCode, new long[] {lostMs}));
    }

    @Override
    public void current(CurrentState state) {}

    private void send(StreamsRow row) {
        context.forward(new Record<>(lineId, row, timestampMs));
    }
}
