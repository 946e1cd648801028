package org.capacityboard.flink.operators;

import java.io.IOException;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;
import org.capacityboard.flink.types.SlimCodec;

/** Bytes of a {@link DayOutput} in state. */
enum DayOutputCodec implements SlimCodec<DayOutput> {
    INSTANCE;

    @Override
    public Class<DayOutput> valueClass() {
        return DayOutput.class;
    }

    @Override
    public int version() {
        return 1;
    }

    @Override
    public void write(DayOutput value, DataOutputView out) throws IOException {
        out.writeLong(value.goodUnits());
        out.writeLong(value.scrapUnits());
        SurgeInputCodec.stamp(value.stamp(), out);
    }

    @Override
    public DayOutput read(DataInputView in, int version) throws IOException {
        return new DayOutput(in.readLong(), in.readLong(), SurgeInputCodec.stamp(in));
    }
}
