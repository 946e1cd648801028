package org.capacityboard.flink.ingest;

import java.io.EOFException;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificDatumReader;
import org.apache.avro.specific.SpecificRecord;
import org.capacityboard.events.LineTelemetry;
import org.capacityboard.schemas.EventCodec;
import org.capacityboard.schemas.EventJson;
import org.capacityboard.schemas.EventJsonException;
import org.capacityboard.schemas.JsonEvent;
import org.capacityboard.schemas.RegisteredSchema;
import org.capacityboard.schemas.SchemaCompatibility;
import org.capacityboard.schemas.SchemaLookup;
import org.capacityboard.schemas.TelemetryDecoder;
import org.capacityboard.schemas.Topic;
import org.capacityboard.schemas.UnreadableEventException;
import org.jspecify.annotations.Nullable;

/** Turns what plants sent, bytes or lines of JSON, into valid records or into refusals that say why. Not for use by several threads. */
public final class EventReader {
    private final WriterSchemas schemas;
    private final EventRules rules;
    private final TelemetryDecoder telemetry = new TelemetryDecoder();
    private final Map<Topic, TopicReader> topics = new EnumMap<>(Topic.class);

    /**
     * @param schemas writer schemas besides those of this release
     * @param futureGuard how far an event may be ahead of its receipt
     */
    public EventReader(SchemaLookup schemas, Duration futureGuard) {
        this((fingerprint, receivedAtMs) -> schemas.find(fingerprint), futureGuard);
    }

    EventReader(WriterSchemas schemas, Duration futureGuard) {
        this.schemas = schemas;
        this.rules = new EventRules(futureGuard);
        for (Topic topic : Topic.values()) {
            Schema schema = topic.schema();
            if ((topic.isInput() || topic == Topic.LINE_FACTS) && schema != null) {
                topics.put(topic, new TopicReader(topic, schema));
            }
        }
    }

    /** Reads a record of Kafka: marker, fingerprint of the writer's schema, body. */
    public Ingested read(Topic topic, int partition, long offset, long receivedAtMs, byte @Nullable [] value) {
        TopicReader reader = reader(topic);
        Origin origin = new Origin(reader.name, partition, offset, receivedAtMs);
        if (value == null) {
            return refused(
                    origin, RejectReason.UNREADABLE, "The record has no value: it must hold an event.", new byte[0]);
        }
        long fingerprint;
        try {
            fingerprint = EventCodec.fingerprint(value);
        } catch (UnreadableEventException e) {
            return refused(origin, RejectReason.UNREADABLE, String.valueOf(e.getMessage()), value);
        }
        if (topic == Topic.LINE_TELEMETRY && fingerprint == reader.fingerprint) {
            try {
                telemetry.decode(value);
            } catch (UnreadableEventException e) {
                return refused(origin, RejectReason.UNREADABLE, String.valueOf(e.getMessage()), value);
            }
            return rules.hold(telemetry, value, receivedAtMs)
                    ? decoded(origin, value)
                    : accept(topic, origin, telemetry.toEvent(), receivedAtMs);
        }
        Writer writer = reader.writer(fingerprint, receivedAtMs);
        if (writer == null) {
            return refused(
                    origin,
                    RejectReason.UNKNOWN_SCHEMA,
                    "The record was written with schema %s, which nobody registered: its writer must put it into topic schemas first.\nMaybe the edge was updated, or the bytes are no event at all."
                            .formatted(RegisteredSchema.hex(fingerprint)),
                    value);
        }
        if (writer.events == null) {
            return refused(
                    origin,
                    RejectReason.INCOMPATIBLE_SCHEMA,
                    "The record was written with schema %s, which cannot be read as an event of topic %s. %s\nMaybe it was sent to the wrong topic."
                            .formatted(RegisteredSchema.hex(fingerprint), reader.name, writer.problem),
                    value);
        }
        SpecificRecord event;
        try {
            event = decode(value, writer.schema, writer.events);
        } catch (IOException | RuntimeException e) {
            return refused(
                    origin,
                    RejectReason.UNREADABLE,
                    "The record (%d bytes) is not what its schema says: %s.\nMaybe it was cut off or damaged on its way."
                            .formatted(
                                    value.length,
                                    e instanceof EOFException ? "it ends inside a field" : e.getMessage()),
                    value);
        }
        return accept(topic, origin, event, receivedAtMs);
    }

    /**
     * Reads a line of a JSON Lines file.
     *
     * @param nowMs the wall clock: a line without {@code receivedAt} counts as received at its eventTime, but never ahead of the clock
     */
    public Ingested readLine(Topic topic, long lineNumber, String line, long nowMs) {
        JsonEvent parsed;
        try {
            parsed = EventJson.parse(topic, line);
        } catch (EventJsonException e) {
            return new Ingested.Refused(new Rejection(
                    new Origin(reader(topic).name, 0, lineNumber, Origin.NOT_RECEIVED),
                    code(e),
                    String.valueOf(e.getMessage()),
                    Ingested.NO_EVENT_TIME,
                    Payloads.line(line)));
        }
        Instant receivedAt = parsed.receivedAt();
        long originMs = receivedAt == null ? Origin.NOT_RECEIVED : receivedAt.toEpochMilli();
        long eventTimeMs = reader(topic).eventTimeMs(parsed.event());
        long receivedAtMs = receivedAt == null ? Math.min(eventTimeMs, nowMs) : originMs;
        return accept(topic, new Origin(reader(topic).name, 0, lineNumber, originMs), parsed.event(), receivedAtMs);
    }

    /** Judges an event by the rules that it must keep by itself. */
    public Ingested accept(Topic topic, Origin origin, SpecificRecord event, long receivedAtMs) {
        TopicReader reader = reader(topic);
        if (event instanceof LineTelemetry) {
            byte[] record = EventCodec.encode(event);
            telemetry.decode(record);
            if (rules.hold(telemetry, record, receivedAtMs)) {
                return decoded(origin, record);
            }
        }
        try {
            rules.require(topic, event, receivedAtMs);
        } catch (BrokenRuleException e) {
            return new Ingested.Refused(new Rejection(
                    origin, e.code(), String.valueOf(e.getMessage()), reader.eventTimeMs(event), Payloads.json(event)));
        }
        return reader.accepted(origin, event);
    }

    private TopicReader reader(Topic topic) {
        return Objects.requireNonNull(topics.get(topic), () -> "topic " + topic.baseName() + " is no input");
    }

    /** Walks over the bytes before any of them is believed: a damaged length must not ask for gigabytes. */
    private static SpecificRecord decode(byte[] value, Schema schema, SpecificDatumReader<SpecificRecord> events)
            throws IOException {
        int length = value.length - EventCodec.HEADER_BYTES;
        BinaryDecoder walker = DecoderFactory.get().binaryDecoder(value, EventCodec.HEADER_BYTES, length, null);
        GenericDatumReader.skip(schema, walker);
        if (!walker.isEnd()) {
            throw new IOException("bytes are left after its last field");
        }
        return events.read(null, DecoderFactory.get().binaryDecoder(value, EventCodec.HEADER_BYTES, length, walker));
    }

    private static Ingested refused(Origin origin, RejectReason code, String reason, byte[] value) {
        return new Ingested.Refused(new Rejection(origin, code, reason, Ingested.NO_EVENT_TIME, Payloads.hex(value)));
    }

    private static RejectReason code(EventJsonException e) {
        return switch (e.problem()) {
            case NOT_JSON, UNEXPECTED_FIELD, WRONG_TYPE -> RejectReason.UNREADABLE;
            case MISSING_FIELD -> e.field().endsWith("Id") ? RejectReason.MISSING_ID : RejectReason.UNREADABLE;
            case NEGATIVE -> RejectReason.NEGATIVE_COUNT;
            case OUT_OF_RANGE -> RejectReason.BAD_VALUE;
        };
    }

    /** The record that was decoded last. */
    private Ingested.Telemetry decoded(Origin origin, byte[] record) {
        return new Ingested.Telemetry(
                origin, telemetry.eventTimeMs(), record, telemetry.lineIdFrom(), telemetry.lineIdTo());
    }

    /**
     * How events of one writer schema are read.
     *
     * @param events null if they cannot be
     * @param problem why not; empty if they can
     */
    private record Writer(Schema schema, @Nullable SpecificDatumReader<SpecificRecord> events, String problem) {}

    /** What a topic carries, and the writers met on it so far. */
    private final class TopicReader {
        private final Topic topic;
        private final String name;
        private final Schema schema;
        private final long fingerprint;
        private final SpecificData model;
        private final Schema.@Nullable Field eventTime;
        private final Map<Long, Writer> writers = new HashMap<>();

        TopicReader(Topic topic, Schema schema) {
            this.topic = topic;
            this.name = topic.baseName();
            this.schema = schema;
            this.fingerprint = EventCodec.fingerprint(schema);
            this.model = SpecificData.getForSchema(schema);
            this.eventTime = schema.getField(topic == Topic.LINE_FACTS ? "watermark" : "eventTime");
        }

        @Nullable
        Writer writer(long writerFingerprint, long receivedAtMs) {
            Writer known = writers.get(writerFingerprint);
            if (known != null) {
                return known;
            }
            Schema found = writerFingerprint == fingerprint ? schema : schemas.find(writerFingerprint, receivedAtMs);
            if (found == null) {
                return null;
            }
            List<String> problems = SchemaCompatibility.problems(found, topic);
            Writer writer = problems.isEmpty()
                    ? new Writer(found, new SpecificDatumReader<>(found, schema, model), "")
                    : new Writer(found, null, problems.get(0));
            writers.put(writerFingerprint, writer);
            return writer;
        }

        Ingested accepted(Origin origin, SpecificRecord event) {
            if (event instanceof LineTelemetry) {
                byte[] record = EventCodec.encode(event);
                telemetry.decode(record);
                return decoded(origin, record);
            }
            byte[] body = EventCodec.body(event);
            if (!topic.isReference()) {
                return new Ingested.Other(origin, topic.key(event), eventTimeMs(event), body);
            }
            String id = topic == Topic.SHIFT_PLANS ? text(event, "planId") : topic.key(event);
            Instant validFrom = (Instant) value(event, "validFrom");
            Long revision = (Long) Objects.requireNonNull(value(event, "revision"));
            return new Ingested.Reference(origin, id, ReferenceReader.validFromMs(validFrom), revision, body);
        }

        long eventTimeMs(SpecificRecord event) {
            return eventTime == null ? Ingested.NO_EVENT_TIME : ((Instant) event.get(eventTime.pos())).toEpochMilli();
        }

        private String text(SpecificRecord event, String field) {
            return String.valueOf(value(event, field));
        }

        private @Nullable Object value(SpecificRecord event, String field) {
            return event.get(schema.getField(field).pos());
        }
    }
}
