package org.capacityboard.flink.operators;

import java.io.IOException;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.capacityboard.domain.throughput.LineReport;
import org.capacityboard.flink.ingest.Origin;

/** Puts a batch together for one copy of the timeline operator: each input with its length before it, so that a reader can pass over it. */
final class BatchWriter {
    private final LineInputWireCodec codec = new LineInputWireCodec();
    private final DataOutputSerializer bytes;
    private final int target;
    private String lineId = "";

    /**
     * @param roomBytes about how long it becomes
     * @param target which copy, from 0
     */
    BatchWriter(int roomBytes, int target) {
        this.bytes = new DataOutputSerializer(roomBytes);
        this.target = target;
    }

    void add(LineInput input) throws IOException {
        int start = start(input.lineId());
        codec.write(input, bytes);
        end(start);
    }

    /** Adds what {@link LineInput.Report} holds, without one. */
    void add(LineReport report, Origin origin, long readAtWatermarkMs) throws IOException {
        int start = start(report.lineId());
        codec.writeReport(report, origin, readAtWatermarkMs, bytes);
        end(start);
    }

    private int start(String line) throws IOException {
        lineId = line;
        int start = bytes.length();
        bytes.writeInt(0);
        return start;
    }

    private void end(int start) throws IOException {
        bytes.writeIntUnsafe(bytes.length() - start - Integer.BYTES, start);
    }

    int length() {
        return bytes.length();
    }

    /** The batch; the next input begins another one. */
    LineBatch take() {
        LineBatch batch = new LineBatch(target, lineId, bytes.getCopyOfBuffer());
        bytes.clear();
        return batch;
    }
}
