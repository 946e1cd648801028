package org.capacityboard.flink.operators;

import java.io.IOException;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;
import org.capacityboard.flink.ingest.RejectReason;
import org.capacityboard.flink.ingest.Rejection;
import org.capacityboard.flink.types.SlimCodec;

/** Bytes of a {@link Rejection} on its way to its sinks. */
enum RejectionCodec implements SlimCodec<Rejection> {
    INSTANCE;

    private static final RejectReason[] REASONS = RejectReason.values();

    @Override
    public Class<Rejection> valueClass() {
        return Rejection.class;
    }

    @Override
    public int version() {
        return 1;
    }

    @Override
    public void write(Rejection value, DataOutputView out) throws IOException {
        Wire.origin(value.origin(), out);
        out.writeByte(value.code().ordinal());
        Wire.text(value.reason(), out);
        out.writeLong(value.eventTimeMs());
        Wire.text(value.payload(), out);
    }

    @Override
    public Rejection read(DataInputView in, int version) throws IOException {
        return new Rejection(Wire.origin(in), REASONS[in.readByte()], Wire.text(in), in.readLong(), Wire.text(in));
    }
}
