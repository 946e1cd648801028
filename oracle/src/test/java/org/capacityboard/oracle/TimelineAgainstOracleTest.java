package org.capacityboard.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.avro.specific.SpecificRecord;
import org.capacityboard.domain.throughput.CurrentState;
import org.capacityboard.domain.throughput.HeapHourStore;
import org.capacityboard.domain.throughput.HourChunk;
import org.capacityboard.domain.throughput.LineHead;
import org.capacityboard.domain.throughput.LineTimeline;
import org.capacityboard.domain.throughput.LineTimeline.Outcome;
import org.capacityboard.domain.throughput.LossCategory;
import org.capacityboard.domain.throughput.RowSink;
import org.capacityboard.events.Line;
import org.capacityboard.events.LineTelemetry;
import org.capacityboard.events.Plant;
import org.capacityboard.events.ShiftPlan;
import org.capacityboard.oracle.StreamOptions.References;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The timeline of the domain, fed record by record, ends in the rows that the oracle computes from all of them at once. */
@Execution(ExecutionMode.SAME_THREAD)
class TimelineAgainstOracleTest {
    private static final StreamOptions SIZE = new StreamOptions(4, 200, null, References.FIRST, 0.01);

    /** How the watermark moves, and when the state is put away and taken up again. */
    private record Treatment(References references, int jumpPercent, int advancePercent, int restorePercent) {
        static Treatment of(long seed) {
            References references = References.values()[(int) (seed % 3)];
            return switch ((int) (seed / 3 % 4)) {
                case 0 -> new Treatment(references, 0, 100, 0);
                case 1 -> new Treatment(references, 3, 20, 5);
                case 2 -> new Treatment(references, 0, 2, 2);
                default -> new Treatment(references, 20, 50, 10);
            };
        }
    }

    static Stream<Integer> seeds() {
        return IntStream.range(0, Integer.getInteger("oracle.streams", 216)).boxed();
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void any_seeded_stream_ends_in_the_rows_of_the_oracle(int seed) {
        Treatment treatment = Treatment.of(seed);
        SeededStream stream = SeededStream.of(seed, SIZE.withReferences(treatment.references));
        Run run = new Run(stream, treatment);
        run.feed();

        run.compareAt(stream.until());
        if (seed % 4 == 0) {
            run.compareAt(stream.settled());
        }
    }

    /** One stream through the timelines of all its lines. */
    private static final class Run {
        private final SeededStream stream;
        private final Treatment treatment;
        private final Chance chance;
        private final Map<String, TimelineOfLine> lines = new TreeMap<>();
        private final List<OracleEvent> events = new ArrayList<>();
        private long watermarkMs = Long.MIN_VALUE;

        Run(SeededStream stream, Treatment treatment) {
            this.stream = stream;
            this.treatment = treatment;
            this.chance = new Chance(~stream.seed());
        }

        void feed() {
            List<Arrival> arrivals = stream.arrivals();
            for (Arrival arrival : arrivals) {
                if (arrival.event() instanceof Line line && arrival.refusedAs() == null) {
                    lines.putIfAbsent(
                            line.getLineId(),
                            new TimelineOfLine(line, stream.horizon().toMillis()));
                }
            }
            for (int i = 0; i < arrivals.size(); i++) {
                take(arrivals.get(i));
                if (i + 1 < arrivals.size()
                        && chance.inPercent(treatment.jumpPercent)
                        && watermarkMs > Long.MIN_VALUE) {
                    long mostMs = stream.harmlessWatermark(i + 1).toEpochMilli();
                    watermarkMs = Math.max(watermarkMs, chance.between(watermarkMs, mostMs));
                }
                if (chance.inPercent(treatment.advancePercent)) {
                    lines.values().forEach(line -> line.advance(watermarkMs, chance));
                }
                if (chance.inPercent(treatment.restorePercent)) {
                    lines.values().forEach(TimelineOfLine::restore);
                }
            }
        }

        private void take(Arrival arrival) {
            SpecificRecord event = arrival.event();
            if (event == null) {
                return;
            }
            @Nullable Instant watermark = watermarkMs == Long.MIN_VALUE ? null : Instant.ofEpochMilli(watermarkMs);
            events.add(new OracleEvent(event, arrival.receivedAt(), watermark));
            boolean isRubbish = arrival.refusedAs() != null;
            if (event instanceof Plant plant && !isRubbish) {
                lines.values().stream()
                        .filter(line -> line.plantId.equals(plant.getPlantId()))
                        .forEach(line -> line.timeline.plant(DomainFeed.plant(plant), watermarkMs));
            } else if (event instanceof Line line) {
                Outcome outcome = at(line.getLineId()).timeline.line(DomainFeed.line(line), watermarkMs);
                assertThat(outcome == Outcome.CONFLICT)
                        .as("conflict of " + line)
                        .isEqualTo(isRubbish);
            } else if (event instanceof ShiftPlan plan && !isRubbish) {
                at(plan.getLineId()).timeline.plan(DomainFeed.plan(plan), watermarkMs);
            } else if (event instanceof LineTelemetry report) {
                if (!isRubbish) {
                    Outcome outcome = at(report.getLineId()).timeline.report(DomainFeed.report(report), watermarkMs);
                    assertThat(outcome)
                            .as("seed %d, watermark %s, %s", stream.seed(), watermark, report)
                            .isNotEqualTo(Outcome.LATE);
                }
                if (!isRubbish || "UNKNOWN_LINE".equals(arrival.refusedAs())) {
                    long coveredMs = report.getEventTime().toEpochMilli() - OracleInput.DISORDER.toMillis();
                    watermarkMs = Math.max(watermarkMs, coveredMs);
                }
            }
        }

        private TimelineOfLine at(String lineId) {
            return Objects.requireNonNull(lines.get(lineId), lineId);
        }

        void compareAt(Instant until) {
            Map<OracleKey, OracleRow> written = new HashMap<>();
            for (TimelineOfLine line : lines.values()) {
                line.finish(until.toEpochMilli());
                line.writtenInto(written);
            }
            OracleRows expected = Oracle.throughput(new OracleInput(events, until, stream.horizon()));
            List<OracleDifference> differences = OracleDifference.between(expected, new OracleRows(written));
            assertThat(OracleDifference.describe(differences))
                    .as("seed %d, %s, horizon %s, until %s", stream.seed(), treatment, stream.horizon(), until)
                    .isEmpty();
        }
    }

    /** A window of a line as the timeline names it: {@code start} in ms, or the epoch day. */
    private record Window(OracleTable table, long start, String subject, String reasonCode) {}

    private record Written(long[] values, boolean isFinal) {}

    /** A timeline, and what it wrote last for each window. */
    private static final class TimelineOfLine implements RowSink {
        private final String lineId;
        private final String plantId;
        private final long horizonMs;
        private final Map<Window, Written> rows = new HashMap<>();
        private LineHead head = new LineHead();
        private HeapHourStore hours = new HeapHourStore();
        private LineTimeline timeline;

        TimelineOfLine(Line line, long horizonMs) {
            this.lineId = line.getLineId();
            this.plantId = line.getPlantId();
            this.horizonMs = horizonMs;
            this.timeline = new LineTimeline(lineId, head, hours, horizonMs);
        }

        void advance(long watermarkMs, Chance chance) {
            if (watermarkMs == Long.MIN_VALUE) {
                return;
            }
            timeline.advance(watermarkMs, this);
            if (chance.inPercent(5)) {
                timeline.early(watermarkMs, chance.inPercent(50), chance.inPercent(50), chance.inPercent(50), this);
            }
        }

        void finish(long untilMs) {
            timeline.advance(untilMs, this);
            timeline.early(untilMs, true, true, true, this);
        }

        void restore() {
            head = LineHead.decode(head.encode());
            HeapHourStore restored = new HeapHourStore();
            for (long hour : hours.hours()) {
                restored.put(
                        hour,
                        HourChunk.decode(Objects.requireNonNull(hours.get(hour)).encode()));
            }
            hours = restored;
            timeline = new LineTimeline(lineId, head, hours, horizonMs);
        }

        void writtenInto(Map<OracleKey, OracleRow> found) {
            rows.forEach((window, row) -> found.put(key(window), OracleRow.of(row.isFinal, row.values)));
        }

        private OracleKey key(Window window) {
            return switch (window.table) {
                case LINE_PRODUCT_MINUTE ->
                    OracleKey.minute(lineId, window.subject, Instant.ofEpochMilli(window.start));
                case LINE_PRODUCT_HOUR -> OracleKey.hour(lineId, window.subject, Instant.ofEpochMilli(window.start));
                case LINE_PRODUCT_DAY -> OracleKey.day(lineId, window.subject, LocalDate.ofEpochDay(window.start));
                case LINE_LOSS_DAY ->
                    OracleKey.loss(lineId, LocalDate.ofEpochDay(window.start), window.subject, window.reasonCode);
            };
        }

        @Override
        public void minute(String productId, long windowStartMs, long[] facts, boolean isFinal) {
            Window window = new Window(OracleTable.LINE_PRODUCT_MINUTE, windowStartMs, productId, "");
            rows.put(window, new Written(facts, isFinal));
        }

        @Override
        public void hour(String productId, long windowStartMs, long[] facts, boolean isFinal) {
            Window window = new Window(OracleTable.LINE_PRODUCT_HOUR, windowStartMs, productId, "");
            rows.put(window, new Written(facts, isFinal));
        }

        @Override
        public void day(String productId, long productionDay, long[] facts, boolean isFinal) {
            Window window = new Window(OracleTable.LINE_PRODUCT_DAY, productionDay, productId, "");
            rows.put(window, new Written(facts, isFinal));
        }

        @Override
        public void loss(long productionDay, LossCategory category, String reasonCode, long lostMs, boolean isFinal) {
            Window window = new Window(OracleTable.LINE_LOSS_DAY, productionDay, category.name(), reasonCode);
            rows.put(window, new Written(new long[] {lostMs}, isFinal));
        }

        @Override
        public void current(CurrentState state) {}
    }
}
