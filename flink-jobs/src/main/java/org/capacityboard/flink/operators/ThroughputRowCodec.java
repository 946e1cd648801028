package org.capacityboard.flink.operators;

import java.io.IOException;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;
import org.capacityboard.domain.throughput.CurrentState;
import org.capacityboard.domain.throughput.Fact;
import org.capacityboard.domain.throughput.LossCategory;
import org.capacityboard.domain.throughput.MachineState;
import org.capacityboard.flink.rows.FactWindow;
import org.capacityboard.flink.rows.RowStamp;
import org.capacityboard.flink.rows.ThroughputRow;
import org.capacityboard.flink.types.SlimCodec;
import org.jspecify.annotations.Nullable;

/** Bytes of a {@link ThroughputRow} between the timeline and sinks that are not chained to it. */
enum ThroughputRowCodec implements SlimCodec<ThroughputRow> {
    INSTANCE;

    private static final FactWindow[] WINDOWS = FactWindow.values();
    private static final LossCategory[] CATEGORIES = LossCategory.values();
    private static final MachineState[] STATES = MachineState.values();
    private static final byte FACTS = 0;
    private static final byte LOSS = 1;
    private static final byte CURRENT = 2;

    @Override
    public Class<ThroughputRow> valueClass() {
        return ThroughputRow.class;
    }

    @Override
    public int version() {
        return 1;
    }

    @Override
    public void write(ThroughputRow value, DataOutputView out) throws IOException {
        if (value instanceof ThroughputRow.Facts row) {
            out.writeByte(FACTS);
            Wire.text(row.lineId(), out);
            stamp(row.stamp(), out);
            out.writeByte(row.window().ordinal());
            Wire.text(row.productId(), out);
            out.writeLong(row.windowStart());
            for (long fact : row.facts()) {
                out.writeLong(fact);
            }
            out.writeBoolean(row.isFinal());
        } else if (value instanceof ThroughputRow.Loss row) {
            out.writeByte(LOSS);
            Wire.text(row.lineId(), out);
            stamp(row.stamp(), out);
            out.writeLong(row.productionDay());
            out.writeByte(row.category().ordinal());
            Wire.text(row.reasonCode(), out);
            out.writeLong(row.lostMs());
            out.writeBoolean(row.isFinal());
        } else if (value instanceof ThroughputRow.Current row) {
            out.writeByte(CURRENT);
            Wire.text(row.lineId(), out);
            stamp(row.stamp(), out);
            current(row.state(), out);
        }
    }

    @Override
    public ThroughputRow read(DataInputView in, int version) throws IOException {
        byte kind = in.readByte();
        String lineId = Wire.text(in);
        RowStamp stamp = new RowStamp(in.readInt(), in.readLong(), in.readLong());
        return switch (kind) {
            case FACTS -> {
                FactWindow window = WINDOWS[in.readByte()];
                String productId = Wire.text(in);
                long start = in.readLong();
                long[] facts = new long[Fact.COUNT];
                for (int i = 0; i < facts.length; i++) {
                    facts[i] = in.readLong();
                }
                yield new ThroughputRow.Facts(window, lineId, productId, start, facts, in.readBoolean(), stamp);
            }
            case LOSS ->
                new ThroughputRow.Loss(
                        lineId,
                        in.readLong(),
                        CATEGORIES[in.readByte()],
                        Wire.text(in),
                        in.readLong(),
                        in.readBoolean(),
                        stamp);
            case CURRENT -> new ThroughputRow.Current(lineId, current(in), stamp);
            default -> throw new IOException("a row starts with " + kind + ", must be 0, 1 or 2");
        };
    }

    private static void stamp(RowStamp stamp, DataOutputView out) throws IOException {
        out.writeInt(stamp.generation());
        out.writeLong(stamp.version());
        out.writeLong(stamp.watermarkMs());
    }

    private static void current(CurrentState current, DataOutputView out) throws IOException {
        MachineState state = current.state();
        out.writeByte(state == null ? -1 : state.ordinal());
        out.writeLong(current.sinceMs());
        Wire.text(current.reasonCode(), out);
        Wire.text(current.productId(), out);
        out.writeLong(current.lastReportMs());
        out.writeBoolean(current.plannedNow());
        out.writeLong(current.unitsToday());
        out.writeLong(current.unitsLastHour());
        Double completeness = current.completenessToday();
        out.writeDouble(completeness == null ? Double.NaN : completeness);
    }

    private static CurrentState current(DataInputView in) throws IOException {
        byte state = in.readByte();
        return new CurrentState(
                state < 0 ? null : STATES[state],
                in.readLong(),
                Wire.maybeText(in),
                Wire.maybeText(in),
                in.readLong(),
                in.readBoolean(),
                in.readLong(),
                in.readLong(),
                number(in.readDouble()));
    }

    private static @Nullable Double number(double value) {
        return Double.isNaN(value) ? null : value;
    }
}
