package org.capacityboard.flink.ingest;

import java.io.IOException;
import java.util.Objects;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;
import org.apache.flink.types.StringValue;
import org.capacityboard.flink.types.SlimCodec;

/** Bytes of an {@link Ingested}. The steps after a source are chained to it, so only a graph that was taken apart writes any. */
public enum IngestedCodec implements SlimCodec<Ingested> {
    INSTANCE;

    private static final RejectReason[] REASONS = RejectReason.values();
    private static final byte TELEMETRY = 0;
    private static final byte REFERENCE = 1;
    private static final byte OTHER = 2;
    private static final byte REFUSED = 3;

    @Override
    public Class<Ingested> valueClass() {
        return Ingested.class;
    }

    @Override
    public int version() {
        return 1;
    }

    @Override
    public void write(Ingested value, DataOutputView out) throws IOException {
        if (value instanceof Ingested.Telemetry telemetry) {
            out.writeByte(TELEMETRY);
            origin(value.origin(), out);
            out.writeLong(telemetry.eventTimeMs());
            bytes(telemetry.record(), out);
            out.writeInt(telemetry.lineIdFrom());
            out.writeInt(telemetry.lineIdTo());
        } else if (value instanceof Ingested.Reference reference) {
            out.writeByte(REFERENCE);
            origin(value.origin(), out);
            StringValue.writeString(reference.id(), out);
            out.writeLong(reference.validFromMs());
            out.writeLong(reference.revision());
            bytes(reference.body(), out);
        } else if (value instanceof Ingested.Other other) {
            out.writeByte(OTHER);
            origin(value.origin(), out);
            StringValue.writeString(other.id(), out);
            out.writeLong(other.eventTimeMs());
            bytes(other.body(), out);
        } else if (value instanceof Ingested.Refused refused) {
            out.writeByte(REFUSED);
            origin(value.origin(), out);
            out.writeByte(refused.rejection().code().ordinal());
            StringValue.writeString(refused.rejection().reason(), out);
            out.writeLong(refused.rejection().eventTimeMs());
            StringValue.writeString(refused.rejection().payload(), out);
        }
    }

    @Override
    public Ingested read(DataInputView in, int version) throws IOException {
        byte kind = in.readByte();
        Origin origin = new Origin(text(in), in.readInt(), in.readLong(), in.readLong());
        return switch (kind) {
            case TELEMETRY -> new Ingested.Telemetry(origin, in.readLong(), bytes(in), in.readInt(), in.readInt());
            case REFERENCE -> new Ingested.Reference(origin, text(in), in.readLong(), in.readLong(), bytes(in));
            case OTHER -> new Ingested.Other(origin, text(in), in.readLong(), bytes(in));
            case REFUSED ->
                new Ingested.Refused(new Rejection(origin, REASONS[in.readByte()], text(in), in.readLong(), text(in)));
            default -> throw new IOException("a record that was read starts with " + kind + ", must be 0 to 3");
        };
    }

    private static void origin(Origin origin, DataOutputView out) throws IOException {
        StringValue.writeString(origin.topic(), out);
        out.writeInt(origin.partition());
        out.writeLong(origin.offset());
        out.writeLong(origin.receivedAtMs());
    }

    private static void bytes(byte[] value, DataOutputView out) throws IOException {
        out.writeInt(value.length);
        out.write(value);
    }

    private static byte[] bytes(DataInputView in) throws IOException {
        byte[] value = new byte[in.readInt()];
        in.readFully(value);
        return value;
    }

    private static String text(DataInputView in) throws IOException {
        return Objects.requireNonNull(StringValue.readString(in), "text that may not be absent");
    }
}
