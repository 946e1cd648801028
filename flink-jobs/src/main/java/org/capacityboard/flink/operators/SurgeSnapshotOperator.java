package org.capacityboard.flink.operators;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;
import org.apache.flink.api.common.operators.ProcessingTimeService;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.metrics.Counter;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.capacityboard.domain.surge.SurgeReadiness;
import org.capacityboard.flink.rows.RowStamp;
import org.capacityboard.flink.rows.SurgeRow;
import org.capacityboard.flink.types.SlimType;
import org.capacityboard.process.meters.MeterTag;
import org.capacityboard.process.meters.Meters;
import org.jspecify.annotations.Nullable;

/**
 * Knows everything that surge readiness hangs on, in one task, and computes it: of a UTC day when the day closes, and, while the job keeps up, of the current
 * day when something changed, every ten seconds at most. What the rows say is decided by {@link SurgeReadiness} alone.
 *
 * <p>State: that of {@link SurgeState}; what waits for a plant, material or line, until it is known or the wait is over; the highest watermark and how much was
 * accepted (as long as the job).
 */
final class SurgeSnapshotOperator extends AbstractStreamOperator<SurgeRow>
        implements OneInputStreamOperator<SurgeInput, SurgeRow> {
    private static final long serialVersionUID = 1L;
    private static final long END_OF_INPUT = Long.MAX_VALUE;
    private static final long NO_WATERMARK = Long.MIN_VALUE;
    private static final long DAY_MS = Duration.ofDays(1).toMillis();
    private static final long LOOK_EVERY_MS = Duration.ofSeconds(10).toMillis();
    /** Who counts stock by a clock that was never set must not bring rows of a quarter of a century. */
    private static final long MOST_DAYS_CLOSED_AT_ONCE = 366;
    /** No restatement has ever happened to rows that are computed from the stream. */
    private static final int GENERATION = 0;

    private final SurgeTiming timing;

    private transient SurgeBook book;
    private transient SurgeState state;
    private transient SurgeEmitter rows;
    private transient Pace pace;
    private transient Map<String, Counters> counters;
    private transient Map<String, List<HeldReport>> waiting;
    private transient int waitingCount;
    private transient ListState<HeldReport> waitingState;
    private transient ListState<Long> highestState;
    private transient ListState<Long> acceptedState;

    /** Inputs of a bounded run that time has not reached yet. */
    private transient PriorityQueue<Ahead> ahead;

    private transient long received;
    /** Records that were accepted and changed something. */
    private transient long accepted;
    /** Highest watermark ever seen, also before a restore. */
    private transient long highestMs;
    /** Last watermark since the start. */
    private transient long markMs;

    private transient boolean hasChanged;
    /** Wall clock of the start, ms; of a bounded run the beginning of time. */
    private transient long startedMs;
    /**
     * Whether time has passed the start, and all was written whole since. Before, rows of the run before may have newer stamps than what is computed, so that one
     * that stays as it is now would never be written over one that has changed back.
     */
    private transient boolean isSettled;
    /** Products whose bills run in circles, as of the last computation. */
    private transient Set<String> inCircles;

    private record Counters(Counter records, Counter duplicates) {}

    /** An input that was taken off its channel as the {@code number}th. */
    private record Ahead(SurgeInput input, long number) {
        static final Comparator<Ahead> ORDER = Comparator.comparingLong(
                        (Ahead waiting) -> waiting.input.readAtWatermarkMs())
                .thenComparingLong(Ahead::number);
    }

    SurgeSnapshotOperator(SurgeTiming timing) {
        this.timing = timing;
    }

    @Override
    public void initializeState(StateInitializationContext context) throws Exception {
        super.initializeState(context);
        highestState = context.getOperatorStateStore()
                .getListState(new ListStateDescriptor<>("highest-watermark", Types.LONG));
        acceptedState = context.getOperatorStateStore().getListState(new ListStateDescriptor<>("accepted", Types.LONG));
        waitingState = context.getOperatorStateStore()
                .getListState(new ListStateDescriptor<>("waiting", SlimType.of(HeldReportCodec.INSTANCE)));
        highestMs = NO_WATERMARK;
        for (Long seen : highestState.get()) {
            highestMs = Math.max(highestMs, seen);
        }
        accepted = 0;
        for (Long count : acceptedState.get()) {
            accepted += count;
        }
    }

    @Override
    public void open() throws Exception {
        super.open();
        book = new SurgeBook(timing.staleAfterDays());
        state = new SurgeState(getRuntimeContext(), getKeyedStateBackend(), !timing.bounded());
        state.restore(book);
        waiting = new HashMap<>();
        waitingCount = 0;
        for (HeldReport held : waitingState.get()) {
            ReferenceNeeds.Need need = need(held.input());
            hold(held, need == null ? held.input().key() : keyOf(need));
        }
        ahead = new PriorityQueue<>(Ahead.ORDER);
        rows = new SurgeEmitter(output, book);
        pace = new Pace();
        markMs = NO_WATERMARK;
        hasChanged = true;
        startedMs = timing.bounded() ? NO_WATERMARK : getProcessingTimeService().getCurrentProcessingTime();
        isSettled = timing.bounded();
        inCircles = Set.of();
        counters = new HashMap<>();
        // Flink's gauges have no unit of their own; the page shows it at the end of the name.
        getMetricGroup().gauge(gaugeName(Meters.WATERMARK_AGE), this::watermarkAgeSeconds);
        getMetricGroup().gauge(gaugeName(Meters.WAITING), () -> waitingCount);
        if (!timing.bounded()) {
            lookLater();
        }
    }

    private void lookLater() {
        ProcessingTimeService clock = getProcessingTimeService();
        clock.registerTimer(clock.getCurrentProcessingTime() + LOOK_EVERY_MS, now -> {
            if (markMs != NO_WATERMARK) {
                computeCurrentDay(now);
                rows.writeSnapshotIfDue(now);
            }
            lookLater();
        });
    }

    @Override
    public void snapshotState(StateSnapshotContext context) throws Exception {
        super.snapshotState(context);
        state.writeBack(book);
        highestState.update(List.of(highestMs));
        acceptedState.update(List.of(accepted));
        waitingState.update(waiting.values().stream().flatMap(List::stream).toList());
    }

    @Override
    public void processElement(StreamRecord<SurgeInput> element) {
        SurgeInput input = element.getValue();
        if (timing.bounded()) {
            ahead.add(new Ahead(input, received++));
        } else {
            take(input);
        }
    }

    @Override
    public void processWatermark(Watermark mark) throws Exception {
        if (timing.bounded()) {
            takeReadBefore(mark.getTimestamp());
        }
        if (mark.getTimestamp() == END_OF_INPUT) {
            end();
        } else {
            markMs = mark.getTimestamp();
            closeDays();
            highestMs = Math.max(highestMs, markMs);
            refuseExpired(highestMs);
            pace.catchesUp(markMs, getProcessingTimeService().getCurrentProcessingTime());
        }
        super.processWatermark(mark);
    }

    /** Makes a run over files exact: an input counts from the watermark on after which it was read, however its channel raced the others. */
    private void takeReadBefore(long watermarkMs) {
        while (!ahead.isEmpty() && ahead.element().input().readAtWatermarkMs() < watermarkMs) {
            take(ahead.remove().input());
        }
    }

    private void closeDays() {
        if (highestMs == NO_WATERMARK || markMs <= highestMs) {
            return;
        }
        long today = Math.floorDiv(markMs, DAY_MS);
        long first = Math.max(Math.floorDiv(highestMs, DAY_MS), today - MOST_DAYS_CLOSED_AT_ONCE);
        for (long day = first; day < today; day++) {
            long closedMs = (day + 1) * DAY_MS;
            compute(closedMs, closedMs - 1, true, closedMs);
            book.close(closedMs, state::changedDay);
            hasChanged = true;
        }
    }

    private void computeCurrentDay(long nowMs) {
        boolean settlesNow = !isSettled && highestMs >= startedMs;
        if (!pace.catchesUp(markMs, nowMs) && (hasChanged || settlesNow)) {
            long midnightMs = (Math.floorDiv(highestMs, DAY_MS) + 1) * DAY_MS;
            compute(midnightMs, midnightMs - 1, false, highestMs);
        }
    }

    /** A run over files shows all there is, and waits no longer. A live job that is drained goes on later: it neither writes nor refuses. */
    private void end() {
        if (timing.bounded() && highestMs != NO_WATERMARK) {
            refuseExpired(END_OF_INPUT);
            compute(highestMs, highestMs, Math.floorMod(highestMs, DAY_MS) == 0, highestMs);
        }
    }

    private void compute(long nowMs, long includedMs, boolean isFinal, long coveredMs) {
        hasChanged = false;
        if (book.isEmpty()) {
            return;
        }
        WithoutCircles without = WithoutCircles.of(book.snapshot(nowMs, includedMs, coveredMs));
        if (!without.inCircles().equals(inCircles)) {
            inCircles = without.inCircles();
            LOG.warn(
                    "Surge readiness leaves out products whose bills run in circles, and what takes them, until a bill is corrected: {}",
                    inCircles.isEmpty() ? "none any more" : String.join(", ", inCircles));
        }
        SurgeReadiness computed = SurgeReadiness.of(without.snapshot());
        rows.write(
                new SurgeEmitter.Computation(
                        without.snapshot(),
                        computed,
                        includedMs,
                        isFinal,
                        new RowStamp(GENERATION, accepted, coveredMs)),
                !isSettled,
                getProcessingTimeService().getCurrentProcessingTime());
        isSettled |= coveredMs >= startedMs;
    }

    private void take(SurgeInput input) {
        if (input instanceof SurgeInput.Version version) {
            book.add(version.reference());
            state.added(version);
            hasAccepted();
            takeWaiting(version.key());
        } else if (input instanceof SurgeInput.Report report) {
            ReferenceNeeds.Need need = need(report);
            if (need == null) {
                accept(report);
            } else {
                hold(new HeldReport(report, waitsUntil(report)), keyOf(need));
            }
        } else if (input instanceof SurgeInput.Output day) {
            if (book.add(day)) {
                state.changedDay(day.key(), day.productionDay());
                hasAccepted();
            }
        } else if (input instanceof SurgeInput.Heard line && book.heard(line.lineId(), line.atMs())) {
            state.changed(line);
            hasAccepted();
        }
    }

    private void hasAccepted() {
        accepted++;
        hasChanged = true;
    }

    private void accept(SurgeInput.Report report) {
        Counters seen = counters(report.event().origin().topic());
        seen.records().inc();
        if (book.add(report.event(), highestMs)) {
            state.changed(report);
            hasAccepted();
        } else {
            seen.duplicates().inc();
        }
    }

    private Counters counters(String topic) {
        return counters.computeIfAbsent(topic, each -> {
            var group = getMetricGroup().addGroup(MeterTag.TOPIC.key(), topic);
            return new Counters(
                    group.counter(Meters.INGEST_RECORDS.meterName()),
                    group.counter(Meters.INGEST_DUPLICATES.meterName()));
        });
    }

    private void hold(HeldReport held, String need) {
        waiting.computeIfAbsent(need, any -> new ArrayList<>()).add(held);
        waitingCount++;
    }

    private void takeWaiting(String key) {
        List<HeldReport> all = waiting.remove(key);
        if (all == null) {
            return;
        }
        waitingCount -= all.size();
        for (HeldReport held : all) {
            ReferenceNeeds.Need need = need(held.input());
            if (need == null) {
                accept(held.input());
            } else {
                hold(held, keyOf(need));
            }
        }
    }

    private void refuseExpired(long watermarkMs) {
        if (waitingCount == 0) {
            return;
        }
        for (List<HeldReport> all : waiting.values()) {
            all.removeIf(held -> {
                boolean isExpired = held.untilMs() <= watermarkMs;
                ReferenceNeeds.Need need = need(held.input());
                if (isExpired && need != null) {
                    output.collect(
                            LineTimelineOperator.REJECTED,
                            new StreamRecord<>(SurgeRejections.unknown(held.input(), need)));
                    waitingCount--;
                }
                return isExpired && need != null;
            });
        }
        waiting.values().removeIf(List::isEmpty);
    }

    private long waitsUntil(SurgeInput.Report input) {
        return timing.bounded()
                ? END_OF_INPUT
                : Math.max(highestMs, input.event().eventTimeMs())
                        + timing.unknownReferenceWait().toMillis();
    }

    /** What is missing for a report to be taken; null if nothing is. */
    private ReferenceNeeds.@Nullable Need need(SurgeInput.Report report) {
        for (ReferenceNeeds.Need need : ReferenceNeeds.of(report.event())) {
            if (!book.knows(need.topic(), need.id())) {
                return need;
            }
        }
        return null;
    }

    private static String keyOf(ReferenceNeeds.Need need) {
        return SurgeInput.keyOf(need.topic().baseName(), need.id());
    }

    private static String gaugeName(Meters meter) {
        return meter.meterName() + "." + meter.baseUnit();
    }

    /** NaN while there is no watermark. */
    private double watermarkAgeSeconds() {
        return highestMs == NO_WATERMARK
                ? Double.NaN
                : (getProcessingTimeService().getCurrentProcessingTime() - highestMs) / 1000.0;
    }
}
