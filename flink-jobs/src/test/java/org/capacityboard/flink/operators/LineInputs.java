package org.capacityboard.flink.operators;

import java.time.Instant;
import java.util.List;
import org.apache.avro.specific.SpecificRecord;
import org.capacityboard.domain.throughput.LineReport;
import org.capacityboard.domain.throughput.MachineState;
import org.capacityboard.events.HoursPerWeek;
import org.capacityboard.events.Line;
import org.capacityboard.events.LineCalendar;
import org.capacityboard.events.Plant;
import org.capacityboard.events.ShiftPlan;
import org.capacityboard.flink.ingest.Ingested;
import org.capacityboard.flink.ingest.Origin;
import org.capacityboard.schemas.EventCodec;
import org.capacityboard.schemas.Topic;

/** Inputs of one line in one plant, as a test says them: a shift of eight hours from 06:00 on, a cycle of 30 s, a heartbeat of a minute. */
final class LineInputs {
    static final String LINE = "press-1";
    static final long NO_WATERMARK = Long.MIN_VALUE;
    static final Instant SHIFT_START = Instant.parse("2026-11-02T06:00:00Z");
    static final Instant SHIFT_END = Instant.parse("2026-11-02T14:00:00Z");

    private LineInputs() {}

    static long ms(Instant instant) {
        return instant.toEpochMilli();
    }

    static Instant minute(int minute) {
        return SHIFT_START.plusSeconds(60L * minute);
    }

    static LineInput plant() {
        return version(
                Topic.PLANTS,
                "AB123",
                Plant.newBuilder()
                        .setPlantId("AB123")
                        .setName("Synthetic Works")
                        .setNation("NOR")
                        .setParentEntity("Synthetic Group")
                        .setLatitude(60)
                        .setLongitude(10)
                        .setTimeZone("UTC")
                        .build());
    }

    static LineInput line() {
        return version(
                Topic.LINES,
                LINE,
                Line.newBuilder()
                        .setLineId(LINE)
                        .setPlantId("AB123")
                        .setProductId("shell")
                        .setIdealCycleSeconds(30)
                        .setCycles(List.of())
                        .setHeartbeatSeconds(60)
                        .setCalendar(LineCalendar.PLANNED)
                        .setDeclaredUnitsPerHour(120)
                        .setHoursPerWeek(new HoursPerWeek(40.0, 120.0, 160.0))
                        .build());
    }

    static LineInput plan() {
        return version(
                Topic.SHIFT_PLANS,
                "early-shift",
                ShiftPlan.newBuilder()
                        .setPlanId("early-shift")
                        .setLineId(LINE)
                        .setStart(SHIFT_START)
                        .setEnd(SHIFT_END)
                        .setBreaks(List.of())
                        .build());
    }

    static LineInput.Report report(int minute, MachineState state, long good) {
        return new LineInput.Report(
                new LineReport(
                        LINE, 1, minute, ms(minute(minute)), state, null, null, null, good, 0, LineReport.NOT_REPORTED),
                new Origin(Topic.LINE_TELEMETRY.baseName(), 0, minute, ms(minute(minute))),
                NO_WATERMARK);
    }

    static Ingested.Reference reference(Topic topic, String id, SpecificRecord event) {
        return new Ingested.Reference(
                new Origin(topic.baseName(), 0, 0, ms(SHIFT_START)), id, Long.MIN_VALUE, 0, EventCodec.body(event));
    }

    private static LineInput version(Topic topic, String id, SpecificRecord event) {
        return new LineInput.Version(LINE, new StampedReference(reference(topic, id, event), NO_WATERMARK));
    }
}
