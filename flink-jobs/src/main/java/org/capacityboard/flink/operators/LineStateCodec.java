package org.capacityboard.flink.operators;

import java.io.IOException;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;
import org.capacityboard.flink.types.SlimCodec;

/** Bytes of a {@link LineState} in checkpoints and savepoints. */
enum LineStateCodec implements SlimCodec<LineState> {
    INSTANCE;

    private static final byte[] NO_BYTES = {};

    @Override
    public Class<LineState> valueClass() {
        return LineState.class;
    }

    @Override
    public int version() {
        return 2;
    }

    @Override
    public void write(LineState value, DataOutputView out) throws IOException {
        Wire.bytes(value.head(), out);
        out.writeLong(value.dueAtMs());
        out.writeLong(value.earlyAtMs());
        out.writeLong(value.hoursWrittenAtMs());
        out.writeLong(value.daysWrittenAtMs());
        out.writeLong(value.hour());
        Wire.bytes(value.chunk(), out);
    }

    @Override
    public LineState read(DataInputView in, int version) throws IOException {
        byte[] head = Wire.bytes(in);
        long dueAtMs = in.readLong();
        long earlyAtMs = in.readLong();
        long hoursWrittenAtMs = in.readLong();
        long daysWrittenAtMs = in.readLong();
        // Version 1 had the hour at hand among the others.
        long hour = version == 1 ? LineState.NO_HOUR : in.readLong();
        byte[] chunk = version == 1 ? NO_BYTES : Wire.bytes(in);
        return new LineState(head, hour, chunk, dueAtMs, earlyAtMs, hoursWrittenAtMs, daysWrittenAtMs);
    }
}
