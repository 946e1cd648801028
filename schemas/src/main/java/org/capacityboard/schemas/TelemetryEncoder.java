package org.capacityboard.schemas;

import java.time.Instant;
import java.util.Arrays;
import org.capacityboard.events.LineTelemetry;
import org.capacityboard.events.MachineState;
import org.jspecify.annotations.Nullable;

/**
 * Writes line telemetry with this release's schema, field by field and without making an event: several times as fast as
 * {@link EventCodec}, with the same bytes. All texts are ASCII by the rule for ids. Not for several threads.
 */
public final class TelemetryEncoder {
    /** {@code reworkCount} of a line that does not count rework. */
    public static final long NOT_COUNTED = -1;

    private static final int LONGEST_EVENT_BYTES = 512;

    private final byte[] buffer = new byte[LONGEST_EVENT_BYTES];
    private int length;

    /** What every event of a line starts with: marker, fingerprint and line id. */
    public static byte[] prefix(String lineId) {
        byte[] whole = EventCodec.encode(LineTelemetry.newBuilder()
                .setLineId(lineId)
                .setSessionId(0)
                .setSequence(0)
                .setEventTime(Instant.EPOCH)
                .setState(MachineState.EXECUTE)
                .setGoodCount(0)
                .setScrapCount(0)
                .build());
        int lengthPrefixBytes = 1 + lineId.length() / 64;
        return Arrays.copyOf(whole, EventCodec.HEADER_BYTES + lengthPrefixBytes + lineId.length());
    }

    /**
     * The bytes of a report that names no order, as they stand in Kafka.
     *
     * @param prefix of its line, by {@link #prefix}
     * @param eventTimeMs milliseconds since 1970 UTC
     * @param reworkCount {@link #NOT_COUNTED} if the line does not count it
     */
    public byte[] encode(
            byte[] prefix,
            long sessionId,
            long sequence,
            long eventTimeMs,
            MachineState state,
            @Nullable String reasonCode,
            @Nullable String productId,
            long goodCount,
            long scrapCount,
            long reworkCount) {
        System.arraycopy(prefix, 0, buffer, 0, prefix.length);
        length = prefix.length;
        number(sessionId);
        number(sequence);
        number(eventTimeMs);
        number(state.ordinal());
        optional(reasonCode);
        optional(null);
        optional(productId);
        number(goodCount);
        number(scrapCount);
        if (reworkCount == NOT_COUNTED) {
            number(0);
        } else {
            number(1);
            number(reworkCount);
        }
        return Arrays.copyOf(buffer, length);
    }

    /** A zigzag varint. */
    private void number(long value) {
        long left = (value << 1) ^ (value >> 63);
        while ((left & ~0x7FL) != 0) {
            buffer[length++] = (byte) (left | 0x80);
            left >>>= 7;
        }
        buffer[length++] = (byte) left;
    }

    private void optional(@Nullable String text) {
        if (text == null) {
            number(0);
            return;
        }
        number(1);
        number(text.length());
        for (int i = 0; i < text.length(); i++) {
            buffer[length++] = (byte) text.charAt(i);
        }
    }
}
