package org.capacityboard.oracle;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.apache.avro.specific.SpecificRecord;
import org.capacityboard.events.Line;
import org.capacityboard.events.LineCalendar;
import org.capacityboard.events.LineTelemetry;
import org.capacityboard.events.PlanBreak;
import org.capacityboard.events.Plant;
import org.capacityboard.events.ProductCycle;
import org.capacityboard.events.ShiftPlan;
import org.capacityboard.schemas.EventCodec;
import org.jspecify.annotations.Nullable;

/** What of the input counts, by line and plant, in the oracle's own words. */
final class Intake {
    static final Pattern PLANT_ID = Pattern.compile("[0-9A-Z]{5}");
    static final Pattern PRODUCT_ID = Pattern.compile("[0-9]{4}-[0-9]{2}-[0-9A-Z]{3}-[0-9A-Z]{4}|[a-z0-9-]{2,40}");
    static final Pattern OTHER_ID = Pattern.compile("[A-Za-z0-9._-]{1,64}");
    private static final Pattern TIME_OF_DAY = Pattern.compile("([01][0-9]|2[0-3]):[0-5][0-9]");
    static final Instant YEAR_2000 = Instant.parse("2000-01-01T00:00:00Z");
    static final Duration AHEAD = Duration.ofMinutes(5);

    /** A plant's zone and the local time at which its production day starts. */
    record Clock(ZoneId zone, LocalTime dayStartsAt) {}

    /** What a line is. */
    record LineFacet(
            String plantId,
            String productId,
            long cycleUs,
            Map<String, Long> cyclesUs,
            long heartbeatMs,
            boolean aroundTheClock) {
        long cycleUs(String product) {
            return cyclesUs.getOrDefault(product, cycleUs);
        }
    }

    /** A break inside a shift. */
    record Pause(long startMs, long endMs) {}

    /** A shift. */
    record Shift(long startMs, long endMs, List<Pause> pauses, boolean cancelled) {
        boolean covers(long instantMs) {
            return !cancelled
                    && startMs <= instantMs
                    && instantMs < endMs
                    && pauses.stream().noneMatch(pause -> pause.startMs <= instantMs && instantMs < pause.endMs);
        }
    }

    /** All that is known of one line. */
    static final class KnownLine {
        final History<LineFacet> facets = new History<>();
        final SortedMap<String, History<Shift>> shifts = new TreeMap<>();
        final List<LineTelemetry> reports = new ArrayList<>();
    }

    final SortedMap<String, KnownLine> lines = new TreeMap<>();
    final Map<String, History<Clock>> plants = new HashMap<>();

    Intake(OracleInput input) {
        for (OracleEvent arrived : input.events()) {
            long reachMs = arrived.watermark() == null
                    ? History.ALWAYS
                    : arrived.watermark().minus(input.horizon()).toEpochMilli();
            SpecificRecord event = arrived.event();
            if (event instanceof Plant plant) {
                @Nullable Clock clock = clock(plant);
                if (clock != null) {
                    plants.computeIfAbsent(plant.getPlantId(), id -> new History<>())
                            .add(clock, validFromMs(plant.getValidFrom()), plant.getRevision(), reachMs);
                }
            } else if (event instanceof Line line && isAcceptable(line)) {
                known(line.getLineId())
                        .facets
                        .add(facet(line), validFromMs(line.getValidFrom()), line.getRevision(), reachMs);
            } else if (event instanceof ShiftPlan plan && isAcceptable(plan)) {
                known(plan.getLineId())
                        .shifts
                        .computeIfAbsent(plan.getPlanId(), id -> new History<>())
                        .add(shift(plan), validFromMs(plan.getValidFrom()), plan.getRevision(), reachMs);
            } else if (event instanceof LineTelemetry report && isAcceptable(report, arrived.receivedAt())) {
                known(report.getLineId()).reports.add(report);
            }
        }
        for (KnownLine line : lines.values()) {
            List<LineTelemetry> distinct = distinct(line);
            line.reports.clear();
            line.reports.addAll(distinct);
        }
    }

    private KnownLine known(String lineId) {
        return lines.computeIfAbsent(lineId, id -> new KnownLine());
    }

    /** Reports of a line that existed then; one for each session and sequence, in that order. */
    private static List<LineTelemetry> distinct(KnownLine line) {
        SortedMap<Long, SortedMap<Long, LineTelemetry>> bySession = new TreeMap<>();
        for (LineTelemetry report : line.reports) {
            if (line.facets.at(report.getEventTime().toEpochMilli()) != null) {
                bySession
                        .computeIfAbsent(report.getSessionId(), session -> new TreeMap<>())
                        .merge(report.getSequence(), report, (a, b) -> outranks(a, b) ? a : b);
            }
        }
        return bySession.values().stream()
                .flatMap(session -> session.values().stream())
                .toList();
    }

    private static boolean outranks(LineTelemetry a, LineTelemetry b) {
        int byTime = a.getEventTime().compareTo(b.getEventTime());
        return byTime > 0 || (byTime == 0 && Arrays.compareUnsigned(EventCodec.body(a), EventCodec.body(b)) > 0);
    }

    static boolean isAcceptable(LineTelemetry report, Instant receivedAt) {
        return is(OTHER_ID, report.getLineId())
                && isAbsentOr(OTHER_ID, report.getOrderId())
                && isAbsentOr(PRODUCT_ID, report.getProductId())
                && !report.getEventTime().isAfter(receivedAt.plus(AHEAD))
                && !report.getEventTime().isBefore(YEAR_2000)
                && report.getGoodCount() >= 0
                && report.getScrapCount() >= 0
                && (report.getReworkCount() == null || report.getReworkCount() >= 0);
    }

    private static boolean isAcceptable(Line line) {
        return is(OTHER_ID, line.getLineId())
                && is(PLANT_ID, line.getPlantId())
                && is(PRODUCT_ID, line.getProductId())
                && line.getIdealCycleSeconds() >= 0
                && line.getCycles().stream().allMatch(cycle -> is(PRODUCT_ID, cycle.getProductId()))
                && line.getHeartbeatSeconds() > 0;
    }

    private static boolean isAcceptable(ShiftPlan plan) {
        return is(OTHER_ID, plan.getLineId())
                && is(OTHER_ID, plan.getPlanId())
                && plan.getStart().isBefore(plan.getEnd())
                && plan.getBreaks().stream().allMatch(pause -> pause.getStart().isBefore(pause.getEnd()));
    }

    private static @Nullable Clock clock(Plant plant) {
        @Nullable String dayStartsAt = plant.getDayStartsAt();
        if (!is(PLANT_ID, plant.getPlantId()) || !isAbsentOr(TIME_OF_DAY, dayStartsAt)) {
            return null;
        }
        try {
            return new Clock(
                    ZoneId.of(plant.getTimeZone()),
                    dayStartsAt == null ? LocalTime.MIDNIGHT : LocalTime.parse(dayStartsAt));
        } catch (DateTimeException noSuchZone) {
            return null;
        }
    }

    private static LineFacet facet(Line line) {
        Map<String, Long> cyclesUs = new HashMap<>();
        for (ProductCycle cycle : line.getCycles()) {
            cyclesUs.put(cycle.getProductId(), microseconds(cycle.getIdealCycleSeconds()));
        }
        return new LineFacet(
                line.getPlantId(),
                line.getProductId(),
                microseconds(line.getIdealCycleSeconds()),
                cyclesUs,
                line.getHeartbeatSeconds() * 1_000L,
                line.getCalendar() == LineCalendar.AROUND_THE_CLOCK);
    }

    private static Shift shift(ShiftPlan plan) {
        List<Pause> pauses = new ArrayList<>();
        for (PlanBreak pause : plan.getBreaks()) {
            pauses.add(new Pause(pause.getStart().toEpochMilli(), pause.getEnd().toEpochMilli()));
        }
        return new Shift(plan.getStart().toEpochMilli(), plan.getEnd().toEpochMilli(), pauses, plan.getCancelled());
    }

    private static long microseconds(double seconds) {
        return BigDecimal.valueOf(seconds)
                .movePointRight(6)
                .setScale(0, RoundingMode.HALF_UP)
                .longValueExact();
    }

    private static long validFromMs(@Nullable Instant validFrom) {
        return validFrom == null ? History.ALWAYS : validFrom.toEpochMilli();
    }

    private static boolean is(Pattern pattern, String text) {
        return pattern.matcher(text).matches();
    }

    private static boolean isAbsentOr(Pattern pattern, @Nullable String text) {
        return text == null || is(pattern, text);
    }
}
