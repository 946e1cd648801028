package org.capacityboard.oracle;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.capacityboard.events.Line;
import org.capacityboard.events.LineTelemetry;
import org.capacityboard.events.MachineState;
import org.capacityboard.events.Plant;
import org.capacityboard.events.ShiftPlan;
import org.capacityboard.schemas.EventCodec;

/** Records that must be refused, one kind after the other, each under its reason code. */
final class Rubbish {
    private final StreamScene scene;
    private final Chance chance;
    private int kind;

    Rubbish(StreamScene scene, Chance chance) {
        this.scene = scene;
        this.chance = chance;
        this.kind = chance.upTo(11);
    }

    Dispatch next() {
        long atMs = chance.between(scene.startMs(), scene.endMs());
        Instant at = Instant.ofEpochMilli(atMs);
        Line line = chance.oneOf(scene.lines());
        LineTelemetry.Builder report = LineTelemetry.newBuilder()
                .setLineId(line.getLineId())
                .setSessionId(scene.startMs() - chance.between(1, 1_000_000))
                .setSequence(chance.upTo(1_000))
                .setEventTime(at.minusSeconds(3_600))
                .setState(MachineState.EXECUTE)
                .setGoodCount(chance.upTo(1_000_000))
                .setScrapCount(0);
        kind = (kind + 1) % 12;
        return switch (kind) {
            case 0 -> Dispatch.unreadable(atMs, noise(), "UNREADABLE");
            case 1 -> Dispatch.unreadable(atMs, cutShort(report.build()), "UNREADABLE");
            case 2 -> Dispatch.unreadable(atMs, strangeSchema(report.build()), "UNKNOWN_SCHEMA");
            case 3 -> refused(atMs, report.setEventTime(Instant.parse("2090-01-01T00:00:00Z")), "FUTURE_EVENT");
            case 4 -> refused(atMs, report.setEventTime(Instant.EPOCH), "ANCIENT_EVENT");
            case 5 -> refused(atMs, report.setGoodCount(-chance.between(1, 5)), "NEGATIVE_COUNT");
            case 6 -> refused(atMs, report.setReworkCount(-1L), "NEGATIVE_COUNT");
            case 7 -> refused(atMs, report.setLineId("line 1; drop"), "MALFORMED_ID");
            case 8 -> refused(atMs, report.setLineId("line-of-nobody"), "UNKNOWN_LINE");
            case 9 -> Dispatch.refused(atMs, strangeZone(), "UNKNOWN_ZONE");
            case 10 -> Dispatch.refused(atMs, backwardPlan(line, at), "BAD_INTERVAL");
            default -> Dispatch.refused(atMs, contradiction(line), "CONFLICTING_REVISION");
        };
    }

    private static Dispatch refused(long atMs, LineTelemetry.Builder report, String reason) {
        return Dispatch.refused(atMs, report.build(), reason);
    }

    private byte[] noise() {
        byte[] bytes = chance.bytes(chance.between(1, 60));
        bytes[0] = 0x11;
        return bytes;
    }

    private static byte[] cutShort(LineTelemetry report) {
        byte[] whole = EventCodec.encode(report);
        return Arrays.copyOf(whole, whole.length - 3);
    }

    private static byte[] strangeSchema(LineTelemetry report) {
        byte[] bytes = EventCodec.encode(report);
        Arrays.fill(bytes, 2, EventCodec.HEADER_BYTES, (byte) 0x5A);
        return bytes;
    }

    private Plant strangeZone() {
        return Plant.newBuilder(chance.oneOf(scene.plants()))
                .setTimeZone("Mars/Olympus_Mons")
                .setRevision(1_000)
                .build();
    }

    private static ShiftPlan backwardPlan(Line line, Instant at) {
        return ShiftPlan.newBuilder()
                .setLineId(line.getLineId())
                .setPlanId(line.getLineId() + ".backward")
                .setStart(at)
                .setEnd(at.minusSeconds(60))
                .setBreaks(List.of())
                .build();
    }

    private static Line contradiction(Line line) {
        return Line.newBuilder(line)
                .setIdealCycleSeconds(line.getIdealCycleSeconds() + 1)
                .build();
    }
}
