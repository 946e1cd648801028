package org.capacityboard.schemas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import org.apache.avro.specific.SpecificRecord;
import org.capacityboard.events.LineTelemetry;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class TelemetryDecoderTest {
    private static final String HEADER = HexFormat.of()
            .formatHex(EventCodec.encode(new RandomEvents(1).next(Topic.LINE_TELEMETRY)), 0, EventCodec.HEADER_BYTES);

    private final RandomEvents events = new RandomEvents(11);
    private final TelemetryDecoder decoder = new TelemetryDecoder();

    @Test
    void every_report_is_read_as_avro_reads_it() {
        for (int i = 0; i < 20_000; i++) {
            SpecificRecord event = events.next(Topic.LINE_TELEMETRY);

            boolean isRead = decoder.decode(EventCodec.encode(event));

            assertThat(isRead).isTrue();
            assertThat(decoder.toEvent()).isEqualTo(event);
            assertThat(decoder.body()).isEqualTo(EventCodec.body(event));
        }
    }

    @Test
    void damaged_bytes_are_read_or_refused_as_by_avro() {
        Random random = new Random(13);
        int read = 0;
        for (int i = 0; i < 50_000; i++) {
            byte[] bytes = EventCodec.encode(events.next(Topic.LINE_TELEMETRY));
            if (random.nextInt(4) == 0) {
                bytes = Arrays.copyOf(bytes, bytes.length - 3 + random.nextInt(6));
            }
            for (int damage = random.nextInt(4); damage > 0; damage--) {
                int at = EventCodec.HEADER_BYTES + random.nextInt(bytes.length - EventCodec.HEADER_BYTES);
                bytes[at] = (byte) (random.nextBoolean() ? 0x80 : random.nextInt());
            }

            SpecificRecord expected = byAvro(bytes);
            SpecificRecord actual = byHand(bytes);

            assertThat(actual).as(HexFormat.of().formatHex(bytes)).isEqualTo(expected);
            if (actual != null) {
                read++;
                assertThat(decoder.body()).isEqualTo(EventCodec.body(actual));
            }
        }
        assertThat(read).isBetween(10_000, 40_000);
    }

    @Test
    void numbers_with_needless_bytes_are_read_and_have_the_canonical_body() {
        String report = HEADER + "046c31" + "0a" + "8e00" + "00" + "00" + "00" + "00" + "00" + "18" + "00" + "00";
        byte[] bytes = HexFormat.of().parseHex(report);

        assertThat(decoder.decode(bytes)).isTrue();

        assertThat(decoder.sequence()).isEqualTo(7);
        assertThat(decoder.body()).isEqualTo(EventCodec.body(decoder.toEvent())).hasSize(bytes.length - 11);
    }

    @Test
    void a_repeated_text_is_the_same_string() {
        byte[] bytes = HexFormat.of()
                .parseHex(HEADER + "046c31" + "0a0e00" + "00" + "02" + "0431" + "32" + "0000" + "1800" + "00");
        decoder.decode(bytes);
        String lineId = decoder.lineId();
        String reasonCode = decoder.reasonCode();

        decoder.decode(bytes.clone());

        assertThat(decoder.lineId()).isSameAs(lineId).isEqualTo("l1");
        assertThat(decoder.reasonCode()).isSameAs(reasonCode).isEqualTo("12");
    }

    @Test
    void another_schema_is_left_to_avro() {
        byte[] bytes = EventCodec.encode(events.next(Topic.ORDERS));

        assertThat(decoder.decode(bytes)).isFalse();
    }

    @Test
    void bytes_without_a_header_are_unreadable() {
        assertThatThrownBy(() -> decoder.decode(new byte[] {1, 2, 3})).isInstanceOf(UnreadableEventException.class);
    }

    private static @Nullable SpecificRecord byAvro(byte[] bytes) {
        try {
            return EventCodec.decode(bytes, LineTelemetry.getClassSchema(), Topic.LINE_TELEMETRY);
        } catch (UnreadableEventException refused) {
            return null;
        }
    }

    private @Nullable SpecificRecord byHand(byte[] bytes) {
        try {
            decoder.decode(bytes);
            return decoder.toEvent();
        } catch (UnreadableEventException refused) {
            return null;
        }
    }
}
