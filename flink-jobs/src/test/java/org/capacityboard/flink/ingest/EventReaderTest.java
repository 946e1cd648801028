package org.capacityboard.flink.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.capacityboard.flink.ingest.Events.FIVE_MINUTES;
import static org.capacityboard.flink.ingest.Events.T0;
import static org.capacityboard.flink.ingest.Events.T0_MS;
import static org.capacityboard.flink.ingest.Events.plant;
import static org.capacityboard.flink.ingest.Events.shiftPlan;
import static org.capacityboard.flink.ingest.Events.telemetry;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.generic.GenericRecordBuilder;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificRecord;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.capacityboard.domain.reference.PlantVersion;
import org.capacityboard.domain.reference.Versions;
import org.capacityboard.domain.throughput.LineReport;
import org.capacityboard.domain.throughput.MachineState;
import org.capacityboard.events.LineTelemetry;
import org.capacityboard.events.PlanBreak;
import org.capacityboard.schemas.EventCodec;
import org.capacityboard.schemas.EventJson;
import org.capacityboard.schemas.SchemaLookup;
import org.capacityboard.schemas.TelemetryDecoder;
import org.capacityboard.schemas.Topic;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class EventReaderTest {
    private final EventReader reader = new EventReader(SchemaLookup.ofThisRelease(), FIVE_MINUTES);

    @Test
    void report_is_read_field_by_field() {
        LineTelemetry sent =
                telemetry().setReasonCode("R-12").setReworkCount(3L).build();

        Ingested read = reader.read(Topic.LINE_TELEMETRY, 3, 42, T0_MS, EventCodec.encode(sent));

        assertThat(read.origin()).isEqualTo(new Origin("line-telemetry", 3, 42, T0_MS));
        assertThat(read.eventTimeMs()).isEqualTo(T0_MS);
        assertThat(Events.reportOf(read))
                .isEqualTo(new LineReport("L1", T0_MS, 7, T0_MS, MachineState.EXECUTE, "R-12", null, null, 100, 2, 3));
    }

    @Test
    void bytes_that_are_no_event_are_refused_in_hex() {
        Rejection refused = refusal(Topic.LINE_TELEMETRY, new byte[] {1, 2, 3});

        assertThat(refused.code()).isEqualTo(RejectReason.UNREADABLE);
        assertThat(refused.payload()).isEqualTo("hex:010203");
    }

    @Test
    void record_without_a_value_is_refused() {
        assertThat(((Ingested.Refused) reader.read(Topic.PLANTS, 0, 0, T0_MS, null))
                        .rejection()
                        .code())
                .isEqualTo(RejectReason.UNREADABLE);
    }

    @Test
    void damaged_bytes_are_refused_and_never_believed() {
        Random dice = new Random(7);
        for (SpecificRecord event :
                List.of(telemetry().build(), plant().build(), shiftPlan().build())) {
            byte[] whole = EventCodec.encode(event);
            for (int i = 0; i < 2_000; i++) {
                byte[] damaged = Arrays.copyOf(whole, whole.length - dice.nextInt(3));
                damaged[EventCodec.HEADER_BYTES + dice.nextInt(damaged.length - EventCodec.HEADER_BYTES)] =
                        (byte) dice.nextInt();
                assertThat(reader.read(Topic.of(event), 0, i, T0_MS, damaged)).isNotNull();
            }
            Rejection cutOff = refusal(Topic.of(event), Arrays.copyOf(whole, whole.length - 1));
            assertThat(cutOff.code()).isEqualTo(RejectReason.UNREADABLE);
            assertThat(cutOff.reason()).contains("it ends inside a field").contains("\nMaybe it was cut off");
        }
    }

    @Test
    void length_of_two_gigabytes_is_refused_without_asking_for_them() {
        byte[] start = Arrays.copyOf(EventCodec.encode(plant().build()), EventCodec.HEADER_BYTES + 5);
        byte[] twoGigabytes = {(byte) 0xfc, (byte) 0xff, (byte) 0xff, (byte) 0xff, 0x0f};
        System.arraycopy(twoGigabytes, 0, start, EventCodec.HEADER_BYTES, twoGigabytes.length);

        assertThat(refusal(Topic.PLANTS, start).code()).isEqualTo(RejectReason.UNREADABLE);
    }

    @Test
    void schema_that_nobody_registered_is_refused_by_its_fingerprint() throws IOException {
        Rejection refused = refusal(Topic.LINE_TELEMETRY, newer(SchemaOfEdge.NEWER));

        assertThat(refused.code()).isEqualTo(RejectReason.UNKNOWN_SCHEMA);
        assertThat(refused.reason()).contains("nobody registered").contains("\nMaybe ");
    }

    @Test
    void newer_and_older_compatible_writers_are_read() throws IOException {
        EventReader informed = informed();

        for (Schema schema : List.of(SchemaOfEdge.NEWER, SchemaOfEdge.OLDER)) {
            Ingested read = informed.read(Topic.LINE_TELEMETRY, 0, 0, T0_MS, newer(schema));

            assertThat(Events.reportOf(read))
                    .isEqualTo(
                            new LineReport("L1", T0_MS, 7, T0_MS, MachineState.EXECUTE, null, null, null, 100, 2, -1));
        }
    }

    @Test
    void incompatible_writer_and_wrong_topic_are_refused() throws IOException {
        Rejection incompatible = ((Ingested.Refused)
                        informed().read(Topic.LINE_TELEMETRY, 0, 0, T0_MS, newer(SchemaOfEdge.WITHOUT_COUNTERS)))
                .rejection();
        Rejection wrongTopic = refusal(Topic.LINE_TELEMETRY, EventCodec.encode(plant().build()));

        assertThat(incompatible.code()).isEqualTo(RejectReason.INCOMPATIBLE_SCHEMA);
        assertThat(incompatible.reason()).contains("goodCount");
        assertThat(wrongTopic.code()).isEqualTo(RejectReason.INCOMPATIBLE_SCHEMA);
        assertThat(wrongTopic.reason()).contains("Plant");
    }

    @ParameterizedTest
    @CsvSource({
        "eventTime, 2090-01-01T00:00:00Z, FUTURE_EVENT",
        "eventTime, 2026-03-02T06:05:00.001Z, FUTURE_EVENT",
        "eventTime, 1970-01-01T00:00:00Z, ANCIENT_EVENT",
        "goodCount, -5, NEGATIVE_COUNT",
        "reworkCount, -1, NEGATIVE_COUNT",
        "sequence, -1, NEGATIVE_COUNT",
        "scrapCount, 9000000000000000000, BAD_VALUE",
        "lineId, '', MISSING_ID",
        "lineId, 'L 1', MALFORMED_ID",
        "productId, 'Shell 155', MALFORMED_ID",
        "orderId, 'Ü1', MALFORMED_ID"
    })
    void report_that_breaks_a_rule_is_refused_by_name(String field, String value, RejectReason code) {
        LineTelemetry sent = telemetry().build();
        Schema.Field of = sent.getSchema().getField(field);
        Object typed =
                switch (field) {
                    case "eventTime" -> Instant.parse(value);
                    case "lineId", "productId", "orderId" -> value;
                    default -> Long.valueOf(value);
                };
        sent.put(of.pos(), typed);

        Rejection refused = refusal(Topic.LINE_TELEMETRY, EventCodec.encode(sent));

        assertThat(refused.code()).isEqualTo(code);
        assertThat(refused.reason())
                .contains("'" + field + "'")
                .contains("must be")
                .contains("\nMaybe ");
        assertThat(refused.payload()).startsWith("{\"lineId\":");
        assertThat(refused.eventTimeMs()).isEqualTo(sent.getEventTime().toEpochMilli());
    }

    @Test
    void event_five_minutes_ahead_is_taken() {
        LineTelemetry sent = telemetry().setEventTime(T0.plus(FIVE_MINUTES)).build();

        assertThat(reader.read(Topic.LINE_TELEMETRY, 0, 0, T0_MS, EventCodec.encode(sent)))
                .isInstanceOf(Ingested.Telemetry.class);
    }

    @Test
    void control_character_is_refused_and_not_repeated() {
        Rejection refused = refusal(
                Topic.LINE_TELEMETRY,
                EventCodec.encode(telemetry().setReasonCode("a\0b").build()));

        assertThat(refused.code()).isEqualTo(RejectReason.BAD_VALUE);
        assertThat(refused.reason() + refused.payload()).doesNotContain("\0");
    }

    @Test
    void unknown_zone_is_refused_with_the_zone_that_was_meant() {
        Rejection refused = refusal(
                Topic.PLANTS,
                EventCodec.encode(plant().setTimeZone("europe/warsaw").build()));

        assertThat(refused.code()).isEqualTo(RejectReason.UNKNOWN_ZONE);
        assertThat(refused.reason()).endsWith("Maybe you meant Europe/Warsaw.");
    }

    @Test
    void day_starts_at_a_time_of_day() {
        assertThat(refusal(
                                Topic.PLANTS,
                                EventCodec.encode(plant().setDayStartsAt("6:00").build()))
                        .code())
                .isEqualTo(RejectReason.BAD_VALUE);

        Ingested read = reader.read(
                Topic.PLANTS,
                0,
                0,
                T0_MS,
                EventCodec.encode(plant().setDayStartsAt("06:30").build()));
        PlantVersion version = ReferenceReader.plant((Ingested.Reference) read);
        assertThat(version.dayStartsAtMinute()).isEqualTo(390);
        assertThat(version.validFromMs()).isEqualTo(Versions.ALWAYS);
    }

    @Test
    void interval_that_ends_before_it_starts_is_refused() {
        Rejection plan = refusal(
                Topic.SHIFT_PLANS,
                EventCodec.encode(shiftPlan().setEnd(T0.minusMillis(1)).build()));
        Rejection pause = refusal(
                Topic.SHIFT_PLANS,
                EventCodec.encode(shiftPlan()
                        .setBreaks(List.of(new PlanBreak(T0.plusSeconds(9), T0)))
                        .build()));

        assertThat(List.of(plan.code(), pause.code())).containsOnly(RejectReason.BAD_INTERVAL);
        assertThat(pause.reason()).contains("breaks[0].end");
    }

    @Test
    void break_outside_its_shift_is_harmless() {
        Ingested read = reader.read(
                Topic.SHIFT_PLANS, 0, 0, T0_MS, EventCodec.encode(shiftPlan().build()));

        assertThat(ReferenceReader.shiftPlan((Ingested.Reference) read).planId())
                .isEqualTo("P1");
    }

    @Test
    void typo_in_a_line_is_refused_with_the_line_number_and_the_field_that_was_meant() {
        String line = EventJson.write(telemetry().build()).replace("eventTime", "evenTime");

        Rejection refused = ((Ingested.Refused) reader.readLine(Topic.LINE_TELEMETRY, 17, line, T0_MS)).rejection();

        assertThat(refused.origin()).isEqualTo(new Origin("line-telemetry", 0, 17, Origin.NOT_RECEIVED));
        assertThat(refused.code()).isEqualTo(RejectReason.UNREADABLE);
        assertThat(refused.reason()).contains("evenTime").contains("Maybe you meant 'eventTime'");
        assertThat(refused.payload()).isEqualTo(line);
    }

    @Test
    void line_without_receive_time_is_guarded_by_the_wall_clock() {
        String line = EventJson.write(
                telemetry().setEventTime(T0.plus(FIVE_MINUTES).plusMillis(1)).build());

        assertThat(((Ingested.Refused) reader.readLine(Topic.LINE_TELEMETRY, 1, line, T0_MS))
                        .rejection()
                        .code())
                .isEqualTo(RejectReason.FUTURE_EVENT);
        assertThat(reader.readLine(Topic.LINE_TELEMETRY, 1, line, T0_MS + 1)).isInstanceOf(Ingested.Telemetry.class);
    }

    @Test
    void quick_judgement_of_a_report_agrees_with_the_rules() {
        EventRules rules = new EventRules(FIVE_MINUTES);
        TelemetryDecoder decoder = new TelemetryDecoder();
        Random dice = new Random(11);
        String[] texts = {"", "L1", "a b", "1320-01-ABC-1234", "UPPER", "ä", "x".repeat(65), "a\u0007"};
        for (int i = 0; i < 5_000; i++) {
            LineTelemetry sent = telemetry()
                    .setLineId(dice.nextInt(3) == 0 ? texts[dice.nextInt(texts.length)] : "L1")
                    .setOrderId(dice.nextBoolean() ? null : texts[dice.nextInt(texts.length)])
                    .setProductId(dice.nextBoolean() ? null : texts[dice.nextInt(texts.length)])
                    .setReasonCode(dice.nextBoolean() ? null : texts[dice.nextInt(texts.length)])
                    .setGoodCount(dice.nextLong() >> dice.nextInt(64))
                    .setReworkCount(dice.nextBoolean() ? null : (long) dice.nextInt(3) - 1)
                    .build();
            boolean keepsRules;
            try {
                rules.require(Topic.LINE_TELEMETRY, sent, T0_MS);
                keepsRules = true;
            } catch (BrokenRuleException e) {
                keepsRules = false;
            }
            byte[] record = EventCodec.encode(sent);
            decoder.decode(record);
            assertThat(rules.hold(decoder, record, T0_MS)).as("%s", sent).isEqualTo(keepsRules);
        }
    }

    @Test
    void codec_returns_what_it_wrote() throws IOException {
        Ingested telemetry = reader.read(
                Topic.LINE_TELEMETRY, 1, 2, T0_MS, EventCodec.encode(telemetry().build()));
        Ingested refused = Events.refused(T0_MS);
        Ingested reference = reader.read(Topic.PLANTS, 1, 2, T0_MS, EventCodec.encode(plant().build()));
        Ingested other = new Ingested.Other(telemetry.origin(), "O1", T0_MS, new byte[] {1, 2});
        for (Ingested record : List.of(telemetry, refused, reference, other)) {
            DataOutputSerializer out = new DataOutputSerializer(64);
            IngestedCodec.INSTANCE.write(record, out);
            DataInputDeserializer in = new DataInputDeserializer(out.getCopyOfBuffer());

            Ingested read = IngestedCodec.INSTANCE.read(in, 1);

            assertThat(in.available()).isZero();
            assertThat(read).usingRecursiveComparison().isEqualTo(record);
        }
    }

    private Rejection refusal(Topic topic, byte[] bytes) {
        return ((Ingested.Refused) reader.read(topic, 0, 0, T0_MS, bytes)).rejection();
    }

    private static EventReader informed() {
        Map<Long, Schema> registered = Map.of(
                EventCodec.fingerprint(SchemaOfEdge.NEWER), SchemaOfEdge.NEWER,
                EventCodec.fingerprint(SchemaOfEdge.OLDER), SchemaOfEdge.OLDER,
                EventCodec.fingerprint(SchemaOfEdge.WITHOUT_COUNTERS), SchemaOfEdge.WITHOUT_COUNTERS);
        return new EventReader(registered::get, FIVE_MINUTES);
    }

    private static byte[] newer(Schema schema) throws IOException {
        GenericRecordBuilder event = new GenericRecordBuilder(schema)
                .set("lineId", "L1")
                .set("sessionId", T0_MS)
                .set("sequence", 7L)
                .set("eventTime", T0_MS)
                .set(
                        "state",
                        new GenericData.EnumSymbol(schema.getField("state").schema(), "EXECUTE"));
        if (schema.getField("goodCount") != null) {
            event.set("goodCount", 100L).set("scrapCount", 2L);
        }
        GenericRecord record = event.build();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(ByteBuffer.allocate(EventCodec.HEADER_BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put((byte) 0xC3)
                .put((byte) 1)
                .putLong(EventCodec.fingerprint(schema))
                .array());
        BinaryEncoder encoder = EncoderFactory.get().directBinaryEncoder(out, null);
        new GenericDatumWriter<>(schema).write(record, encoder);
        return out.toByteArray();
    }

    /** Schemas of edges of another age than ours. */
    private static final class SchemaOfEdge {
        static final Schema NEWER = edge(true, true);
        static final Schema OLDER = edge(true, false);
        static final Schema WITHOUT_COUNTERS = edge(false, false);

        private static Schema edge(boolean hasCounters, boolean hasSpindle) {
            Schema state = SchemaBuilder.enumeration("org.capacityboard.events.MachineState")
                    .symbols("EXECUTE", "IDLE");
            SchemaBuilder.FieldAssembler<Schema> fields = SchemaBuilder.record("org.capacityboard.events.LineTelemetry")
                    .fields()
                    .requiredString("lineId")
                    .requiredLong("sessionId")
                    .requiredLong("sequence")
                    .requiredLong("eventTime")
                    .name("state")
                    .type(state)
                    .noDefault();
            if (hasCounters) {
                fields.requiredLong("goodCount").requiredLong("scrapCount");
            }
            if (hasSpindle) {
                fields.name("spindleRpm").type().intType().intDefault(0);
            }
            return fields.endRecord();
        }
    }
}
