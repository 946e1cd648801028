package org.capacityboard.domain.surge;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** What would be known if a plant were lost today. Its lines stay as lines that make nothing: without them their product would pass for a kit. */
final class LostPlant {
    private static final HoursPerWeek NO_HOURS = new HoursPerWeek(0, 0, 0);

    private LostPlant() {}

    static SurgeSnapshot from(SurgeSnapshot snapshot, String plantId) {
        Set<String> lostLines = snapshot.lines().stream()
                .filter(line -> line.plantId().equals(plantId))
                .map(SurgeLine::lineId)
                .collect(Collectors.toSet());
        List<SurgeLine> lines = snapshot.lines().stream()
                .map(line -> lostLines.contains(line.lineId()) ? idle(line) : line)
                .toList();
        List<LineOutput> outputs = snapshot.lineOutputs().stream()
                .filter(output -> !lostLines.contains(output.lineId()))
                .toList();
        List<MaterialCount> counts = snapshot.counts().stream()
                .map(count -> count.plantId().equals(plantId) ? count.asLost() : count)
                .toList();
        return snapshot.withLines(lines).withLineOutputs(outputs).withCounts(counts);
    }

    /** Whether a line was lost from one snapshot to another: nothing else takes its rate, or what it has shown. */
    static boolean isLost(LineFigures before, LineFigures after) {
        return after.line().declaredUnitsPerHour() < before.line().declaredUnitsPerHour()
                || after.demonstrated() < before.demonstrated();
    }

    static SurgeLine idle(SurgeLine line) {
        return new SurgeLine(line.lineId(), line.plantId(), line.productId(), 0, NO_HOURS, line.availableFromMs());
    }
}
