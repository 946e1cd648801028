package org.capacityboard.flink.operators;

import java.io.IOException;
import java.util.Objects;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;
import org.apache.flink.types.StringValue;
import org.capacityboard.flink.ingest.Ingested;
import org.capacityboard.flink.ingest.Origin;
import org.jspecify.annotations.Nullable;

/** Parts that several wire formats share. */
final class Wire {
    private Wire() {}

    static void text(@Nullable String value, DataOutputView out) throws IOException {
        StringValue.writeString(value, out);
    }

    static @Nullable String maybeText(DataInputView in) throws IOException {
        return StringValue.readString(in);
    }

    static String text(DataInputView in) throws IOException {
        return Objects.requireNonNull(StringValue.readString(in), "text that may not be absent");
    }

    static void bytes(byte[] value, DataOutputView out) throws IOException {
        out.writeInt(value.length);
        out.write(value);
    }

    static byte[] bytes(DataInputView in) throws IOException {
        byte[] value = new byte[in.readInt()];
        in.readFully(value);
        return value;
    }

    static void origin(Origin origin, DataOutputView out) throws IOException {
        text(origin.topic(), out);
        out.writeInt(origin.partition());
        out.writeLong(origin.offset());
        out.writeLong(origin.receivedAtMs());
    }

    static Origin origin(DataInputView in) throws IOException {
        return new Origin(text(in), in.readInt(), in.readLong(), in.readLong());
    }

    static void reference(Ingested.Reference reference, DataOutputView out) throws IOException {
        origin(reference.origin(), out);
        text(reference.id(), out);
        out.writeLong(reference.validFromMs());
        out.writeLong(reference.revision());
        bytes(reference.body(), out);
    }

    static Ingested.Reference reference(DataInputView in) throws IOException {
        return new Ingested.Reference(origin(in), text(in), in.readLong(), in.readLong(), bytes(in));
    }
}
