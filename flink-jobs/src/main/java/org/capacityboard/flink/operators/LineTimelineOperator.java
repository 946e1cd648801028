package org.capacityboard.flink.operators;

import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.runtime.state.VoidNamespace;
import org.apache.flink.runtime.state.VoidNamespaceSerializer;
import org.apache.flink.runtime.state.heap.HeapKeyedStateBackend;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.InternalTimer;
import org.apache.flink.streaming.api.operators.InternalTimerService;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.operators.Triggerable;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.util.OutputTag;
import org.capacityboard.domain.reference.ShiftPlanVersion;
import org.capacityboard.domain.throughput.LineReport;
import org.capacityboard.domain.throughput.LineTimeline;
import org.capacityboard.domain.throughput.LineTimeline.Outcome;
import org.capacityboard.flink.ingest.Ingested;
import org.capacityboard.flink.ingest.ReferenceReader;
import org.capacityboard.flink.ingest.Rejection;
import org.capacityboard.flink.rows.ThroughputRow;
import org.capacityboard.flink.types.SlimType;
import org.capacityboard.process.meters.MeterTag;
import org.capacityboard.process.meters.Meters;
import org.capacityboard.schemas.Topic;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the timeline of every line and writes the rows of its windows: when they close, when they become final, when late data changes them, and every
 * second while they are open and the job keeps up. What the rows say is decided by {@link LineTimeline} alone; here are its state and its timers.
 *
 * <p>State: that of {@link LiveLines} and {@link HeldInputs}, and the highest watermark (as long as the job).
 */
final class LineTimelineOperator extends AbstractStreamOperator<ThroughputRow>
        implements OneInputStreamOperator<LineBatch, ThroughputRow>, Triggerable<String, VoidNamespace> {
    static final OutputTag<Rejection> REJECTED = new OutputTag<>("rejected", SlimType.of(RejectionCodec.INSTANCE));
    static final OutputTag<Ingested.Reference> ACCEPTED_PLANS =
            new OutputTag<>("accepted-plans", SlimType.of(ReferenceCodec.INSTANCE));

    private static final long serialVersionUID = 1L;
    private static final long NO_WATERMARK = Long.MIN_VALUE;
    private static final long END_OF_INPUT = HeldInputs.END_OF_INPUT;
    /** News is written at once, but not more often than this. */
    private static final long EARLY_AFTER_NEWS_MS = 800;
    /** Without news the passing of time is written. Longer than a second, so that lines that report every second write once for each report. */
    private static final long EARLY_WITHOUT_NEWS_MS = 1_500;
    /** Writings that are due within this wait for each other. */
    private static final long EARLY_TOGETHER_MS = 20;

    private static final long HOURS_EVERY_MS = 10_000;
    private static final long DAYS_EVERY_MS = 30_000;
    private static final long PAST_EVERY_MS = 60_000;
    private static final long LONG_PAST_EVERY_MS = 300_000;
    /** Whose watermark is older than this reads a past, or hears of nobody: in silence the watermark follows the clock from behind this. */
    static final long CATCHING_UP_MS = Duration.ofMinutes(2).toMillis();
    /** Whose watermark is older than this reads a past in any case. */
    private static final long LONG_PAST_MS = Duration.ofHours(1).toMillis();
    /** Lines at hand at most where state is on disk: some hundred MB. */
    private static final int LIVE_LINES_BESIDE_DISK = 50_000;

    private final TimelineTiming timing;
    private final long horizonMs;

    private transient BatchReader batch;
    private transient LiveLines lines;
    private transient HeldInputs held;
    private transient ListState<Long> watermarkState;
    private transient InternalTimerService<VoidNamespace> timers;
    private transient RowEmitter rows;
    /** Lines whose timers fired; windows of some are closed together. */
    private transient String[] due;

    private transient int dueCount;
    private transient Counter reports;
    private transient Counter duplicates;
    private transient Counter late;

    /** Highest watermark ever seen, also before a restore. */
    private transient long highestMs;

    /** Inputs of a bounded run that time has not reached yet. */
    private transient PriorityQueue<Ahead> ahead;

    private transient long received;
    private transient boolean ended;
    /** Earliest changed instant by line since a restore, until its backlog has been read; null otherwise. */
    private transient @Nullable Map<String, Long> changedSinceRestore;

    /** An input that was taken off its channel as the {@code number}th. */
    private record Ahead(LineInput input, long number) {
        static final Comparator<Ahead> ORDER = Comparator.comparingLong(
                        (Ahead waiting) -> waiting.input.readAtWatermarkMs())
                .thenComparingLong(Ahead::number);
    }

    LineTimelineOperator(TimelineTiming timing) {
        this.timing = timing;
        this.horizonMs = timing.horizon().toMillis();
    }

    @Override
    public void initializeState(StateInitializationContext context) throws Exception {
        super.initializeState(context);
        watermarkState = context.getOperatorStateStore()
                .getUnionListState(new ListStateDescriptor<>("highest-watermark", Types.LONG));
        highestMs = NO_WATERMARK;
        for (Long seen : watermarkState.get()) {
            highestMs = Math.max(highestMs, seen);
        }
        changedSinceRestore = context.isRestored() ? new HashMap<>() : null;
    }

    @Override
    public void open() throws Exception {
        super.open();
        batch = new BatchReader();
        ahead = new PriorityQueue<>(Ahead.ORDER);
        due = new String[LiveLines.TOGETHER];
        boolean onHeap = getKeyedStateBackend() instanceof HeapKeyedStateBackend;
        lines = new LiveLines(
                getRuntimeContext().getState(new ValueStateDescriptor<>("line", SlimType.of(LineStateCodec.INSTANCE))),
                getRuntimeContext()
                        .getMapState(
                                new MapStateDescriptor<>("hours", Types.LONG, SlimType.of(HourChunkCodec.INSTANCE))),
                this,
                horizonMs,
                onHeap ? Integer.MAX_VALUE : LIVE_LINES_BESIDE_DISK);
        timers = getInternalTimerService("line-timers", VoidNamespaceSerializer.INSTANCE, this);
        held = new HeldInputs(
                getRuntimeContext()
                        .getListState(new ListStateDescriptor<>("waiting", SlimType.of(HeldInputCodec.INSTANCE))),
                timers,
                timing);
        rows = new RowEmitter(output);
        MetricGroup telemetry = getMetricGroup().addGroup(MeterTag.TOPIC.key(), Topic.LINE_TELEMETRY.baseName());
        reports = telemetry.counter(Meters.INGEST_RECORDS.meterName());
        duplicates = telemetry.counter(Meters.INGEST_DUPLICATES.meterName());
        late = telemetry.counter(Meters.INGEST_LATE.meterName());
        // Flink's gauges have no unit of their own; the page shows it at the end of the name.
        getMetricGroup()
                .gauge(
                        Meters.WATERMARK_AGE.meterName() + "." + Meters.WATERMARK_AGE.baseUnit(),
                        this::watermarkAgeSeconds);
    }

    @Override
    public void snapshotState(StateSnapshotContext context) throws Exception {
        super.snapshotState(context);
        lines.writeBack();
        watermarkState.update(List.of(highestMs));
    }

    @Override
    public void processElement(StreamRecord<LineBatch> element) throws Exception {
        lines.makeRoom();
        batch.open(element.getValue(), lines);
        for (int number = 0; number < batch.lineCount(); number++) {
            if (number % LiveLines.TOGETHER == 0) {
                batch.glance(number);
            }
            LiveLine line = lines.loaded(batch.line(number));
            LineTimeline timeline = line.timeline();
            for (int at = batch.first(number); BatchReader.isInput(at); at = batch.next(at)) {
                if (timing.bounded()) {
                    ahead.add(new Ahead(batch.read(at, line), received++));
                } else if (batch.isReport(at)) {
                    takeReport(at, line, timeline);
                } else {
                    take(batch.read(at, line), timeline);
                }
            }
            if (!timing.bounded()) {
                schedule(line, timeline, true);
            }
        }
    }

    /** Takes a report of the batch at hand, without making of it what nearly no report needs. */
    private void takeReport(int at, LiveLine line, LineTimeline timeline) throws Exception {
        LineReport report = batch.report(at, line);
        if (!timeline.knowsLineAt(report.eventTimeMs())) {
            hold(batch.read(at, line));
            return;
        }
        long watermarkMs = judgedAt(batch.readAtWatermarkMs());
        if (!isInTime(report, watermarkMs, timeline)) {
            refuseLate(batch.read(at, line), watermarkMs);
        }
    }

    private void take(LineInput input, LineTimeline timeline) throws Exception {
        take(input, judgedAt(input.readAtWatermarkMs()), timeline);
        if (input instanceof LineInput.Version) {
            takeWaiting(input.lineId(), input.readAtWatermarkMs(), timeline);
        }
    }

    /**
     * Makes a run over files exact: an input counts from the watermark on after which it was read, however its channel raced the others, so
     * that what a row said when its window closed does not depend on the run.
     */
    private void takeReadBefore(long watermarkMs) throws Exception {
        while (!ahead.isEmpty() && ahead.element().input().readAtWatermarkMs() < watermarkMs) {
            LineInput input = ahead.remove().input();
            LiveLine line = lines.get(input.lineId());
            LineTimeline timeline = line.timeline();
            take(input, timeline);
            schedule(line, timeline, true);
        }
    }

    @Override
    public void processWatermark(Watermark mark) throws Exception {
        takeReadBefore(mark.getTimestamp());
        if (mark.getTimestamp() == END_OF_INPUT) {
            ended = true;
        } else {
            highestMs = Math.max(highestMs, mark.getTimestamp());
        }
        timeServiceManager.advanceWatermark(mark);
        closeWindows();
        output.emitWatermark(mark);
        if (changedSinceRestore != null && !catchingUp()) {
            writeAgainAfterRestore(changedSinceRestore);
            changedSinceRestore = null;
        }
    }

    /** A window closed, became final, or was changed after it closed: the rest is done for some lines together. */
    @Override
    public void onEventTime(InternalTimer<String, VoidNamespace> timer) throws Exception {
        due[dueCount++] = timer.getKey();
        if (dueCount == due.length) {
            closeWindows();
        }
    }

    private void closeWindows() throws Exception {
        lines.makeRoom();
        LiveLine[] found = lines.found(due, dueCount);
        for (int i = 0; i < dueCount; i++) {
            closeWindows(lines.loaded(found[i]));
        }
        dueCount = 0;
    }

    private void closeWindows(LiveLine line) throws Exception {
        line.dueAtMs = LineState.NONE;
        LineTimeline timeline = line.timeline();
        rows.line(line.lineId(), timeline, highestMs);
        timeline.advance(highestMs, rows);
        if (ended) {
            timeline.early(highestMs, true, true, true, rows);
            setCurrentKey(line.lineId());
            refuse(held.takeAll());
            return;
        }
        long nowMs = timers.currentProcessingTime();
        if (!catchingUp()) {
            timeline.early(highestMs, true, false, false, rows);
        } else if (nowMs - line.hoursWrittenAtMs
                >= (highestMs < nowMs - LONG_PAST_MS ? LONG_PAST_EVERY_MS : PAST_EVERY_MS)) {
            // Whoever watches a long load sees how far each line has come.
            timeline.early(highestMs, true, false, false, rows);
            line.hoursWrittenAtMs = nowMs;
        }
        schedule(line, timeline, false);
    }

    /** Open windows are due to be written early, or the wait for an unknown line is over. */
    @Override
    public void onProcessingTime(InternalTimer<String, VoidNamespace> timer) throws Exception {
        String lineId = timer.getKey();
        LiveLine line = lines.get(lineId);
        LineTimeline timeline = line.timeline();
        if (line.earlyAtMs <= timer.getTimestamp()) {
            line.earlyAtMs = LineState.NONE;
            if (!catchingUp()) {
                writeEarly(line, timeline, timer.getTimestamp());
            }
        }
        setCurrentKey(lineId);
        refuse(held.takeExpired(timer.getTimestamp()));
        schedule(line, timeline, false);
    }

    private void writeEarly(LiveLine line, LineTimeline timeline, long nowMs) {
        line.earlyWrittenAtMs = nowMs;
        boolean hoursDue = nowMs - line.hoursWrittenAtMs >= HOURS_EVERY_MS;
        boolean daysDue = nowMs - line.daysWrittenAtMs >= DAYS_EVERY_MS;
        rows.line(line.lineId(), timeline, highestMs);
        timeline.early(highestMs, true, hoursDue, daysDue, rows);
        if (hoursDue) {
            line.hoursWrittenAtMs = nowMs;
        }
        if (daysDue) {
            line.daysWrittenAtMs = nowMs;
        }
    }

    private void take(LineInput input, long watermarkMs, LineTimeline timeline) throws Exception {
        if (input instanceof LineInput.Report report) {
            takeReport(report, watermarkMs, timeline);
        } else if (input instanceof LineInput.Version version) {
            takeVersion(version, watermarkMs, timeline);
        }
    }

    private void takeReport(LineInput.Report input, long watermarkMs, LineTimeline timeline) throws Exception {
        if (!timeline.knowsLineAt(input.report().eventTimeMs())) {
            hold(input);
        } else if (!isInTime(input.report(), watermarkMs, timeline)) {
            refuseLate(input, watermarkMs);
        }
    }

    /** Gives a report of a known line to its timeline; false if it came too late. */
    private boolean isInTime(LineReport report, long watermarkMs, LineTimeline timeline) {
        reports.inc();
        Outcome outcome = timeline.report(report, watermarkMs);
        switch (outcome) {
            case ACCEPTED -> noteChange(report.lineId(), timeline);
            case DUPLICATE -> duplicates.inc();
            case LATE -> late.inc();
            case CONFLICT -> throw new IllegalStateException("a report never conflicts: the higher content counts");
        }
        return outcome != Outcome.LATE;
    }

    private void refuseLate(LineInput input, long watermarkMs) {
        refuse(LineRejections.late((LineInput.Report) input, watermarkMs, timing.horizon()));
    }

    private void takeVersion(LineInput.Version input, long watermarkMs, LineTimeline timeline) throws Exception {
        Ingested.Reference reference = input.stamped().reference();
        String topic = reference.origin().topic();
        Outcome outcome;
        if (topic.equals(Topic.SHIFT_PLANS.baseName())) {
            ShiftPlanVersion plan = ReferenceReader.shiftPlan(reference);
            if (!timeline.knowsLineAt(plan.endMs() - 1)) {
                hold(input);
                return;
            }
            outcome = timeline.plan(plan, watermarkMs);
            if (outcome == Outcome.ACCEPTED) {
                output.collect(ACCEPTED_PLANS, new StreamRecord<>(reference));
            }
        } else if (topic.equals(Topic.LINES.baseName())) {
            outcome = timeline.line(ReferenceReader.line(reference), watermarkMs);
        } else {
            outcome = timeline.plant(ReferenceReader.plant(reference), watermarkMs);
        }
        switch (outcome) {
            case ACCEPTED -> noteChange(input.lineId(), timeline);
            case CONFLICT -> refuse(LineRejections.conflict(reference));
            case DUPLICATE, LATE -> {}
        }
    }

    private void noteChange(String lineId, LineTimeline timeline) {
        if (changedSinceRestore != null) {
            changedSinceRestore.merge(lineId, timeline.lastChangeFromMs(), Math::min);
        }
    }

    private void hold(LineInput input) throws Exception {
        setCurrentKey(input.lineId());
        held.hold(input);
    }

    private void takeWaiting(String lineId, long knownAtWatermarkMs, LineTimeline timeline) throws Exception {
        setCurrentKey(lineId);
        for (LineInput input : held.takeAll()) {
            take(input, Math.max(judgedAt(input.readAtWatermarkMs()), knownAtWatermarkMs), timeline);
        }
    }

    private void refuse(List<LineInput> expired) {
        for (LineInput input : expired) {
            refuse(LineRejections.unknownLine(input));
        }
    }

    private void refuse(Rejection rejection) {
        output.collect(REJECTED, new StreamRecord<>(rejection));
    }

    /**
     * Sets the timers of a line.
     *
     * @param isNews whether something came in, as against time that passes
     */
    private void schedule(LiveLine line, LineTimeline timeline, boolean isNews) {
        long dueAtMs = timeline.nextDue();
        if (dueAtMs < line.dueAtMs) {
            setCurrentKey(line.lineId());
            timers.registerEventTimeTimer(VoidNamespace.INSTANCE, dueAtMs);
            line.dueAtMs = dueAtMs;
        }
        if (timing.bounded() || catchingUp() || !timeline.hasOpenChanges()) {
            return;
        }
        long earlyAtMs = nextEarly(line.lineId(), line.earlyWrittenAtMs, isNews);
        if (earlyAtMs < line.earlyAtMs) {
            setCurrentKey(line.lineId());
            if (line.earlyAtMs != LineState.NONE) {
                timers.deleteProcessingTimeTimer(VoidNamespace.INSTANCE, line.earlyAtMs);
            }
            timers.registerProcessingTimeTimer(VoidNamespace.INSTANCE, earlyAtMs);
            line.earlyAtMs = earlyAtMs;
        }
    }

    private long nextEarly(String lineId, long writtenAtMs, boolean isNews) {
        long nowMs = timers.currentProcessingTime();
        long atMs;
        if (isNews) {
            atMs = Math.max(nowMs, writtenAtMs + EARLY_AFTER_NEWS_MS);
        } else if (writtenAtMs == 0) {
            // After a start each line has a moment of its own, so that the rows of many lines come evenly.
            atMs = nowMs + Math.floorMod(lineId.hashCode() * 0x9E3779B9, EARLY_WITHOUT_NEWS_MS);
        } else {
            atMs = Math.max(nowMs, writtenAtMs + EARLY_WITHOUT_NEWS_MS);
        }
        return atMs - Math.floorMod(atMs, EARLY_TOGETHER_MS) + EARLY_TOGETHER_MS;
    }

    private long judgedAt(long readAtWatermarkMs) {
        return timing.bounded() ? readAtWatermarkMs : Math.max(readAtWatermarkMs, highestMs);
    }

    /** NaN while there is no watermark. */
    private double watermarkAgeSeconds() {
        return highestMs == NO_WATERMARK ? Double.NaN : (timers.currentProcessingTime() - highestMs) / 1000.0;
    }

    private boolean catchingUp() {
        return highestMs < timers.currentProcessingTime() - CATCHING_UP_MS;
    }

    private void writeAgainAfterRestore(Map<String, Long> changedFrom) throws Exception {
        for (Map.Entry<String, Long> change : changedFrom.entrySet()) {
            String lineId = change.getKey();
            setCurrentKey(lineId);
            LiveLine line = lines.get(lineId);
            LineTimeline timeline = line.timeline();
            timeline.rewriteFrom(change.getValue());
            rows.line(lineId, timeline, highestMs);
            timeline.advance(highestMs, rows);
            timeline.early(highestMs, true, true, true, rows);
            schedule(line, timeline, false);
        }
    }
}
