package org.capacityboard.flink.operators;

import java.io.IOException;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;
import org.capacityboard.domain.throughput.HourChunk;
import org.capacityboard.flink.types.SlimCodec;

/** Bytes of an {@link HourChunk} in checkpoints and savepoints. */
enum HourChunkCodec implements SlimCodec<HourChunk> {
    INSTANCE;

    @Override
    public Class<HourChunk> valueClass() {
        return HourChunk.class;
    }

    @Override
    public int version() {
        return 1;
    }

    @Override
    public void write(HourChunk value, DataOutputView out) throws IOException {
        Wire.bytes(value.encode(), out);
    }

    @Override
    public HourChunk read(DataInputView in, int version) throws IOException {
        return HourChunk.decode(Wire.bytes(in));
    }

    @Override
    public HourChunk copy(HourChunk value) {
        return value.frozen();
    }
}
