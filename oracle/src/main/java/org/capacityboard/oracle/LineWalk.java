package org.capacityboard.oracle;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedSet;
import java.util.TreeSet;
import org.capacityboard.events.LineTelemetry;
import org.capacityboard.events.MachineState;
import org.capacityboard.oracle.Intake.Clock;
import org.capacityboard.oracle.Intake.KnownLine;
import org.capacityboard.oracle.Intake.LineFacet;
import org.capacityboard.oracle.Intake.Pause;
import org.capacityboard.oracle.Intake.Shift;
import org.jspecify.annotations.Nullable;

/**
 * All facts of one line. Time is cut at every instant at which anything may change, and each piece is judged by its first
 * millisecond; then each report adds its units.
 */
final class LineWalk {
    private static final long MINUTE_MS = 60_000;
    private static final long HOUR_MS = 3_600_000;

    /**
     * A report in its place.
     *
     * @param fromMs its effective time
     * @param silentFromMs three heartbeats later; at once for a line that is offline
     * @param cycleUs ideal time of a unit until the next report
     */
    private record Placed(LineTelemetry report, long fromMs, long silentFromMs, String productId, long cycleUs) {}

    /** A product in the minute that starts then. */
    private record Minute(long startMs, String productId) {}

    /** Kinds of time. */
    private enum Kind {
        UNKNOWN("unknown_ms", "UNKNOWN"),
        PRODUCING("producing_ms", ""),
        SETUP("setup_ms", "SETUP"),
        IDLE("delay_ms", "DELAY_IDLE"),
        EXTERNAL("delay_ms", "DELAY_EXTERNAL"),
        INTERNAL("delay_ms", "DELAY_INTERNAL"),
        COMPLETE("delay_ms", "DELAY_COMPLETE"),
        DOWN("down_ms", "DOWN");

        private final String fact;
        private final String loss;

        Kind(String fact, String loss) {
            this.fact = fact;
            this.loss = loss;
        }

        static Kind of(MachineState state) {
            return switch (state) {
                case EXECUTE -> PRODUCING;
                case SETUP -> SETUP;
                case IDLE -> IDLE;
                case SUSPENDED -> EXTERNAL;
                case HELD -> INTERNAL;
                case COMPLETE -> COMPLETE;
                case STOPPED, ABORTED, CLEARING, MAINTENANCE -> DOWN;
                case OFFLINE -> UNKNOWN;
            };
        }
    }

    private final String lineId;
    private final KnownLine line;
    private final Map<String, History<Clock>> plants;
    private final long untilMs;
    private final long finalBeforeMs;
    private final List<Placed> reports = new ArrayList<>();
    private final Map<Minute, Map<String, Long>> minutes = new HashMap<>();
    private final Map<OracleKey, Map<String, Long>> sums = new HashMap<>();

    LineWalk(String lineId, KnownLine line, Map<String, History<Clock>> plants, long untilMs, long finalBeforeMs) {
        this.lineId = lineId;
        this.line = line;
        this.plants = plants;
        this.untilMs = untilMs;
        this.finalBeforeMs = finalBeforeMs;
        long fromMs = Long.MIN_VALUE;
        for (LineTelemetry report : line.reports) {
            fromMs = Math.max(fromMs, report.getEventTime().toEpochMilli());
            LineFacet facet = Objects.requireNonNull(line.facets.at(fromMs));
            long aliveMs = report.getState() == MachineState.OFFLINE ? 0 : 3 * facet.heartbeatMs();
            String productId = report.getProductId() == null ? facet.productId() : report.getProductId();
            reports.add(new Placed(report, fromMs, fromMs + aliveMs, productId, facet.cycleUs(productId)));
        }
    }

    void rowsInto(Map<OracleKey, OracleRow> rows) {
        SortedSet<Long> planning = planningChangesMs();
        walkTime(planning);
        walkReports(planning);
        sumMinutes();
        @Nullable LocalDate firstOpenDay = firstOpenDay();
        sums.forEach((key, values) -> {
            boolean isFinal =
                    switch (key.table()) {
                        case LINE_PRODUCT_MINUTE -> endsBeforeHorizon(key, MINUTE_MS);
                        case LINE_PRODUCT_HOUR -> endsBeforeHorizon(key, HOUR_MS);
                        case LINE_PRODUCT_DAY, LINE_LOSS_DAY ->
                            firstOpenDay != null
                                    && LocalDate.parse(key.window().substring(0, 10))
                                            .isBefore(firstOpenDay);
                    };
            List<Long> row = key.table().columns().stream()
                    .map(column -> values.getOrDefault(column, 0L))
                    .toList();
            rows.put(key, new OracleRow(row, isFinal));
        });
    }

    /** Only what reports say of production days: units, and how many reports there were; nothing on time. */
    Map<OracleKey, Map<String, Long>> unitsByDay() {
        walkReports(new TreeSet<>());
        sumMinutes();
        sums.keySet().removeIf(key -> key.table() != OracleTable.LINE_PRODUCT_DAY);
        return sums;
    }

    /** The production day that an instant is in; null while nobody knows the line's plant. */
    @Nullable
    LocalDate dayOf(Instant instant) {
        return productionDay(minuteOf(instant.toEpochMilli()));
    }

    private boolean endsBeforeHorizon(OracleKey key, long lengthMs) {
        return Instant.parse(key.window()).toEpochMilli() + lengthMs <= finalBeforeMs;
    }

    /** Instants at which planned time may start or end. */
    private SortedSet<Long> planningChangesMs() {
        SortedSet<Long> changes = new TreeSet<>(line.facets.changesMs());
        for (History<Shift> plan : line.shifts.values()) {
            changes.addAll(plan.changesMs());
            for (Shift shift : plan.contents()) {
                changes.add(shift.startMs());
                changes.add(shift.endMs());
                for (Pause pause : shift.pauses()) {
                    changes.add(pause.startMs());
                    changes.add(pause.endMs());
                }
            }
        }
        if (!reports.isEmpty()) {
            changes.add(reports.get(0).fromMs);
        }
        return changes;
    }

    private boolean isPlanned(long instantMs) {
        @Nullable LineFacet facet = line.facets.at(instantMs);
        if (facet == null) {
            return false;
        }
        if (facet.aroundTheClock()) {
            return !reports.isEmpty() && instantMs >= reports.get(0).fromMs;
        }
        for (History<Shift> plan : line.shifts.values()) {
            @Nullable Shift shift = plan.at(instantMs);
            if (shift != null && shift.covers(instantMs)) {
                return true;
            }
        }
        return false;
    }

    private void walkTime(SortedSet<Long> planning) {
        SortedSet<Long> cuts = new TreeSet<>(planning);
        for (Placed placed : reports) {
            cuts.add(placed.fromMs);
            cuts.add(placed.silentFromMs);
        }
        cuts.add(untilMs);
        long startMs = earliestMs();
        for (long minuteMs = minuteOf(startMs); minuteMs < untilMs; minuteMs += MINUTE_MS) {
            cuts.add(minuteMs);
        }
        if (startMs >= untilMs) {
            return;
        }
        int next = 0;
        long fromMs = startMs;
        for (long toMs : cuts.subSet(startMs + 1, untilMs + 1)) {
            while (next < reports.size() && reports.get(next).fromMs <= fromMs) {
                next++;
            }
            addTime(fromMs, toMs, next == 0 ? null : reports.get(next - 1));
            fromMs = toMs;
        }
    }

    /** No fact is older than the first shift and the first report. */
    private long earliestMs() {
        long earliestMs = reports.isEmpty() ? untilMs : reports.get(0).fromMs;
        for (History<Shift> plan : line.shifts.values()) {
            for (Shift shift : plan.contents()) {
                earliestMs = Math.min(earliestMs, shift.startMs());
            }
        }
        return earliestMs;
    }

    private void addTime(long fromMs, long toMs, @Nullable Placed placed) {
        @Nullable LineFacet facet = line.facets.at(fromMs);
        if (facet == null) {
            return;
        }
        String productId = placed == null ? facet.productId() : placed.productId;
        @Nullable LineTelemetry vouching = placed == null || fromMs >= placed.silentFromMs ? null : placed.report;
        Kind kind = vouching == null ? Kind.UNKNOWN : Kind.of(vouching.getState());
        long lengthMs = toMs - fromMs;
        if (isPlanned(fromMs)) {
            add(fromMs, productId, "planned_ms", lengthMs);
            add(fromMs, productId, kind.fact, lengthMs);
            if (!kind.loss.isEmpty()) {
                @Nullable String reason = vouching == null ? null : vouching.getReasonCode();
                addLoss(fromMs, kind.loss, reason == null ? "" : reason, lengthMs);
            }
        } else if (kind == Kind.PRODUCING) {
            add(fromMs, productId, "unplanned_producing_ms", lengthMs);
        }
    }

    private void walkReports(SortedSet<Long> planning) {
        @Nullable Placed before = null;
        for (Placed placed : reports) {
            add(placed.fromMs, placed.productId, "reports", 1);
            if (before != null) {
                addUnits(before, placed, planning);
                LineTelemetry earlier = before.report;
                LineTelemetry later = placed.report;
                if (earlier.getSessionId() == later.getSessionId()) {
                    add(
                            placed.fromMs,
                            placed.productId,
                            "lost_reports",
                            later.getSequence() - earlier.getSequence() - 1);
                }
            }
            before = placed;
        }
    }

    private void addUnits(Placed before, Placed after, SortedSet<Long> planning) {
        LineTelemetry earlier = before.report;
        LineTelemetry later = after.report;
        long good = increment(earlier.getGoodCount(), later.getGoodCount());
        long scrap = increment(earlier.getScrapCount(), later.getScrapCount());
        add(after.fromMs, before.productId, "good_units", good);
        add(after.fromMs, before.productId, "scrap_units", scrap);
        if (earlier.getReworkCount() != null && later.getReworkCount() != null) {
            long rework = increment(earlier.getReworkCount(), later.getReworkCount());
            add(after.fromMs, before.productId, "rework_units", rework);
        }
        long allMs = after.fromMs - before.fromMs;
        long countedMs = plannedMs(before.fromMs, Math.min(after.fromMs, before.silentFromMs), planning);
        if (allMs == 0) {
            allMs = 1;
            countedMs = isPlanned(before.fromMs) && before.fromMs < before.silentFromMs ? 1 : 0;
        }
        add(after.fromMs, before.productId, "ideal_us", idealUs(good + scrap, before.cycleUs, countedMs, allMs));
        add(after.fromMs, before.productId, "ideal_good_us", idealUs(good, before.cycleUs, countedMs, allMs));
    }

    private static long increment(long before, long after) {
        long fall = before - after;
        boolean isCorrection = fall * 10 < before;
        return fall <= 0 || isCorrection ? -fall : after;
    }

    private static long idealUs(long units, long cycleUs, long countedMs, long allMs) {
        BigInteger full =
                BigInteger.valueOf(units).multiply(BigInteger.valueOf(cycleUs)).multiply(BigInteger.valueOf(countedMs));
        return new BigDecimal(full)
                .divide(BigDecimal.valueOf(allMs), 0, RoundingMode.FLOOR)
                .longValueExact();
    }

    private long plannedMs(long fromMs, long toMs, SortedSet<Long> planning) {
        SortedSet<Long> ends = new TreeSet<>();
        ends.add(toMs);
        if (fromMs + 1 < toMs) {
            ends.addAll(planning.subSet(fromMs + 1, toMs));
        }
        long plannedMs = 0;
        long startMs = fromMs;
        for (long endMs : ends) {
            if (isPlanned(startMs)) {
                plannedMs += endMs - startMs;
            }
            startMs = endMs;
        }
        return plannedMs;
    }

    private void add(long instantMs, String productId, String fact, long value) {
        minutes.computeIfAbsent(new Minute(minuteOf(instantMs), productId), minute -> new HashMap<>())
                .merge(fact, value, Math::addExact);
    }

    private void addLoss(long instantMs, String category, String reasonCode, long lostMs) {
        @Nullable LocalDate day = productionDay(minuteOf(instantMs));
        if (day != null) {
            sum(OracleKey.loss(lineId, day, category, reasonCode), "lost_ms", lostMs);
        }
    }

    /** Minutes are rows, and add up to hours and production days. */
    private void sumMinutes() {
        minutes.forEach((minute, facts) -> {
            Instant start = Instant.ofEpochMilli(minute.startMs);
            Instant hour = start.truncatedTo(ChronoUnit.HOURS);
            OracleKey ofMinute = OracleKey.minute(lineId, minute.productId, start);
            OracleKey ofHour = OracleKey.hour(lineId, minute.productId, hour);
            @Nullable LocalDate day = productionDay(minute.startMs);
            @Nullable OracleKey ofDay = day == null ? null : OracleKey.day(lineId, minute.productId, day);
            facts.forEach((fact, value) -> {
                sum(ofMinute, fact, value);
                sum(ofHour, fact, value);
                if (ofDay != null) {
                    sum(ofDay, fact, value);
                }
            });
        });
    }

    private void sum(OracleKey key, String fact, long value) {
        sums.computeIfAbsent(key, absent -> new HashMap<>()).merge(fact, value, Math::addExact);
    }

    private static long minuteOf(long instantMs) {
        return Math.floorDiv(instantMs, MINUTE_MS) * MINUTE_MS;
    }

    /** Production day of a minute, by the zone that its plant has then; null while nobody knows its plant. */
    private @Nullable LocalDate productionDay(long minuteMs) {
        @Nullable LineFacet facet = line.facets.at(minuteMs);
        @Nullable History<Clock> plant = facet == null ? null : plants.get(facet.plantId());
        @Nullable Clock clock = plant == null ? null : plant.at(minuteMs);
        if (clock == null) {
            return null;
        }
        Instant instant = Instant.ofEpochMilli(minuteMs);
        ZoneId zone = clock.zone();
        LocalDate date = instant.atZone(zone).toLocalDate();
        Instant dayStart = date.atTime(clock.dayStartsAt()).atZone(zone).toInstant();
        return instant.isBefore(dayStart) ? date.minusDays(1) : date;
    }

    /** The earliest production day of any minute that is not over since the horizon: days before it are final. */
    private @Nullable LocalDate firstOpenDay() {
        SortedSet<Long> minutes = new TreeSet<>();
        long firstOpenMs = minuteOf(finalBeforeMs);
        minutes.add(firstOpenMs);
        SortedSet<Long> changes = new TreeSet<>(line.facets.changesMs());
        plants.values().forEach(plant -> changes.addAll(plant.changesMs()));
        for (long changeMs : changes) {
            long minuteMs = minuteOf(changeMs + MINUTE_MS - 1);
            if (minuteMs > firstOpenMs) {
                minutes.add(minuteMs);
            }
        }
        return minutes.stream()
                .map(this::productionDay)
                .filter(Objects::nonNull)
                .min(LocalDate::compareTo)
                .orElse(null);
    }
}
