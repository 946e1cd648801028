package org.capacityboard.flink.operators;

import java.io.IOException;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;
import org.capacityboard.flink.types.SlimCodec;

/** Bytes of a {@link HeldReport} in state. */
enum HeldReportCodec implements SlimCodec<HeldReport> {
    INSTANCE;

    @Override
    public Class<HeldReport> valueClass() {
        return HeldReport.class;
    }

    @Override
    public int version() {
        return 1;
    }

    @Override
    public void write(HeldReport value, DataOutputView out) throws IOException {
        SurgeInputCodec.event(value.input().event(), out);
        out.writeLong(value.input().readAtWatermarkMs());
        out.writeLong(value.untilMs());
    }

    @Override
    public HeldReport read(DataInputView in, int version) throws IOException {
        return new HeldReport(new SurgeInput.Report(SurgeInputCodec.event(in), in.readLong()), in.readLong());
    }
}
