package org.capacityboard.flink.ingest;

import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.avro.specific.SpecificRecord;
import org.capacityboard.domain.reference.LineCalendar;
import org.capacityboard.domain.reference.LineVersion;
import org.capacityboard.domain.reference.PlantVersion;
import org.capacityboard.domain.reference.ShiftPlanVersion;
import org.capacityboard.domain.reference.Versions;
import org.capacityboard.events.Line;
import org.capacityboard.events.Plant;
import org.capacityboard.events.ProductCycle;
import org.capacityboard.events.ShiftPlan;
import org.capacityboard.schemas.EventCodec;
import org.capacityboard.schemas.Topic;
import org.jspecify.annotations.Nullable;

/** Turns accepted reference data into the versions that figures are computed from. */
public final class ReferenceReader {
    private static final double US_PER_SECOND = 1_000_000;
    private static final long MS_PER_SECOND = 1_000;

    private ReferenceReader() {}

    /** The event that a reference carries. */
    public static SpecificRecord event(Ingested.Reference reference) {
        return EventCodec.fromBody(
                reference.body(), Topic.fromBaseName(reference.origin().topic()));
    }

    /** A plant's clock, from a reference of topic plants. */
    public static PlantVersion plant(Ingested.Reference reference) {
        Plant plant = (Plant) event(reference);
        LocalTime dayStartsAt =
                plant.getDayStartsAt() == null ? LocalTime.MIDNIGHT : LocalTime.parse(plant.getDayStartsAt());
        return new PlantVersion(
                plant.getPlantId(),
                reference.validFromMs(),
                reference.revision(),
                ZoneId.of(plant.getTimeZone()),
                dayStartsAt.toSecondOfDay() / 60);
    }

    /** A line, from a reference of topic lines. */
    public static LineVersion line(Ingested.Reference reference) {
        Line line = (Line) event(reference);
        Map<String, Long> cyclesUs = line.getCycles().stream()
                .collect(Collectors.toMap(ProductCycle::getProductId, cycle -> cycleUs(cycle.getIdealCycleSeconds())));
        return new LineVersion(
                line.getLineId(),
                reference.validFromMs(),
                reference.revision(),
                line.getPlantId(),
                line.getProductId(),
                cycleUs(line.getIdealCycleSeconds()),
                cyclesUs,
                line.getHeartbeatSeconds() * MS_PER_SECOND,
                LineCalendar.valueOf(line.getCalendar().name()),
                line.getDeclaredUnitsPerHour());
    }

    /** A shift plan, from a reference of topic shift-plans. */
    public static ShiftPlanVersion shiftPlan(Ingested.Reference reference) {
        ShiftPlan plan = (ShiftPlan) event(reference);
        return new ShiftPlanVersion(
                plan.getPlanId(),
                plan.getLineId(),
                reference.validFromMs(),
                reference.revision(),
                plan.getStart().toEpochMilli(),
                plan.getEnd().toEpochMilli(),
                plan.getBreaks().stream()
                        .map(pause -> new ShiftPlanVersion.Break(
                                pause.getStart().toEpochMilli(), pause.getEnd().toEpochMilli()))
                        .toList(),
                plan.getCancelled());
    }

    /** An ideal cycle in whole microseconds. */
    static long cycleUs(double idealCycleSeconds) {
        return Math.round(idealCycleSeconds * US_PER_SECOND);
    }

    static long validFromMs(@Nullable Instant validFrom) {
        return validFrom == null ? Versions.ALWAYS : validFrom.toEpochMilli();
    }
}
