package org.capacityboard.flink.operators;

import java.io.IOException;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;
import org.capacityboard.flink.ingest.Ingested;
import org.capacityboard.flink.types.SlimCodec;

/** Bytes of a count of stock or a report of people in state. */
enum ReportCodec implements SlimCodec<Ingested.Other> {
    INSTANCE;

    @Override
    public Class<Ingested.Other> valueClass() {
        return Ingested.Other.class;
    }

    @Override
    public int version() {
        return 1;
    }

    @Override
    public void write(Ingested.Other value, DataOutputView out) throws IOException {
        SurgeInputCodec.event(value, out);
    }

    @Override
    public Ingested.Other read(DataInputView in, int version) throws IOException {
        return SurgeInputCodec.event(in);
    }
}
