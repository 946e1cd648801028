package org.capacityboard.oracle;

import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Map;
import java.util.stream.Collectors;
import org.capacityboard.domain.reference.LineCalendar;
import org.capacityboard.domain.reference.LineVersion;
import org.capacityboard.domain.reference.PlantVersion;
import org.capacityboard.domain.reference.ShiftPlanVersion;
import org.capacityboard.domain.reference.Versions;
import org.capacityboard.domain.throughput.LineReport;
import org.capacityboard.domain.throughput.MachineState;
import org.capacityboard.events.Line;
import org.capacityboard.events.LineTelemetry;
import org.capacityboard.events.Plant;
import org.capacityboard.events.ProductCycle;
import org.capacityboard.events.ShiftPlan;
import org.jspecify.annotations.Nullable;

/** Events in the words of the domain. */
final class DomainFeed {
    private DomainFeed() {}

    static LineReport report(LineTelemetry report) {
        Long rework = report.getReworkCount();
        return new LineReport(
                report.getLineId(),
                report.getSessionId(),
                report.getSequence(),
                report.getEventTime().toEpochMilli(),
                MachineState.valueOf(report.getState().name()),
                report.getReasonCode(),
                report.getOrderId(),
                report.getProductId(),
                report.getGoodCount(),
                report.getScrapCount(),
                rework == null ? LineReport.NOT_REPORTED : rework);
    }

    static LineVersion line(Line line) {
        Map<String, Long> cyclesUs = line.getCycles().stream()
                .collect(Collectors.toMap(ProductCycle::getProductId, cycle -> us(cycle.getIdealCycleSeconds())));
        return new LineVersion(
                line.getLineId(),
                validFromMs(line.getValidFrom()),
                line.getRevision(),
                line.getPlantId(),
                line.getProductId(),
                us(line.getIdealCycleSeconds()),
                cyclesUs,
                line.getHeartbeatSeconds() * 1_000L,
                LineCalendar.valueOf(line.getCalendar().name()),
                line.getDeclaredUnitsPerHour());
    }

    static PlantVersion plant(Plant plant) {
        String dayStartsAt = plant.getDayStartsAt();
        return new PlantVersion(
                plant.getPlantId(),
                validFromMs(plant.getValidFrom()),
                plant.getRevision(),
                ZoneId.of(plant.getTimeZone()),
                dayStartsAt == null ? 0 : LocalTime.parse(dayStartsAt).toSecondOfDay() / 60);
    }

    static ShiftPlanVersion plan(ShiftPlan plan) {
        return new ShiftPlanVersion(
                plan.getPlanId(),
                plan.getLineId(),
                validFromMs(plan.getValidFrom()),
                plan.getRevision(),
                plan.getStart().toEpochMilli(),
                plan.getEnd().toEpochMilli(),
                plan.getBreaks().stream()
                        .map(pause -> new ShiftPlanVersion.Break(
                                pause.getStart().toEpochMilli(), pause.getEnd().toEpochMilli()))
                        .toList(),
                plan.getCancelled());
    }

    private static long us(double seconds) {
        return Math.round(seconds * 1e6);
    }

    private static long validFromMs(@Nullable Instant validFrom) {
        return validFrom == null ? Versions.ALWAYS : validFrom.toEpochMilli();
    }
}
