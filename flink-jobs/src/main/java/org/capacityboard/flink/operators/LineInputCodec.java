package org.capacityboard.flink.operators;

import java.io.IOException;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;
import org.capacityboard.domain.throughput.LineReport;
import org.capacityboard.domain.throughput.MachineState;
import org.capacityboard.flink.ingest.Origin;
import org.capacityboard.flink.types.SlimCodec;

/** Bytes of a {@link LineInput} in the state of one that waits for its line to be known. In a batch a report is shorter, see {@link BatchWriter}. */
enum LineInputCodec implements SlimCodec<LineInput> {
    INSTANCE;

    private static final MachineState[] STATES = MachineState.values();
    private static final byte REPORT = 0;
    private static final byte VERSION = 1;

    @Override
    public Class<LineInput> valueClass() {
        return LineInput.class;
    }

    @Override
    public int version() {
        return 1;
    }

    @Override
    public void write(LineInput value, DataOutputView out) throws IOException {
        if (value instanceof LineInput.Report input) {
            out.writeByte(REPORT);
            LineReport report = input.report();
            Wire.text(report.lineId(), out);
            out.writeLong(report.sessionId());
            out.writeLong(report.sequence());
            out.writeLong(report.eventTimeMs());
            out.writeByte(report.state().ordinal());
            Wire.text(report.reasonCode(), out);
            Wire.text(report.orderId(), out);
            Wire.text(report.productId(), out);
            out.writeLong(report.goodCount());
            out.writeLong(report.scrapCount());
            out.writeLong(report.reworkCount());
            Wire.origin(input.origin(), out);
            out.writeLong(input.readAtWatermarkMs());
        } else if (value instanceof LineInput.Version input) {
            out.writeByte(VERSION);
            Wire.text(input.lineId(), out);
            StampedReferenceCodec.INSTANCE.write(input.stamped(), out);
        }
    }

    @Override
    public LineInput read(DataInputView in, int version) throws IOException {
        byte kind = in.readByte();
        return switch (kind) {
            case REPORT -> {
                LineReport report = new LineReport(
                        Wire.text(in),
                        in.readLong(),
                        in.readLong(),
                        in.readLong(),
                        STATES[in.readByte()],
                        Wire.maybeText(in),
                        Wire.maybeText(in),
                        Wire.maybeText(in),
                        in.readLong(),
                        in.readLong(),
                        in.readLong());
                Origin origin = Wire.origin(in);
                yield new LineInput.Report(report, origin, in.readLong());
            }
            case VERSION -> new LineInput.Version(Wire.text(in), StampedReferenceCodec.INSTANCE.read(in, version));
            default -> throw new IOException("a line input starts with " + kind + ", must be 0 or 1");
        };
    }
}
