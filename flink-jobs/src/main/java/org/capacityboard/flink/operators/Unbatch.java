package org.capacityboard.flink.operators;

import java.io.IOException;
import org.apache.flink.api.common.functions.FlatMapFunction;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.util.Collector;

/** Takes batches apart. Stands in one chain with the timeline operator, so single inputs are handed over as they are. */
final class Unbatch implements FlatMapFunction<LineBatch, LineInput> {
    private static final long serialVersionUID = 1L;

    private final LineInputWireCodec codec = new LineInputWireCodec();

    @Override
    public void flatMap(LineBatch batch, Collector<LineInput> out) throws IOException {
        DataInputDeserializer in = new DataInputDeserializer(batch.bytes());
        while (in.available() > 0) {
            out.collect(codec.read(in, codec.version()));
        }
    }
}
