package org.capacityboard.schemas;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.avro.Schema;
import org.apache.avro.SchemaNormalization;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DatumReader;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificDatumReader;
import org.apache.avro.specific.SpecificDatumWriter;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/**
 * Events as bytes: Avro single-object encoding, that is a two-byte marker, the fingerprint of the writer's schema and the
 * body. Safe for use by many threads.
 */
public final class EventCodec {
    /** How many bytes stand before the body: marker and fingerprint. */
    public static final int HEADER_BYTES = 10;

    private static final byte[] MARKER = {(byte) 0xC3, 0x01};
    private static final Map<Class<?>, Format> FORMATS = Arrays.stream(Topic.values())
            .map(Topic::schema)
            .filter(Objects::nonNull)
            .map(Format::of)
            .collect(Collectors.toUnmodifiableMap(Format::type, Function.identity()));

    private EventCodec() {}

    /**
     * How events of one type are written and read by this release.
     *
     * @param reader reads what {@code writer} wrote; made once, for making it costs more than reading an event
     */
    private record Format(
            Class<?> type,
            Schema schema,
            SpecificData model,
            SpecificDatumWriter<Object> writer,
            DatumReader<SpecificRecord> reader,
            byte[] header) {
        static Format of(Schema schema) {
            Class<?> type = SpecificData.get().getClass(schema);
            SpecificData model = SpecificData.getForClass(type);
            byte[] header = ByteBuffer.allocate(HEADER_BYTES)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .put(MARKER)
                    .putLong(fingerprint(schema))
                    .array();
            return new Format(
                    type, schema, model, new SpecificDatumWriter<>(schema, model), reader(model, schema), header);
        }

        /** For many threads: it is whole before any of them sees it, which Avro's usual reader is not. */
        private static DatumReader<SpecificRecord> reader(SpecificData model, Schema schema) {
            try {
                return model.getFastReaderBuilder().createDatumReader(schema);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** The event with marker and fingerprint, as it stands in Kafka. */
    public static byte[] encode(SpecificRecord event) {
        Format format = format(event.getClass());
        ByteArrayOutputStream out = new ByteArrayOutputStream(128);
        out.writeBytes(format.header);
        return write(event, format, out);
    }

    /** The event's canonical bytes: its body in this release's schema, without marker and fingerprint. Equal events have equal bytes. */
    public static byte[] body(SpecificRecord event) {
        return write(event, format(event.getClass()), new ByteArrayOutputStream(128));
    }

    /** The event with these canonical bytes. */
    public static SpecificRecord fromBody(byte[] body, Topic topic) {
        return read(body, 0, format(topic).reader, topic);
    }

    /** The event in {@code bytes} (as made by {@link #encode}, here or by another writer), read as this release knows the topic. */
    public static SpecificRecord decode(byte[] bytes, Schema writer, Topic topic) {
        fingerprint(bytes);
        Schema reader = topic.eventSchema();
        return read(bytes, HEADER_BYTES, new SpecificDatumReader<>(writer, reader, format(topic).model), topic);
    }

    /** Fingerprint of the writer schema of encoded bytes. */
    public static long fingerprint(byte[] bytes) {
        if (bytes.length < HEADER_BYTES || bytes[0] != MARKER[0] || bytes[1] != MARKER[1]) {
            throw new UnreadableEventException(
                    "The record starts with %s (%d bytes in all): it must start with the marker c301 and 8 bytes of fingerprint.\nMaybe it was written as JSON or plain Avro: write Avro single-object encoding."
                            .formatted(start(bytes), bytes.length),
                    null);
        }
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getLong(MARKER.length);
    }

    /** CRC-64-AVRO of the schema's canonical form: what makes two schemas read alike, without documentation and defaults. */
    public static long fingerprint(Schema schema) {
        return SchemaNormalization.parsingFingerprint64(schema);
    }

    private static Format format(Class<?> type) {
        Format format = FORMATS.get(type);
        if (format == null) {
            throw new IllegalArgumentException("No topic carries events of type " + type.getSimpleName() + ".");
        }
        return format;
    }

    private static byte[] write(SpecificRecord event, Format format, ByteArrayOutputStream out) {
        try {
            BinaryEncoder encoder = EncoderFactory.get().directBinaryEncoder(out, null);
            format.writer.write(event, encoder);
            encoder.flush();
            return out.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Format format(Topic topic) {
        return format(SpecificData.get().getClass(topic.eventSchema()));
    }

    private static SpecificRecord read(byte[] bytes, int offset, DatumReader<SpecificRecord> reader, Topic topic) {
        SpecificRecord event;
        boolean isWhole;
        try {
            BinaryDecoder decoder = DecoderFactory.get().binaryDecoder(bytes, offset, bytes.length - offset, null);
            event = reader.read(null, decoder);
            isWhole = decoder.isEnd();
        } catch (IOException | RuntimeException e) {
            // Avro meets rubbish with many kinds of exceptions; all of them speak of the bytes.
            throw unreadable(topic, bytes, String.valueOf(e.getMessage()), e);
        }
        if (!isWhole) {
            throw unreadable(topic, bytes, "bytes are left after its last field", null);
        }
        return event;
    }

    static UnreadableEventException unreadable(Topic topic, byte[] bytes, String why, @Nullable Throwable cause) {
        return new UnreadableEventException(
                "The record of topic %s (%d bytes, starting with %s) is not what its schema says: %s.\nMaybe it was cut off or damaged on its way."
                        .formatted(topic.baseName(), bytes.length, start(bytes), why),
                cause);
    }

    private static String start(byte[] bytes) {
        return HexFormat.of().formatHex(bytes, 0, Math.min(bytes.length, HEADER_BYTES));
    }
}
