package org.capacityboard.flink.operators;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;
import org.capacityboard.domain.throughput.LineReport;
import org.capacityboard.domain.throughput.MachineState;
import org.capacityboard.flink.ingest.Origin;
import org.capacityboard.flink.types.SlimCodec;
import org.capacityboard.schemas.AsciiCache;
import org.capacityboard.schemas.Topic;
import org.jspecify.annotations.Nullable;

/**
 * Bytes of a {@link LineInput} on its way to the line's timeline. Every report crosses that edge, so ids that come again are read without making a new
 * text: the same line is the same object, with its hash at hand. For state there is {@link LineInputCodec}.
 */
final class LineInputWireCodec implements SlimCodec<LineInput> {
    private static final long serialVersionUID = 1L;
    /** Where the bytes of the line's id begin; their number stands in the byte before. */
    static final int LINE_ID_AT = 2;

    private static final MachineState[] STATES = MachineState.values();
    private static final byte REPORT = 0;
    private static final byte VERSION = 1;
    private static final int LONGEST_ASCII = 64;
    private static final byte ABSENT = -1;
    private static final byte LONG_TEXT = -2;
    private static final int ID_SLOT_BITS = 15;

    private transient @Nullable Texts texts;

    /** What one thread needs to read and write texts. */
    private static final class Texts {
        final byte[] buffer = new byte[LONGEST_ASCII];
        final AsciiCache ids = new AsciiCache(ID_SLOT_BITS);
    }

    @Override
    public Class<LineInput> valueClass() {
        return LineInput.class;
    }

    @Override
    public int version() {
        return 1;
    }

    @Override
    public SlimCodec<LineInput> duplicate() {
        return new LineInputWireCodec();
    }

    @Override
    public void write(LineInput value, DataOutputView out) throws IOException {
        if (value instanceof LineInput.Report input) {
            writeReport(input.report(), input.origin(), input.readAtWatermarkMs(), out);
        } else {
            out.writeByte(VERSION);
            lineId(value.lineId(), out);
            LineInputCodec.INSTANCE.write(value, out);
        }
    }

    /** Writes what {@link LineInput.Report} holds, without one. */
    void writeReport(LineReport report, Origin origin, long readAtWatermarkMs, DataOutputView out) throws IOException {
        out.writeByte(REPORT);
        lineId(report.lineId(), out);
        out.writeLong(report.sessionId());
        out.writeLong(report.sequence());
        out.writeLong(report.eventTimeMs());
        out.writeByte(report.state().ordinal());
        text(report.reasonCode(), out);
        text(report.orderId(), out);
        text(report.productId(), out);
        out.writeLong(report.goodCount());
        out.writeLong(report.scrapCount());
        out.writeLong(report.reworkCount());
        out.writeInt(origin.partition());
        out.writeLong(origin.offset());
        out.writeLong(origin.receivedAtMs());
        out.writeLong(readAtWatermarkMs);
    }

    @Override
    public LineInput read(DataInputView in, int version) throws IOException {
        boolean isReport = readKind(in);
        byte[] id = new byte[in.readByte()];
        in.readFully(id);
        return readRest(isReport, new String(id, StandardCharsets.US_ASCII), in);
    }

    /** Whether a report comes, or else a version. The line's id follows: a byte for its length, and its bytes. */
    boolean readKind(DataInputView in) throws IOException {
        return in.readByte() == REPORT;
    }

    /** What follows the line's id. */
    LineInput readRest(boolean isReport, String lineId, DataInputView in) throws IOException {
        if (!isReport) {
            return LineInputCodec.INSTANCE.read(in, LineInputCodec.INSTANCE.version());
        }
        LineReport report = new LineReport(
                lineId,
                in.readLong(),
                in.readLong(),
                in.readLong(),
                STATES[in.readByte()],
                maybeText(in),
                maybeText(in),
                maybeText(in),
                in.readLong(),
                in.readLong(),
                in.readLong());
        Origin origin = new Origin(Topic.LINE_TELEMETRY.baseName(), in.readInt(), in.readLong(), in.readLong());
        return new LineInput.Report(report, origin, in.readLong());
    }

    /** The rule for ids of lines makes them ASCII and short. */
    private void lineId(String id, DataOutputView out) throws IOException {
        int length = id.length();
        byte[] buffer = texts().buffer;
        id.getBytes(0, length, buffer, 0);
        out.writeByte(length);
        out.write(buffer, 0, length);
    }

    private Texts texts() {
        Texts known = texts;
        if (known == null) {
            known = new Texts();
            texts = known;
        }
        return known;
    }

    private void text(@Nullable String value, DataOutputView out) throws IOException {
        if (value == null) {
            out.writeByte(ABSENT);
            return;
        }
        int length = value.length();
        byte[] buffer = texts().buffer;
        if (length <= LONGEST_ASCII && isAscii(value)) {
            value.getBytes(0, length, buffer, 0);
            out.writeByte(length);
            out.write(buffer, 0, length);
        } else {
            out.writeByte(LONG_TEXT);
            Wire.text(value, out);
        }
    }

    private static boolean isAscii(String value) {
        for (int i = 0; i < value.length(); i++) {
            if (value.charAt(i) >= 0x80) {
                return false;
            }
        }
        return true;
    }

    private @Nullable String maybeText(DataInputView in) throws IOException {
        byte length = in.readByte();
        if (length == ABSENT) {
            return null;
        }
        if (length == LONG_TEXT) {
            return Wire.text(in);
        }
        Texts own = texts();
        in.readFully(own.buffer, 0, length);
        return own.ids.text(own.buffer, 0, length);
    }
}
