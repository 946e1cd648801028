package org.capacityboard.domain.throughput;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import org.capacityboard.domain.reference.LineCalendar;
import org.capacityboard.domain.reference.LineVersion;
import org.capacityboard.domain.reference.PlantVersion;
import org.capacityboard.domain.reference.ShiftPlanVersion;
import org.capacityboard.domain.reference.ShiftPlanVersion.Break;
import org.capacityboard.domain.reference.Versions;
import org.capacityboard.domain.throughput.LineTimeline.Outcome;
import org.jspecify.annotations.Nullable;

/** One line and its plant on one day, told in minutes after midnight UTC. */
final class Scene {
    static final long MIDNIGHT = Instant.parse("2026-11-09T00:00:00Z").toEpochMilli();
    static final long HORIZON = Duration.ofHours(48).toMillis();
    static final long NO_WATERMARK = Long.MIN_VALUE;
    static final long MINUTE = 60_000;
    static final long DAY = 24 * 60 * MINUTE;

    final RowBook book = new RowBook();
    final HeapHourStore hours = new HeapHourStore();
    LineHead head = new LineHead();
    boolean rewriteState;
    private long sequence;
    private int planNumber;

    LineTimeline timeline() {
        if (rewriteState) {
            head = LineHead.decode(head.encode());
            for (long hour : hours.hours()) {
                HourChunk kept = hours.get(hour);
                if (kept != null) {
                    hours.put(hour, HourChunk.decode(kept.encode()));
                }
            }
        }
        return new LineTimeline("line-1", head, hours, HORIZON);
    }

    static long at(double minutes) {
        return MIDNIGHT + Math.round(minutes * MINUTE);
    }

    static PlantVersion plantIn(String zone) {
        return new PlantVersion("PL001", Versions.ALWAYS, 0, ZoneId.of(zone), 0);
    }

    static LineVersion line(double idealCycleSeconds, LineCalendar calendar) {
        return new LineVersion(
                "line-1",
                Versions.ALWAYS,
                0,
                "PL001",
                "a",
                Math.round(idealCycleSeconds * 1e6),
                Map.of("b", 60_000_000L),
                MINUTE,
                calendar,
                100);
    }

    static LineVersion patient(LineVersion line) {
        return new LineVersion(
                line.lineId(),
                line.validFromMs(),
                line.revision(),
                line.plantId(),
                line.productId(),
                line.idealCycleUs(),
                line.cyclesUs(),
                DAY,
                line.calendar(),
                line.declaredUnitsPerHour());
    }

    /** A line that makes product "a" with a given ideal cycle; silence of days leaves it known. */
    static Scene of(double idealCycleSeconds) {
        return of(patient(line(idealCycleSeconds, LineCalendar.PLANNED)), "UTC");
    }

    static Scene of(LineVersion line, String zone) {
        Scene scene = new Scene();
        scene.timeline().plant(plantIn(zone), NO_WATERMARK);
        scene.timeline().line(line, NO_WATERMARK);
        return scene;
    }

    Scene planned(double fromMinutes, double toMinutes, Break... breaks) {
        timeline()
                .plan(
                        new ShiftPlanVersion(
                                "plan-" + planNumber++,
                                "line-1",
                                Versions.ALWAYS,
                                0,
                                at(fromMinutes),
                                at(toMinutes),
                                List.of(breaks),
                                false),
                        NO_WATERMARK);
        return this;
    }

    static Break pause(double fromMinutes, double toMinutes) {
        return new Break(at(fromMinutes), at(toMinutes));
    }

    Scene reports(double minute, MachineState state, long good, long scrap) {
        return reports(minute, state, null, good, scrap);
    }

    Scene reports(double minute, MachineState state, @Nullable String product, long good, long scrap) {
        timeline().report(report(sequence++, at(minute), state, product, good, scrap), NO_WATERMARK);
        return this;
    }

    static LineReport report(
            long sequence, long atMs, MachineState state, @Nullable String product, long good, long scrap) {
        return new LineReport(
                "line-1", MIDNIGHT, sequence, atMs, state, null, null, product, good, scrap, LineReport.NOT_REPORTED);
    }

    Outcome report(LineReport report, long watermarkMs) {
        return timeline().report(report, watermarkMs);
    }

    /** Lets the time come to a minute and writes everything, open windows too. */
    Scene until(double minute) {
        timeline().advance(at(minute), book);
        timeline().early(at(minute), true, true, true, book);
        return this;
    }

    long total(Fact fact) {
        return book.total()[fact.ordinal()];
    }

    long ofProduct(String product, Fact fact) {
        long sum = 0;
        for (var day : book.days.entrySet()) {
            if (day.getKey().startsWith(product + " ")) {
                sum += day.getValue()[fact.ordinal()];
            }
        }
        return sum;
    }

    Effectiveness effectiveness() {
        return Effectiveness.of(book.total());
    }
}
