package org.capacityboard.bench.peers;

import java.time.ZoneId;
import java.util.HashMap;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;
import org.capacityboard.bench.load.LoadReference;
import org.capacityboard.bench.load.StandardLoad;
import org.capacityboard.domain.reference.LineCalendar;
import org.capacityboard.domain.reference.LineVersion;
import org.capacityboard.domain.reference.PlantVersion;
import org.capacityboard.domain.reference.Versions;
import org.capacityboard.domain.throughput.LineTimeline;
import org.capacityboard.events.Line;
import org.capacityboard.events.Plant;

/** The lines and plants of a load, known from the start. */
final class LoadLines {
    private final Map<String, LineVersion> lines = new HashMap<>();
    private final Map<String, PlantVersion> plants = new HashMap<>();

    LoadLines(StandardLoad load) {
        for (SpecificRecord event : LoadReference.events(load)) {
            if (event instanceof Plant plant) {
                plants.put(plant.getPlantId(), version(plant));
            } else if (event instanceof Line line) {
                lines.put(line.getLineId(), version(line));
            }
        }
    }

    LineVersion line(String lineId) {
        LineVersion line = lines.get(lineId);
        if (line == null) {
            throw new IllegalArgumentException("the load has no line '" + lineId + "'");
        }
        return line;
    }

    /** Tells a timeline what is known of its line. */
    void describe(String lineId, LineTimeline timeline) {
        LineVersion line = line(lineId);
        PlantVersion plant = plants.get(line.plantId());
        if (plant == null) {
            throw new IllegalArgumentException("the load has no plant '" + line.plantId() + "'");
        }
        timeline.plant(plant, Long.MIN_VALUE);
        timeline.line(line, Long.MIN_VALUE);
    }

    private static PlantVersion version(Plant plant) {
        return new PlantVersion(plant.getPlantId(), Versions.ALWAYS, 0, ZoneId.of(plant.getTimeZone()), 0);
    }

    private static LineVersion version(Line line) {
        return new LineVersion(
                line.getLineId(),
                Versions.ALWAYS,
                0,
                line.getPlantId(),
                line.getProductId(),
                Math.round(line.getIdealCycleSeconds() * 1e6),
                Map.of(),
                line.getHeartbeatSeconds() * 1_000L,
                LineCalendar.valueOf(line.getCalendar().name()),
                line.getDeclaredUnitsPerHour());
    }
}
