package org.capacityboard.bench.load;

import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;
import org.capacityboard.domain.reference.LineCalendar;
import org.capacityboard.domain.reference.LineVersion;
import org.capacityboard.domain.reference.PlantVersion;
import org.capacityboard.domain.reference.Versions;
import org.capacityboard.domain.throughput.HourChunk;
import org.capacityboard.domain.throughput.HourStore;
import org.capacityboard.domain.throughput.LineHead;
import org.capacityboard.domain.throughput.LineTimeline;
import org.capacityboard.events.Line;
import org.jspecify.annotations.Nullable;

/** Timelines of a load's lines outside Flink, with their reference data known from the start. */
public final class LoadTimelines {
    private static final long HORIZON_MS = 48 * 3_600_000L;

    private LoadTimelines() {}

    /** The timeline of a line, with the horizon of the settings' default. */
    public static LineTimeline of(StandardLoad load, int line) {
        Line event = LoadReference.line(load, line);
        LineTimeline timeline = new LineTimeline(event.getLineId(), new LineHead(), new HoursOnHeap(), HORIZON_MS);
        timeline.plant(new PlantVersion(event.getPlantId(), Versions.ALWAYS, 0, ZoneOffset.UTC, 0), Long.MIN_VALUE);
        timeline.line(
                new LineVersion(
                        event.getLineId(),
                        Versions.ALWAYS,
                        0,
                        event.getPlantId(),
                        event.getProductId(),
                        Math.round(event.getIdealCycleSeconds() * 1e6),
                        Map.of(),
                        event.getHeartbeatSeconds() * 1_000L,
                        LineCalendar.AROUND_THE_CLOCK,
                        event.getDeclaredUnitsPerHour()),
                Long.MIN_VALUE);
        return timeline;
    }

    private static final class HoursOnHeap implements HourStore {
        private final Map<Long, HourChunk> chunks = new HashMap<>(4);

        @Override
        public @Nullable HourChunk get(long hour) {
            return chunks.get(hour);
        }

        @Override
        public void put(long hour, HourChunk chunk) {
            chunks.put(hour, chunk);
        }

        @Override
        public void remove(long hour) {
            chunks.remove(hour);
        }

        @Override
        public Iterable<Long> hours() {
            return chunks.keySet();
        }
    }
}
