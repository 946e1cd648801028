package org.capacityboard.oracle;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.specific.SpecificRecord;
import org.capacityboard.events.HoursPerWeek;
import org.capacityboard.events.Line;
import org.capacityboard.events.LineCalendar;
import org.capacityboard.events.LineTelemetry;
import org.capacityboard.events.MachineState;
import org.capacityboard.events.PlanBreak;
import org.capacityboard.events.Plant;
import org.capacityboard.events.ProductCycle;
import org.capacityboard.events.ShiftPlan;

/** Events of one plant in one line each; times are local times of its day in UTC unless they are full instants. */
final class Story {
    static final String DAY = "2026-03-02";
    static final String PLANT = "PL001";
    static final String LINE = "line-1";
    static final String A = "shell-a";
    static final String B = "shell-b";

    private final List<SpecificRecord> events = new ArrayList<>();
    private long sequence;

    Story() {
        plant("UTC");
    }

    Story plant(String zone) {
        events.removeIf(Plant.class::isInstance);
        events.add(Plant.newBuilder()
                .setPlantId(PLANT)
                .setName("Plant")
                .setNation("AUT")
                .setParentEntity("Synthetic works")
                .setLatitude(48)
                .setLongitude(16)
                .setTimeZone(zone)
                .build());
        return this;
    }

    Story line(double cycleSeconds, int heartbeatSeconds) {
        return line(LINE, cycleSeconds, heartbeatSeconds, LineCalendar.PLANNED);
    }

    Story line(String lineId, double cycleSeconds, int heartbeatSeconds, LineCalendar calendar) {
        events.add(Line.newBuilder()
                .setLineId(lineId)
                .setPlantId(PLANT)
                .setProductId(A)
                .setIdealCycleSeconds(cycleSeconds)
                .setCycles(List.of(new ProductCycle(B, 60.0)))
                .setHeartbeatSeconds(heartbeatSeconds)
                .setCalendar(calendar)
                .setDeclaredUnitsPerHour(60)
                .setHoursPerWeek(new HoursPerWeek(40.0, 120.0, 160.0))
                .build());
        return this;
    }

    Story plan(String start, String end, String... breaks) {
        return planOf(LINE, start, end, breaks);
    }

    Story planOf(String lineId, String start, String end, String... breaks) {
        List<PlanBreak> pauses = new ArrayList<>();
        for (int i = 0; i < breaks.length; i += 2) {
            pauses.add(new PlanBreak(at(breaks[i]), at(breaks[i + 1])));
        }
        events.add(ShiftPlan.newBuilder()
                .setPlanId(lineId + "." + start.replace(':', '.'))
                .setLineId(lineId)
                .setStart(at(start))
                .setEnd(at(end))
                .setBreaks(pauses)
                .build());
        return this;
    }

    Story report(String time, MachineState state, long good, long scrap) {
        return report(LINE, time, state, A, good, scrap);
    }

    Story reportAs(long number, String time, long good) {
        sequence = number;
        return report(time, MachineState.EXECUTE, good, 0);
    }

    Story report(String lineId, String time, MachineState state, String productId, long good, long scrap) {
        events.add(LineTelemetry.newBuilder()
                .setLineId(lineId)
                .setSessionId(1)
                .setSequence(sequence++)
                .setEventTime(at(time))
                .setState(state)
                .setProductId(productId)
                .setGoodCount(good)
                .setScrapCount(scrap)
                .build());
        return this;
    }

    /** The last report once more. */
    Story again() {
        events.add(events.get(events.size() - 1));
        return this;
    }

    OracleRows until(String time) {
        Instant until = at(time);
        List<OracleEvent> arrived = events.stream()
                .map(event -> new OracleEvent(event, until, null))
                .toList();
        return Oracle.throughput(new OracleInput(arrived, until, Duration.ofHours(48)));
    }

    static Instant at(String time) {
        return Instant.parse(time.length() > 5 ? time : DAY + "T" + time + ":00Z");
    }

    /** Facts of a line's production day, added up over products. */
    static DayFacts day(OracleRows rows, String lineId, String day) {
        String window = LocalDate.parse(day) + " ";
        return new DayFacts(rows.filter((key, row) -> key.table() == OracleTable.LINE_PRODUCT_DAY
                && key.lineId().equals(lineId)
                && key.window().startsWith(window)));
    }

    static DayFacts day(OracleRows rows) {
        return day(rows, LINE, DAY);
    }

    /** Sums of facts, and the ratios that ISO 22400-2 takes from them. */
    record DayFacts(OracleRows rows) {
        long sum(String fact) {
            int column = OracleTable.LINE_PRODUCT_DAY.columns().indexOf(fact);
            return rows.rows().values().stream()
                    .mapToLong(row -> row.values().get(column))
                    .sum();
        }

        DayFacts of(String productId) {
            return new DayFacts(rows.filter((key, row) -> key.subject().equals(productId)));
        }

        double availability() {
            return sum("producing_ms") / (double) knownMs();
        }

        double effectiveness() {
            return idealMs("ideal_us") / sum("producing_ms");
        }

        double quality() {
            return sum("ideal_good_us") / (double) sum("ideal_us");
        }

        double oee() {
            return idealMs("ideal_good_us") / knownMs();
        }

        double oeeLow() {
            return idealMs("ideal_good_us") / sum("planned_ms");
        }

        double oeeHigh() {
            return (idealMs("ideal_good_us") + sum("unknown_ms") * effectiveness() * quality()) / sum("planned_ms");
        }

        private long knownMs() {
            return sum("planned_ms") - sum("unknown_ms");
        }

        private double idealMs(String fact) {
            return sum(fact) / 1e3;
        }
    }
}
