package org.capacityboard.flink.operators;

import java.io.IOException;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;
import org.capacityboard.flink.ingest.Ingested;
import org.capacityboard.flink.types.SlimCodec;

/** Bytes of an accepted version of reference data on its way to its table. */
enum ReferenceCodec implements SlimCodec<Ingested.Reference> {
    INSTANCE;

    @Override
    public Class<Ingested.Reference> valueClass() {
        return Ingested.Reference.class;
    }

    @Override
    public int version() {
        return 1;
    }

    @Override
    public void write(Ingested.Reference value, DataOutputView out) throws IOException {
        Wire.reference(value, out);
    }

    @Override
    public Ingested.Reference read(DataInputView in, int version) throws IOException {
        return Wire.reference(in);
    }
}
