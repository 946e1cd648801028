package org.capacityboard.flink.operators;

import java.io.IOException;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;
import org.capacityboard.flink.types.SlimCodec;

/** Bytes of a {@link LineState} in checkpoints and savepoints. */
enum LineStateCodec implements SlimCodec<LineState> {
    INSTANCE;

    @Override
    public Class<LineState> valueClass() {
        return LineState.class;
    }

    @Override
    public int version() {
        return 1;
    }

    @Override
    public void write(LineState value, DataOutputView out) throws IOException {
        Wire.bytes(value.head(), out);
        out.writeLong(value.dueAtMs());
        out.writeLong(value.earlyAtMs());
        out.writeLong(value.hoursWrittenAtMs());
        out.writeLong(value.daysWrittenAtMs());
    }

    @Override
    public LineState read(DataInputView in, int version) throws IOException {
        return new LineState(Wire.bytes(in), in.readLong(), in.readLong(), in.readLong(), in.readLong());
    }
}
