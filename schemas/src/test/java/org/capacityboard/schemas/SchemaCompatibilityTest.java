package org.capacityboard.schemas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.capacityboard.events.LineTelemetry;
import org.capacityboard.events.MachineState;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class SchemaCompatibilityTest {
    private static final String TELEMETRY = LineTelemetry.getClassSchema().toString();
    private static final String LAST_STATE = "\"OFFLINE\"]";

    @ParameterizedTest
    @MethodSource("org.capacityboard.schemas.RandomEvents#topics")
    void what_this_release_writes_it_can_read(Topic topic) {
        assertThat(SchemaCompatibility.problems(topic.eventSchema(), topic)).isEmpty();
        assertThat(SchemaCompatibility.topicOf(topic.eventSchema())).isEqualTo(topic);
    }

    @Test
    void an_edge_with_a_newer_schema_is_read() throws IOException {
        Schema newer = new Schema.Parser()
                .parse(
                        TELEMETRY
                                .replace(LAST_STATE, "\"OFFLINE\",\"STARVED\"]")
                                .replace(
                                        "\"fields\":[",
                                        "\"fields\":[{\"name\":\"firmware\",\"type\":[\"null\",\"string\"],\"default\":null},"));
        GenericRecord report = new GenericData.Record(newer);
        report.put("firmware", "9.1");
        report.put("lineId", "l1");
        report.put("sessionId", 5L);
        report.put("sequence", 7L);
        report.put("eventTime", 1_000L);
        report.put("state", new GenericData.EnumSymbol(newer.getField("state").schema(), "STARVED"));
        report.put("goodCount", 12L);
        report.put("scrapCount", 0L);

        LineTelemetry read = (LineTelemetry) EventCodec.decode(encode(report), newer, Topic.LINE_TELEMETRY);

        assertThat(SchemaCompatibility.problems(newer, Topic.LINE_TELEMETRY)).isEmpty();
        assertThat(read.getLineId()).isEqualTo("l1");
        assertThat(read.getState()).isEqualTo(MachineState.OFFLINE);
        assertThat(read.getGoodCount()).isEqualTo(12);
    }

    @Test
    void a_schema_without_a_field_that_must_be_there_is_incompatible() {
        Schema writer = new Schema.Parser().parse(TELEMETRY.replace("\"name\":\"goodCount\"", "\"name\":\"count\""));

        assertThat(SchemaCompatibility.problems(writer, Topic.LINE_TELEMETRY))
                .singleElement()
                .asString()
                .contains("field 'goodCount' is missing and has no default");
    }

    @Test
    void an_order_type_that_nobody_knows_is_incompatible() {
        Schema writer = new Schema.Parser()
                .parse(Topic.ORDERS.eventSchema().toString().replace("\"CANCELLED\"]", "\"CANCELLED\",\"PAUSED\"]"));

        assertThat(SchemaCompatibility.problems(writer, Topic.ORDERS))
                .singleElement()
                .asString()
                .contains("PAUSED");
    }

    @Test
    void a_clock_in_microseconds_is_incompatible_although_its_fingerprint_is_the_same() {
        Schema writer = new Schema.Parser().parse(TELEMETRY.replace("timestamp-millis", "timestamp-micros"));

        assertThat(EventCodec.fingerprint(writer)).isEqualTo(EventCodec.fingerprint(LineTelemetry.getClassSchema()));
        assertThat(SchemaCompatibility.problems(writer, Topic.LINE_TELEMETRY))
                .containsExactly("At /eventTime: it is timestamp-micros: it must be timestamp-millis.");
    }

    @Test
    void a_schema_with_another_name_is_of_no_topic() {
        Schema writer = new Schema.Parser().parse(TELEMETRY.replace("\"LineTelemetry\"", "\"Telemetry\""));

        assertThat(SchemaCompatibility.topicOf(writer)).isNull();
        assertThat(SchemaCompatibility.problems(writer, Topic.LINE_TELEMETRY))
                .containsExactly(
                        "It is called org.capacityboard.events.Telemetry: events of topic line-telemetry are called org.capacityboard.events.LineTelemetry.");
    }

    @Test
    void a_registered_schema_keeps_its_fingerprint_on_the_way() {
        RegisteredSchema entry = RegisteredSchema.of(LineTelemetry.getClassSchema());

        assertThat(entry.key()).hasSize(16).isEqualTo(RegisteredSchema.hex(entry.fingerprint()));
        assertThat(RegisteredSchema.parse(entry.key(), entry.json())).isEqualTo(entry);
    }

    @Test
    void an_entry_that_is_no_schema_or_another_one_is_refused() {
        String json = RegisteredSchema.of(LineTelemetry.getClassSchema()).json();

        assertThatThrownBy(() -> RegisteredSchema.parse("00000000000000ff", json))
                .isInstanceOf(UnreadableEventException.class)
                .hasMessageContaining("'00000000000000ff'")
                .hasMessageContaining("key and fingerprint must be equal");
        assertThatThrownBy(() -> RegisteredSchema.parse("00000000000000ff", "{\"type\":\"rekord\"}"))
                .isInstanceOf(UnreadableEventException.class)
                .hasMessageContaining("is not an Avro schema");
    }

    @Test
    void a_lookup_asks_the_next_one_for_what_it_does_not_know() {
        Schema edge = Schema.createRecord("Edge", null, "org.example", false);
        SchemaLookup lookup = SchemaLookup.ofThisRelease().orElse(fingerprint -> fingerprint == 42 ? edge : null);

        assertThat(lookup.find(42)).isSameAs(edge);
        assertThat(lookup.find(EventCodec.fingerprint(LineTelemetry.getClassSchema())))
                .isEqualTo(LineTelemetry.getClassSchema());
        assertThat(lookup.find(43)).isNull();
    }

    private static byte[] encode(GenericRecord event) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(ByteBuffer.allocate(EventCodec.HEADER_BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put((byte) 0xC3)
                .put((byte) 1)
                .putLong(EventCodec.fingerprint(event.getSchema()))
                .array());
        BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(out, null);
        new GenericDatumWriter<GenericRecord>(event.getSchema()).write(event, encoder);
        encoder.flush();
        return out.toByteArray();
    }
}
