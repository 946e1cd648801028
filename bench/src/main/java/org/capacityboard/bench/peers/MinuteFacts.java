package org.capacityboard.bench.peers;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.generic.GenericRecord;
import org.capacityboard.domain.reference.LineVersion;
import org.capacityboard.domain.throughput.Fact;
import org.capacityboard.domain.throughput.LossCategory;
import org.capacityboard.domain.throughput.MachineState;
import org.jspecify.annotations.Nullable;

/**
 * The facts of one minute of a line that is planned around the clock, taken from the minute's reports and the one before them. A report is taken at the time
 * it says; nobody's clock steps back.
 */
final class MinuteFacts {
    private static final int HEARTBEATS_UNTIL_UNKNOWN = 3;
    private static final Comparator<GenericRecord> ORDER = Comparator.<GenericRecord>comparingLong(
                    report -> (long) report.get("sessionId"))
            .thenComparingLong(report -> (long) report.get("sequence"));

    private final LineVersion line;
    private final Map<String, long[]> facts = new HashMap<>();
    private final Map<Loss, Long> losses = new HashMap<>();

    /**
     * Why planned time was lost.
     *
     * @param reasonCode empty if none was given
     */
    record Loss(LossCategory category, String reasonCode) {}

    private MinuteFacts(LineVersion line) {
        this.line = line;
    }

    /**
     * Takes the facts of a minute.
     *
     * @param before last report before it; null if there was none
     * @param reports those of the minute, in any order and perhaps repeated; afterwards in order
     */
    static MinuteFacts of(
            LineVersion line, @Nullable GenericRecord before, List<GenericRecord> reports, long startMs, long endMs) {
        MinuteFacts minute = new MinuteFacts(line);
        reports.sort(ORDER);
        GenericRecord previous = before;
        long atMs = startMs;
        for (GenericRecord report : reports) {
            if (previous != null && ORDER.compare(previous, report) == 0) {
                minute.of(product(line, report))[Fact.DUPLICATES.ordinal()]++;
                continue;
            }
            long reportMs = (long) report.get("eventTime");
            if (previous != null) {
                minute.hold(previous, atMs, reportMs);
            }
            minute.count(previous, report);
            previous = report;
            atMs = reportMs;
        }
        if (previous != null) {
            minute.hold(previous, atMs, endMs);
        }
        return minute;
    }

    /** Facts by product. */
    Map<String, long[]> facts() {
        return facts;
    }

    /** Lost time, ms. */
    Map<Loss, Long> losses() {
        return losses;
    }

    private long[] of(String product) {
        return facts.computeIfAbsent(product, any -> new long[Fact.COUNT]);
    }

    private void hold(GenericRecord report, long fromMs, long toMs) {
        MachineState state = MachineState.valueOf(report.get("state").toString());
        long knownToMs = knownToMs(report);
        String reason = text(report, "reasonCode");
        if (fromMs < knownToMs) {
            long[] facts = of(product(line, report));
            long ms = Math.min(toMs, knownToMs) - fromMs;
            facts[Fact.PLANNED_MS.ordinal()] += ms;
            facts[fact(state).ordinal()] += ms;
            LossCategory loss = loss(state);
            if (loss != null && ms > 0) {
                losses.merge(new Loss(loss, reason == null ? "" : reason), ms, Long::sum);
            }
        }
        long unknownMs = toMs - Math.max(fromMs, knownToMs);
        if (unknownMs > 0) {
            long[] facts = of(product(line, report));
            facts[Fact.PLANNED_MS.ordinal()] += unknownMs;
            facts[Fact.UNKNOWN_MS.ordinal()] += unknownMs;
            losses.merge(new Loss(LossCategory.UNKNOWN, ""), unknownMs, Long::sum);
        }
    }

    private void count(@Nullable GenericRecord before, GenericRecord report) {
        long[] own = of(product(line, report));
        own[Fact.REPORTS.ordinal()]++;
        if (before == null) {
            return;
        }
        if (before.get("sessionId").equals(report.get("sessionId"))) {
            own[Fact.LOST_REPORTS.ordinal()] += (long) report.get("sequence") - (long) before.get("sequence") - 1;
        }
        long good = increment((long) before.get("goodCount"), (long) report.get("goodCount"));
        long scrap = increment((long) before.get("scrapCount"), (long) report.get("scrapCount"));
        Object reworkBefore = before.get("reworkCount");
        Object reworkNow = report.get("reworkCount");
        long rework = reworkBefore == null || reworkNow == null ? 0 : increment((long) reworkBefore, (long) reworkNow);
        String product = product(line, before);
        long[] made = of(product);
        made[Fact.GOOD_UNITS.ordinal()] += good;
        made[Fact.SCRAP_UNITS.ordinal()] += scrap;
        made[Fact.REWORK_UNITS.ordinal()] += rework;
        long beforeMs = (long) before.get("eventTime");
        long totalMs = (long) report.get("eventTime") - beforeMs;
        long knownMs = Math.min(totalMs, knownToMs(before) - beforeMs);
        long cycleUs = line.cycleUs(product);
        made[Fact.IDEAL_US.ordinal()] += ideal((good + scrap) * cycleUs, knownMs, totalMs);
        made[Fact.IDEAL_GOOD_US.ordinal()] += ideal(good * cycleUs, knownMs, totalMs);
    }

    private static long ideal(long us, long knownMs, long totalMs) {
        return knownMs == totalMs ? us : Math.floorDiv(us * knownMs, totalMs);
    }

    /** A fall of less than a tenth corrects the counter, any other fall is a reset. */
    private static long increment(long before, long after) {
        long delta = after - before;
        return delta >= 0 || -delta * 10 < before ? delta : after;
    }

    private long knownToMs(GenericRecord report) {
        long atMs = (long) report.get("eventTime");
        return report.get("state").toString().equals(MachineState.OFFLINE.name())
                ? atMs
                : atMs + HEARTBEATS_UNTIL_UNKNOWN * line.heartbeatMs();
    }

    private static String product(LineVersion line, GenericRecord report) {
        String product = text(report, "productId");
        return product == null ? line.productId() : product;
    }

    private static @Nullable String text(GenericRecord report, String field) {
        Object text = report.get(field);
        return text == null ? null : text.toString();
    }

    private static Fact fact(MachineState state) {
        return switch (state) {
            case EXECUTE -> Fact.PRODUCING_MS;
            case SETUP -> Fact.SETUP_MS;
            case IDLE, SUSPENDED, HELD, COMPLETE -> Fact.DELAY_MS;
            case STOPPED, ABORTED, CLEARING, MAINTENANCE -> Fact.DOWN_MS;
            case OFFLINE -> Fact.UNKNOWN_MS;
        };
    }

    private static @Nullable LossCategory loss(MachineState state) {
        return switch (state) {
            case EXECUTE -> null;
            case SETUP -> LossCategory.SETUP;
            case IDLE -> LossCategory.DELAY_IDLE;
            case SUSPENDED -> LossCategory.DELAY_EXTERNAL;
            case HELD -> LossCategory.DELAY_INTERNAL;
            case COMPLETE -> LossCategory.DELAY_COMPLETE;
            case STOPPED, ABORTED, CLEARING, MAINTENANCE -> LossCategory.DOWN;
            case OFFLINE -> LossCategory.UNKNOWN;
        };
    }
}
