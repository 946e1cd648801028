package org.capacityboard.flink.operators;

import java.io.IOException;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;
import org.capacityboard.flink.types.SlimCodec;

/** Bytes of a {@link HeldBookInput} in state. */
enum HeldBookInputCodec implements SlimCodec<HeldBookInput> {
    INSTANCE;

    @Override
    public Class<HeldBookInput> valueClass() {
        return HeldBookInput.class;
    }

    @Override
    public int version() {
        return 1;
    }

    @Override
    public void write(HeldBookInput value, DataOutputView out) throws IOException {
        BookInputCodec.ofOrder(value.input(), out);
        out.writeLong(value.untilMs());
    }

    @Override
    public HeldBookInput read(DataInputView in, int version) throws IOException {
        return new HeldBookInput(BookInputCodec.ofOrder(in.readByte(), in, new SharedTexts()), in.readLong());
    }
}
