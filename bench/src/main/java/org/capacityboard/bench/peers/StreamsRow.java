package org.capacityboard.bench.peers;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import org.capacityboard.oracle.OracleKey;
import org.capacityboard.oracle.OracleRow;

/**
 * A row in the output topic; its line is the record's key.
 *
 * @param subject product, or loss category
 * @param start MINUTE and HOUR: start of the window, ms since 1970; DAY and LOSS: epoch day
 * @param reasonCode LOSS only; else empty
 * @param values facts, or the lost ms
 */
record StreamsRow(Kind kind, String subject, long start, String reasonCode, long[] values) {
    /** What a row is of. */
    enum Kind {
        MINUTE,
        HOUR,
        DAY,
        LOSS
    }

    private static final Kind[] KINDS = Kind.values();

    byte[] encode() {
        byte[] subjectBytes = subject.getBytes(StandardCharsets.UTF_8);
        byte[] reasonBytes = reasonCode.getBytes(StandardCharsets.UTF_8);
        ByteBuffer out = ByteBuffer.allocate(
                1 + Long.BYTES * (1 + values.length) + 3 * Short.BYTES + subjectBytes.length + reasonBytes.length);
        out.put((byte) kind.ordinal());
        out.putLong(start);
        out.putShort((short) subjectBytes.length);
        out.put(subjectBytes);
        out.putShort((short) reasonBytes.length);
        out.put(reasonBytes);
        out.putShort((short) values.length);
        for (long value : values) {
            out.putLong(value);
        }
        return out.array();
    }

    static StreamsRow decode(byte[] bytes) {
        ByteBuffer in = ByteBuffer.wrap(bytes);
        Kind kind = KINDS[in.get()];
        long start = in.getLong();
        String subject = text(in);
        String reasonCode = text(in);
        long[] values = new long[in.getShort()];
        for (int i = 0; i < values.length; i++) {
            values[i] = in.getLong();
        }
        return new StreamsRow(kind, subject, start, reasonCode, values);
    }

    private static String text(ByteBuffer in) {
        byte[] bytes = new byte[in.getShort()];
        in.get(bytes);
        return new String(bytes, StandardCharsets.UTF_8);
    }

    OracleKey key(String lineId) {
        return switch (kind) {
            case MINUTE -> OracleKey.minute(lineId, subject, Instant.ofEpochMilli(start));
            case HOUR -> OracleKey.hour(lineId, subject, Instant.ofEpochMilli(start));
            case DAY -> OracleKey.day(lineId, subject, LocalDate.ofEpochDay(start));
            case LOSS -> OracleKey.loss(lineId, LocalDate.ofEpochDay(start), subject, reasonCode);
        };
    }

    OracleRow row() {
        return OracleRow.of(false, values);
    }
}
