package org.capacityboard.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.capacityboard.events.LineTelemetry;
import org.capacityboard.events.MachineState;
import org.junit.jupiter.api.Test;

class TelemetryEncoderTest {
    private static final Instant EVENT_TIME = Instant.parse("2026-03-02T06:00:00.001Z");

    @Test
    void bytes_are_the_codecs_for_ids_and_numbers_of_any_length() {
        TelemetryEncoder encoder = new TelemetryEncoder();
        for (int length = 1; length <= 64; length++) {
            LineTelemetry event = LineTelemetry.newBuilder()
                    .setLineId("L".repeat(length))
                    .setSessionId(length)
                    .setSequence(Long.MAX_VALUE >> length - 1)
                    .setEventTime(EVENT_TIME)
                    .setState(MachineState.values()[length % MachineState.values().length])
                    .setReasonCode(length % 3 == 0 ? null : "R".repeat(length))
                    .setProductId(length % 5 == 0 ? null : "p".repeat(length))
                    .setGoodCount(Long.MAX_VALUE >> length)
                    .setScrapCount(length)
                    .setReworkCount(length % 2 == 0 ? null : (long) length)
                    .build();

            byte[] written = encoder.encode(
                    TelemetryEncoder.prefix(event.getLineId()),
                    event.getSessionId(),
                    event.getSequence(),
                    EVENT_TIME.toEpochMilli(),
                    event.getState(),
                    event.getReasonCode(),
                    event.getProductId(),
                    event.getGoodCount(),
                    event.getScrapCount(),
                    event.getReworkCount() == null ? TelemetryEncoder.NOT_COUNTED : event.getReworkCount());

            assertThat(written).isEqualTo(EventCodec.encode(event));
        }
    }
}
