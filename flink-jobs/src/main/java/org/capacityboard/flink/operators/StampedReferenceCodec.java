package org.capacityboard.flink.operators;

import java.io.IOException;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;
import org.capacityboard.flink.types.SlimCodec;

/** Bytes of a {@link StampedReference} between operators, and in the state of one that waits for what it refers to. */
enum StampedReferenceCodec implements SlimCodec<StampedReference> {
    INSTANCE;

    @Override
    public Class<StampedReference> valueClass() {
        return StampedReference.class;
    }

    @Override
    public int version() {
        return 1;
    }

    @Override
    public void write(StampedReference value, DataOutputView out) throws IOException {
        Wire.reference(value.reference(), out);
        out.writeLong(value.readAtWatermarkMs());
    }

    @Override
    public StampedReference read(DataInputView in, int version) throws IOException {
        return new StampedReference(Wire.reference(in), in.readLong());
    }
}
