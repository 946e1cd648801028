package org.capacityboard.flink.operators;

import java.io.IOException;
import org.apache.flink.core.memory.DataInputDeserializer;

/** Takes a batch apart, input by input: first the id of the line, as bytes, then the rest. */
final class BatchReader {
    private final LineInputWireCodec codec = new LineInputWireCodec();
    private final DataInputDeserializer in = new DataInputDeserializer();
    private byte[] bytes = new byte[0];
    private boolean isReport;
    private int lineIdFrom;
    private int lineIdTo;

    void open(LineBatch batch) {
        bytes = batch.bytes();
        in.setBuffer(bytes);
    }

    /** Goes on to the next input; false if there is none. */
    boolean next() throws IOException {
        if (in.available() == 0) {
            return false;
        }
        isReport = codec.readKind(in);
        int length = in.readByte();
        lineIdFrom = in.getPosition();
        lineIdTo = lineIdFrom + length;
        in.skipBytesToRead(length);
        return true;
    }

    byte[] bytes() {
        return bytes;
    }

    int lineIdFrom() {
        return lineIdFrom;
    }

    int lineIdTo() {
        return lineIdTo;
    }

    /** The input at hand. */
    LineInput input(String lineId) throws IOException {
        return codec.readRest(isReport, lineId, in);
    }
}
