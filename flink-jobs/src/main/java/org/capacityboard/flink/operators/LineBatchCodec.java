package org.capacityboard.flink.operators;

import java.io.IOException;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;
import org.capacityboard.flink.types.SlimCodec;

/** Bytes of a {@link LineBatch}. */
enum LineBatchCodec implements SlimCodec<LineBatch> {
    INSTANCE;

    @Override
    public Class<LineBatch> valueClass() {
        return LineBatch.class;
    }

    @Override
    public int version() {
        return 1;
    }

    @Override
    public void write(LineBatch value, DataOutputView out) throws IOException {
        out.writeInt(value.target());
        Wire.text(value.lineId(), out);
        Wire.bytes(value.bytes(), out);
    }

    @Override
    public LineBatch read(DataInputView in, int version) throws IOException {
        return new LineBatch(in.readInt(), Wire.text(in), Wire.bytes(in));
    }
}
