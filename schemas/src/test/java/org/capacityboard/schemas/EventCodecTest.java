package org.capacityboard.schemas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Random;
import java.util.Set;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificRecord;
import org.capacityboard.events.LineTelemetry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

final class EventCodecTest {
    private static final String TOPICS = "org.capacityboard.schemas.RandomEvents#topics";

    @ParameterizedTest
    @MethodSource(TOPICS)
    void what_is_encoded_is_decoded(Topic topic) {
        RandomEvents events = new RandomEvents(topic.ordinal());
        for (int i = 0; i < 200; i++) {
            SpecificRecord event = events.next(topic);

            byte[] bytes = EventCodec.encode(event);

            assertThat(EventCodec.fingerprint(bytes)).isEqualTo(EventCodec.fingerprint(topic.eventSchema()));
            assertThat(EventCodec.decode(bytes, topic.eventSchema(), topic)).isEqualTo(event);
        }
    }

    @ParameterizedTest
    @MethodSource(TOPICS)
    void the_body_is_what_follows_the_header_and_reads_back(Topic topic) {
        SpecificRecord event = new RandomEvents(7).next(topic);
        byte[] bytes = EventCodec.encode(event);

        byte[] body = EventCodec.body(event);

        assertThat(body).isEqualTo(Arrays.copyOfRange(bytes, EventCodec.HEADER_BYTES, bytes.length));
        assertThat(EventCodec.fromBody(body, topic)).isEqualTo(event);
    }

    @Test
    void the_header_is_marker_and_little_endian_fingerprint() {
        // The example of the Avro specification: the fingerprint of "int".
        assertThat(EventCodec.fingerprint(Schema.create(Schema.Type.INT))).isEqualTo(0x7275d51a3f395c8fL);

        byte[] bytes = EventCodec.encode(new RandomEvents(1).next(Topic.LINE_TELEMETRY));

        String bigEndian = RegisteredSchema.hex(EventCodec.fingerprint(LineTelemetry.getClassSchema()));
        byte[] fingerprint = HexFormat.of().parseHex(bigEndian);
        assertThat(bytes).startsWith(0xC3, 0x01, fingerprint[7], fingerprint[6]);
    }

    @Test
    void every_topic_has_a_fingerprint_of_its_own() {
        Set<Long> fingerprints = new HashSet<>();
        RandomEvents.topics().forEach(topic -> fingerprints.add(EventCodec.fingerprint(topic.eventSchema())));

        assertThat(fingerprints).hasSize((int) RandomEvents.topics().count());
        assertThat(fingerprints).allSatisfy(fingerprint -> assertThat(
                        SchemaLookup.ofThisRelease().find(fingerprint))
                .isNotNull());
        assertThat(SchemaLookup.ofThisRelease().find(42)).isNull();
    }

    @Test
    void bytes_without_the_marker_are_unreadable() {
        byte[] text = "{\"lineId\":\"l1\"}".getBytes(StandardCharsets.UTF_8);

        assertThatThrownBy(() -> EventCodec.fingerprint(text))
                .isInstanceOf(UnreadableEventException.class)
                .hasMessageContaining("starts with 7b226c696e654964223a (15 bytes in all)")
                .hasMessageContaining("Maybe");
        assertThatThrownBy(() -> EventCodec.fingerprint(new byte[] {(byte) 0xC3, 1, 0}))
                .isInstanceOf(UnreadableEventException.class);
    }

    @ParameterizedTest
    @MethodSource(TOPICS)
    void a_cut_or_lengthened_record_is_unreadable(Topic topic) {
        byte[] bytes = EventCodec.encode(new RandomEvents(3).next(topic));

        for (int length = EventCodec.HEADER_BYTES; length <= bytes.length + 1; length++) {
            byte[] cut = Arrays.copyOf(bytes, length);
            if (length != bytes.length) {
                assertThatThrownBy(() -> EventCodec.decode(cut, topic.eventSchema(), topic))
                        .isInstanceOf(UnreadableEventException.class)
                        .hasMessageContaining(topic.baseName());
            }
        }
    }

    @ParameterizedTest
    @MethodSource(TOPICS)
    void rubbish_is_read_or_refused_and_never_an_error_of_the_machine(Topic topic) {
        Random random = new Random(topic.ordinal());
        RandomEvents events = new RandomEvents(5);
        for (int i = 0; i < 2_000; i++) {
            byte[] bytes = EventCodec.encode(events.next(topic));
            for (int damage = 1 + random.nextInt(6); damage > 0; damage--) {
                int at = EventCodec.HEADER_BYTES + random.nextInt(bytes.length - EventCodec.HEADER_BYTES);
                bytes[at] = (byte) (random.nextBoolean() ? 0xFF : random.nextInt());
            }
            try {
                assertThat(EventCodec.decode(bytes, topic.eventSchema(), topic)).isNotNull();
            } catch (UnreadableEventException refused) {
                assertThat(refused).hasMessageContaining("is not what its schema says");
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"feffffff0f", "feffffff07", "8080808008"})
    void a_text_that_claims_a_gigabyte_is_refused_without_reserving_it(String claimedLength) {
        byte[] bytes = HexFormat.of().parseHex("c301" + "0000000000000000" + claimedLength + "6162");
        ThreadMXBean thread = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = thread.getCurrentThreadAllocatedBytes();

        assertThatThrownBy(() -> EventCodec.decode(bytes, LineTelemetry.getClassSchema(), Topic.LINE_TELEMETRY))
                .isInstanceOf(UnreadableEventException.class);

        assertThat(thread.getCurrentThreadAllocatedBytes() - before).isLessThan(100_000_000);
    }

    @Test
    void the_topic_schemas_carries_no_events() {
        assertThatThrownBy(() -> EventCodec.fromBody(new byte[0], Topic.SCHEMAS))
                .hasMessage("Topic 'schemas' carries schemas, not events.");
    }
}
