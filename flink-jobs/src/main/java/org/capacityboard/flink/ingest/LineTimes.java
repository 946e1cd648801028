package org.capacityboard.flink.ingest;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;

/**
 * Finds eventTime and receivedAt of a line of JSON without parsing the rest: enough to put lines in order. What is wrong with a line is said later, when it
 * is read.
 */
final class LineTimes {
    /** A time that the line does not have, or that is not written as an instant. */
    static final long ABSENT = Long.MIN_VALUE;

    private static final byte[] EVENT_TIME = "eventTime".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] RECEIVED_AT = "receivedAt".getBytes(StandardCharsets.US_ASCII);
    private static final int WHOLE_SECONDS = "2026-11-22T06:00:00Z".length();
    private static final int WITH_MILLIS = "2026-11-22T06:00:00.000Z".length();

    private long eventTimeMs = ABSENT;
    private long receivedAtMs = ABSENT;

    /** Looks at {@code line[from, to)}. */
    void scan(byte[] line, int from, int to) {
        eventTimeMs = ABSENT;
        receivedAtMs = ABSENT;
        int depth = 0;
        int at = from;
        while (at < to) {
            switch (line[at]) {
                case '{', '[' -> depth++;
                case '}', ']' -> depth--;
                case '"' -> {
                    int end = endOfText(line, at + 1, to);
                    if (depth == 1) {
                        end = field(line, at + 1, end, to);
                    }
                    at = end;
                }
                default -> {}
            }
            at++;
        }
    }

    long eventTimeMs() {
        return eventTimeMs;
    }

    long receivedAtMs() {
        return receivedAtMs;
    }

    /** Takes the value if the text is the name of one of the two fields; position of the last quote that was passed. */
    private int field(byte[] line, int nameFrom, int nameTo, int to) {
        boolean isEventTime = isName(line, nameFrom, nameTo, EVENT_TIME);
        if (!isEventTime && !isName(line, nameFrom, nameTo, RECEIVED_AT)) {
            return nameTo;
        }
        int colon = afterBlanks(line, nameTo + 1, to);
        if (colon >= to || line[colon] != ':') {
            return nameTo;
        }
        int quote = afterBlanks(line, colon + 1, to);
        if (quote >= to || line[quote] != '"') {
            return nameTo;
        }
        int end = endOfText(line, quote + 1, to);
        long ms = instantMs(line, quote + 1, end);
        if (isEventTime) {
            eventTimeMs = ms;
        } else {
            receivedAtMs = ms;
        }
        return end;
    }

    private static boolean isName(byte[] line, int from, int to, byte[] name) {
        if (to - from != name.length) {
            return false;
        }
        for (int i = 0; i < name.length; i++) {
            if (line[from + i] != name[i]) {
                return false;
            }
        }
        return true;
    }

    private static int endOfText(byte[] line, int from, int to) {
        int at = from;
        while (at < to && line[at] != '"') {
            at += line[at] == '\\' ? 2 : 1;
        }
        return Math.min(at, to);
    }

    private static int afterBlanks(byte[] line, int from, int to) {
        int at = from;
        while (at < to && (line[at] == ' ' || line[at] == '\t')) {
            at++;
        }
        return at;
    }

    private static long instantMs(byte[] line, int from, int to) {
        int length = to - from;
        try {
            if ((length == WHOLE_SECONDS || (length == WITH_MILLIS && line[from + 19] == '.')) && line[to - 1] == 'Z') {
                long day = LocalDate.of(number(line, from, 4), number(line, from + 5, 2), number(line, from + 8, 2))
                        .toEpochDay();
                int hour = number(line, from + 11, 2);
                int minute = number(line, from + 14, 2);
                int second = number(line, from + 17, 2);
                int ms = length == WITH_MILLIS ? number(line, from + 20, 3) : 0;
                return (((day * 24 + hour) * 60 + minute) * 60 + second) * 1_000 + ms;
            }
            return Instant.parse(new String(line, from, length, StandardCharsets.UTF_8))
                    .toEpochMilli();
        } catch (DateTimeException | ArithmeticException e) {
            return ABSENT;
        }
    }

    private static int number(byte[] line, int from, int digits) {
        int number = 0;
        for (int i = from; i < from + digits; i++) {
            int digit = line[i] - '0';
            if (digit < 0 || digit > 9) {
                throw new DateTimeException("no digit");
            }
            number = number * 10 + digit;
        }
        return number;
    }
}
