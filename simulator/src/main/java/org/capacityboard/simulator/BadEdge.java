package org.capacityboard.simulator;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import org.capacityboard.events.LineTelemetry;
import org.capacityboard.events.MachineState;
import org.capacityboard.schemas.EventCodec;
import org.capacityboard.schemas.Topic;

/** One edge that besides its reports sends rubbish of every kind, in turn. None of it may touch a figure. */
final class BadEdge implements EventSource {
    private static final Instant FAR_FUTURE = Instant.parse("2090-01-01T00:00:00Z");
    private static final Instant LONG_AGO = Instant.parse("1970-01-01T00:00:10Z");

    private enum Rubbish {
        NO_EVENT,
        CUT_OFF,
        UNKNOWN_SCHEMA,
        FUTURE,
        ANCIENT,
        NEGATIVE_COUNT,
        MALFORMED_ID,
        UNKNOWN_LINE
    }

    private static final Rubbish[] KINDS = Rubbish.values();

    private final String lineId;
    private final long seed;
    private final long startMs;
    private final long gapMs;
    private long number;

    /** @param gapMs time between two of its rubbish events */
    BadEdge(String lineId, long seed, long startMs, long gapMs) {
        this.lineId = lineId;
        this.seed = seed;
        this.startMs = startMs;
        this.gapMs = gapMs;
    }

    @Override
    public void seek(long sendTimeMs) {
        number = Math.max(0, (sendTimeMs - startMs) / gapMs - 1);
        while (nextSendTimeMs() < sendTimeMs) {
            number++;
        }
    }

    @Override
    public long nextSendTimeMs() {
        return startMs + number * gapMs + (long) (Dice.share(seed, number) * gapMs);
    }

    @Override
    public SimulatedEvent next() {
        long timeMs = nextSendTimeMs();
        Rubbish kind = KINDS[Math.floorMod(number, KINDS.length)];
        number++;
        return new SimulatedEvent(
                Topic.LINE_TELEMETRY, lineId, bytes(kind, Instant.ofEpochMilli(timeMs)), timeMs, timeMs);
    }

    private byte[] bytes(Rubbish kind, Instant now) {
        LineTelemetry.Builder report = LineTelemetry.newBuilder()
                .setLineId(lineId)
                .setSessionId(startMs)
                .setSequence(number)
                .setEventTime(now)
                .setState(MachineState.EXECUTE)
                .setGoodCount(number)
                .setScrapCount(0);
        switch (kind) {
            case NO_EVENT -> {
                return "#ERR checksum, frame dropped".getBytes(StandardCharsets.US_ASCII);
            }
            case CUT_OFF -> {
                byte[] whole = EventCodec.encode(report.build());
                return Arrays.copyOf(whole, whole.length - 4);
            }
            case UNKNOWN_SCHEMA -> {
                byte[] foreign = EventCodec.encode(report.build());
                foreign[2] ^= 0x55;
                return foreign;
            }
            case FUTURE -> report.setEventTime(FAR_FUTURE);
            case ANCIENT -> report.setEventTime(LONG_AGO);
            case NEGATIVE_COUNT -> report.setGoodCount(-5);
            case MALFORMED_ID -> report.setLineId("line 7; press");
            case UNKNOWN_LINE -> report.setLineId("NOBODYS-LINE");
        }
        return EventCodec.encode(report.build());
    }
}
