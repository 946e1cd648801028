package org.capacityboard.flink.operators;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.capacityboard.flink.ingest.Ingested;
import org.capacityboard.flink.ingest.Origin;
import org.capacityboard.schemas.EventCodec;

/**
 * Puts a batch together for one copy of the timeline operator. An input is its length, so that a reader can pass over it, whether it is a report, the id of
 * its line, and the rest. Of a report that is the body as the plant sent it: taking it apart is for whoever has its line at hand.
 */
final class BatchWriter {
    static final byte REPORT = 0;
    static final byte OTHER = 1;
    private static final int ROOM_OF_OTHER_BYTES = 256;

    private final PackedOutput out;
    private final int target;
    private BatchStart start = BatchStart.ZERO;

    /**
     * @param roomBytes about how long it becomes
     * @param target which copy, from 0
     */
    BatchWriter(int roomBytes, int target) {
        this.out = new PackedOutput(roomBytes);
        this.target = target;
    }

    /**
     * Adds a report.
     *
     * @param readAtWatermarkMs the same for all reports of a batch
     */
    void add(Ingested.Telemetry report, long readAtWatermarkMs) {
        Origin origin = report.origin();
        if (isEmpty()) {
            begin(BatchStart.of(origin, readAtWatermarkMs));
        } else if (readAtWatermarkMs != start.watermarkMs()) {
            throw new IllegalStateException("a batch must leave before a watermark passes it");
        }
        int from = begin(REPORT);
        out.bytes(report.record(), EventCodec.HEADER_BYTES, report.record().length);
        out.number(origin.partition());
        out.number(origin.offset() - start.offset());
        out.number(origin.receivedAtMs() - start.receivedAtMs());
        end(from);
    }

    void add(LineInput input) throws IOException {
        if (isEmpty()) {
            begin(BatchStart.ZERO);
        }
        byte[] lineId = input.lineId().getBytes(StandardCharsets.US_ASCII);
        DataOutputSerializer rest = new DataOutputSerializer(ROOM_OF_OTHER_BYTES);
        LineInputCodec.INSTANCE.write(input, rest);
        int from = begin(OTHER);
        out.number(lineId.length);
        out.bytes(lineId, 0, lineId.length);
        out.bytes(rest.getSharedBuffer(), 0, rest.length());
        end(from);
    }

    private void begin(BatchStart first) {
        start = first;
        start.write(out);
    }

    private int begin(byte kind) {
        int from = out.leaveInt();
        out.single(kind);
        return from;
    }

    private void end(int from) {
        out.putInt(from, out.length() - from - Integer.BYTES);
    }

    int length() {
        return out.length();
    }

    private boolean isEmpty() {
        return length() == 0;
    }

    /**
     * The batch; the next input begins another one.
     *
     * @param lineId a line of it
     */
    LineBatch take(String lineId) {
        return new LineBatch(target, lineId, out.take());
    }
}
