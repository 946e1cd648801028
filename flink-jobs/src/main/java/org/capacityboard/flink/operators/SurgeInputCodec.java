package org.capacityboard.flink.operators;

import java.io.IOException;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;
import org.capacityboard.flink.ingest.Ingested;
import org.capacityboard.flink.rows.RowStamp;
import org.capacityboard.flink.types.SlimCodec;

/** Bytes of a {@link SurgeInput} on its way to the task that computes. */
enum SurgeInputCodec implements SlimCodec<SurgeInput> {
    INSTANCE;

    private static final byte REPORT = 0;
    private static final byte VERSION = 1;
    private static final byte OUTPUT = 2;
    private static final byte HEARD = 3;

    @Override
    public Class<SurgeInput> valueClass() {
        return SurgeInput.class;
    }

    @Override
    public int version() {
        return 1;
    }

    @Override
    public void write(SurgeInput value, DataOutputView out) throws IOException {
        if (value instanceof SurgeInput.Report report) {
            out.writeByte(REPORT);
            event(report.event(), out);
        } else if (value instanceof SurgeInput.Version version) {
            out.writeByte(VERSION);
            Wire.reference(version.reference(), out);
        } else if (value instanceof SurgeInput.Output output) {
            out.writeByte(OUTPUT);
            Wire.text(output.lineId(), out);
            Wire.text(output.productId(), out);
            out.writeLong(output.productionDay());
            out.writeLong(output.goodUnits());
            out.writeLong(output.scrapUnits());
            stamp(output.stamp(), out);
        } else if (value instanceof SurgeInput.Heard heard) {
            out.writeByte(HEARD);
            Wire.text(heard.lineId(), out);
            out.writeLong(heard.atMs());
        }
        out.writeLong(value.readAtWatermarkMs());
    }

    @Override
    public SurgeInput read(DataInputView in, int version) throws IOException {
        byte kind = in.readByte();
        return switch (kind) {
            case REPORT -> new SurgeInput.Report(event(in), in.readLong());
            case VERSION -> new SurgeInput.Version(Wire.reference(in), in.readLong());
            case OUTPUT ->
                new SurgeInput.Output(
                        Wire.text(in),
                        Wire.text(in),
                        in.readLong(),
                        in.readLong(),
                        in.readLong(),
                        stamp(in),
                        in.readLong());
            case HEARD -> new SurgeInput.Heard(Wire.text(in), in.readLong(), in.readLong());
            default -> throw new IOException("an input of surge readiness starts with " + kind + ", must be 0 to 3");
        };
    }

    static void event(Ingested.Other event, DataOutputView out) throws IOException {
        Wire.origin(event.origin(), out);
        Wire.text(event.id(), out);
        out.writeLong(event.eventTimeMs());
        Wire.bytes(event.body(), out);
    }

    static Ingested.Other event(DataInputView in) throws IOException {
        return new Ingested.Other(Wire.origin(in), Wire.text(in), in.readLong(), Wire.bytes(in));
    }

    static void stamp(RowStamp stamp, DataOutputView out) throws IOException {
        out.writeInt(stamp.generation());
        out.writeLong(stamp.version());
        out.writeLong(stamp.watermarkMs());
    }

    static RowStamp stamp(DataInputView in) throws IOException {
        return new RowStamp(in.readInt(), in.readLong(), in.readLong());
    }
}
