package org.capacityboard.flink.operators;

import java.io.IOException;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;
import org.capacityboard.flink.types.SlimCodec;

/** Bytes of a {@link HeldInput} in state. */
enum HeldInputCodec implements SlimCodec<HeldInput> {
    INSTANCE;

    @Override
    public Class<HeldInput> valueClass() {
        return HeldInput.class;
    }

    @Override
    public int version() {
        return 1;
    }

    @Override
    public void write(HeldInput value, DataOutputView out) throws IOException {
        LineInputCodec.INSTANCE.write(value.input(), out);
        out.writeLong(value.untilMs());
    }

    @Override
    public HeldInput read(DataInputView in, int version) throws IOException {
        return new HeldInput(LineInputCodec.INSTANCE.read(in, version), in.readLong());
    }
}
