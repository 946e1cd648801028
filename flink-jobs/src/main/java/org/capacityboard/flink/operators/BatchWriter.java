package org.capacityboard.flink.operators;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.capacityboard.flink.ingest.Ingested;
import org.capacityboard.flink.ingest.Origin;
import org.capacityboard.schemas.EventCodec;

/**
 * Puts a batch together for one copy of the timeline operator, as {@link BatchLayout} says. Of a report that is the body as the plant sent it: taking it apart
 * is for whoever has its line at hand.
 */
final class BatchWriter {
    private static final int ROOM_OF_OTHER_BYTES = 256;
    /** A batch that takes less than this part of a large room leaves it: no more long ones come. */
    private static final int SMALL_PART = 16;

    private final int target;
    private final int roomBytes;
    private byte[] bytes;
    private int length;
    private long readAtWatermarkMs;

    /**
     * @param roomBytes about how long it becomes
     * @param target which copy, from 0
     */
    BatchWriter(int roomBytes, int target) {
        this.roomBytes = Math.max(roomBytes, BatchLayout.FIRST);
        this.bytes = new byte[this.roomBytes];
        this.target = target;
    }

    /**
     * Adds a report.
     *
     * @param watermarkMs newest watermark that left before it, ms; the same for all reports of a batch
     */
    void add(Ingested.Telemetry report, long watermarkMs) {
        if (length == 0) {
            begin(watermarkMs);
        } else if (watermarkMs != readAtWatermarkMs) {
            throw new IllegalStateException("a batch must leave before a watermark passes it");
        }
        byte[] record = report.record();
        int bodyLength = record.length - EventCodec.HEADER_BYTES;
        int end = BatchLayout.BODY + bodyLength + BatchLayout.ORIGIN_BYTES;
        int from = head(
                BatchLayout.REPORT,
                end,
                report.lineIdFrom() - EventCodec.HEADER_BYTES,
                report.lineIdTo() - report.lineIdFrom());
        System.arraycopy(record, EventCodec.HEADER_BYTES, bytes, from + BatchLayout.BODY, bodyLength);
        Origin origin = report.origin();
        BatchLayout.INTS.set(bytes, from + end + BatchLayout.PARTITION, origin.partition());
        BatchLayout.LONGS.set(bytes, from + end + BatchLayout.OFFSET, origin.offset());
        BatchLayout.LONGS.set(bytes, from + end + BatchLayout.RECEIVED_AT, origin.receivedAtMs());
    }

    void add(LineInput input) throws IOException {
        if (length == 0) {
            begin(input.readAtWatermarkMs());
        }
        byte[] lineId = input.lineId().getBytes(StandardCharsets.US_ASCII);
        DataOutputSerializer rest = new DataOutputSerializer(ROOM_OF_OTHER_BYTES);
        LineInputCodec.INSTANCE.write(input, rest);
        int from = head(BatchLayout.OTHER, BatchLayout.BODY + lineId.length + rest.length(), 0, lineId.length);
        System.arraycopy(lineId, 0, bytes, from + BatchLayout.BODY, lineId.length);
        System.arraycopy(rest.getSharedBuffer(), 0, bytes, from + BatchLayout.BODY + lineId.length, rest.length());
    }

    private void begin(long watermarkMs) {
        readAtWatermarkMs = watermarkMs;
        BatchLayout.LONGS.set(bytes, BatchLayout.WATERMARK, watermarkMs);
        length = BatchLayout.FIRST;
    }

    /** Makes room for an input and writes its head; where it begins. */
    private int head(byte kind, int inputLength, int idFrom, int idLength) {
        int from = length;
        length += inputLength;
        if (length > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, length));
        }
        BatchLayout.INTS.set(bytes, from + BatchLayout.LENGTH, inputLength);
        BatchLayout.SHORTS.set(bytes, from + BatchLayout.ID_FROM, (short) idFrom);
        BatchLayout.SHORTS.set(bytes, from + BatchLayout.ID_LENGTH, (short) idLength);
        bytes[from + BatchLayout.KIND] = kind;
        return from;
    }

    int length() {
        return length;
    }

    /**
     * The batch; the next input begins another one.
     *
     * @param lineId a line of it
     */
    LineBatch take(String lineId) {
        byte[] taken = Arrays.copyOf(bytes, length);
        if (bytes.length > SMALL_PART * Math.max(roomBytes, length)) {
            bytes = new byte[roomBytes];
        }
        length = 0;
        return new LineBatch(target, lineId, taken);
    }
}
