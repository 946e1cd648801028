package org.capacityboard.flink.operators;

import java.io.IOException;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;
import org.capacityboard.flink.types.SlimCodec;

/** Bytes of a {@link HeldReference} in state. */
enum HeldReferenceCodec implements SlimCodec<HeldReference> {
    INSTANCE;

    @Override
    public Class<HeldReference> valueClass() {
        return HeldReference.class;
    }

    @Override
    public int version() {
        return 1;
    }

    @Override
    public void write(HeldReference value, DataOutputView out) throws IOException {
        StampedReferenceCodec.INSTANCE.write(value.stamped(), out);
        out.writeLong(value.untilMs());
    }

    @Override
    public HeldReference read(DataInputView in, int version) throws IOException {
        return new HeldReference(StampedReferenceCodec.INSTANCE.read(in, version), in.readLong());
    }
}
