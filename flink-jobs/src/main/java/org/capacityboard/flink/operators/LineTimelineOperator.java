package org.capacityboard.flink.operators;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.runtime.state.VoidNamespace;
import org.apache.flink.runtime.state.VoidNamespaceSerializer;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.InternalTimer;
import org.apache.flink.streaming.api.operators.InternalTimerService;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.operators.Triggerable;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.util.OutputTag;
import org.capacityboard.domain.reference.ShiftPlanVersion;
import org.capacityboard.domain.throughput.CurrentState;
import org.capacityboard.domain.throughput.LineHead;
import org.capacityboard.domain.throughput.LineReport;
import org.capacityboard.domain.throughput.LineTimeline;
import org.capacityboard.domain.throughput.LineTimeline.Outcome;
import org.capacityboard.domain.throughput.LossCategory;
import org.capacityboard.domain.throughput.RowSink;
import org.capacityboard.flink.ingest.Ingested;
import org.capacityboard.flink.ingest.ReferenceReader;
import org.capacityboard.flink.ingest.Rejection;
import org.capacityboard.flink.rows.FactWindow;
import org.capacityboard.flink.rows.RowStamp;
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
 * <p>State of a line: its head (as long as the line lives), its hours (until their production day is final), and what waits for the line to be known (until it
 * is, or the wait ends).
 */
final class LineTimelineOperator extends AbstractStreamOperator<ThroughputRow>
        implements OneInputStreamOperator<LineInput, ThroughputRow>, Triggerable<String, VoidNamespace> {
    static final OutputTag<Rejection> REJECTED = new OutputTag<>("rejected", SlimType.of(RejectionCodec.INSTANCE));
    static final OutputTag<Ingested.Reference> ACCEPTED_PLANS =
            new OutputTag<>("accepted-plans", SlimType.of(ReferenceCodec.INSTANCE));

    private static final long serialVersionUID = 1L;
    private static final long NO_WATERMARK = Long.MIN_VALUE;
    private static final long END_OF_INPUT = Long.MAX_VALUE;
    private static final long EARLY_EVERY_MS = 1_000;
    private static final long HOURS_EVERY_MS = 10_000;
    private static final long DAYS_EVERY_MS = 30_000;
    private static final long CATCHING_UP_MS = Duration.ofMinutes(2).toMillis();
    /** No restatement has ever happened to rows that are computed from the stream. */
    private static final int GENERATION = 0;

    private final TimelineTiming timing;
    private final long horizonMs;

    private transient ValueState<LineState> lines;
    private transient KeyedHours hours;
    private transient ListState<HeldInput> waiting;
    private transient ListState<Long> watermarkState;
    private transient InternalTimerService<VoidNamespace> timers;
    private transient Emitter emitter;
    private transient Counter reports;
    private transient Counter duplicates;
    private transient Counter late;

    /** Highest watermark ever seen, also before a restore. */
    private transient long highestMs;

    private transient boolean ended;
    /** Earliest changed instant by line since a restore, until its backlog has been read; null otherwise. */
    private transient @Nullable Map<String, Long> changedSinceRestore;

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
        lines = getRuntimeContext().getState(new ValueStateDescriptor<>("line", SlimType.of(LineStateCodec.INSTANCE)));
        hours = new KeyedHours(getRuntimeContext()
                .getMapState(new MapStateDescriptor<>("hours", Types.LONG, SlimType.of(HourChunkCodec.INSTANCE))));
        waiting = getRuntimeContext()
                .getListState(new ListStateDescriptor<>("waiting", SlimType.of(HeldInputCodec.INSTANCE)));
        timers = getInternalTimerService("line-timers", VoidNamespaceSerializer.INSTANCE, this);
        emitter = new Emitter();
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
        watermarkState.update(List.of(highestMs));
    }

    @Override
    public void processElement(StreamRecord<LineInput> element) throws Exception {
        LineInput input = element.getValue();
        LineState state = load();
        LineTimeline timeline = timeline(input.lineId(), state);
        take(input, judgedAt(input.readAtWatermarkMs()), timeline);
        if (input instanceof LineInput.Version) {
            takeWaiting(input.readAtWatermarkMs(), timeline);
        }
        schedule(input.lineId(), state, timeline);
        lines.update(state);
    }

    @Override
    public void processWatermark(Watermark mark) throws Exception {
        if (mark.getTimestamp() == END_OF_INPUT) {
            ended = true;
        } else {
            highestMs = Math.max(highestMs, mark.getTimestamp());
        }
        super.processWatermark(mark);
        if (changedSinceRestore != null && !catchingUp()) {
            writeAgainAfterRestore(changedSinceRestore);
            changedSinceRestore = null;
        }
    }

    /** A window closed, became final, or was changed after it closed. */
    @Override
    public void onEventTime(InternalTimer<String, VoidNamespace> timer) throws Exception {
        String lineId = timer.getKey();
        LineState state = load();
        state.dueAtMs = LineState.NONE;
        LineTimeline timeline = timeline(lineId, state);
        emitter.line(lineId, timeline);
        timeline.advance(highestMs, emitter);
        if (ended) {
            timeline.early(highestMs, true, true, true, emitter);
            refuseExpired(END_OF_INPUT);
        } else {
            long nowMs = timers.currentProcessingTime();
            if (!catchingUp()) {
                timeline.early(highestMs, true, false, false, emitter);
            } else if (nowMs - state.hoursWrittenAtMs >= HOURS_EVERY_MS) {
                // Whoever watches a long load sees how far each line has come.
                timeline.early(highestMs, true, false, false, emitter);
                state.hoursWrittenAtMs = nowMs;
            }
            schedule(lineId, state, timeline);
        }
        lines.update(state);
    }

    /** Open windows are due to be written early, or the wait for an unknown line is over. */
    @Override
    public void onProcessingTime(InternalTimer<String, VoidNamespace> timer) throws Exception {
        String lineId = timer.getKey();
        LineState state = load();
        LineTimeline timeline = timeline(lineId, state);
        if (state.earlyAtMs <= timer.getTimestamp()) {
            state.earlyAtMs = LineState.NONE;
            if (!catchingUp()) {
                writeEarly(lineId, state, timeline, timer.getTimestamp());
            }
        }
        refuseExpired(timer.getTimestamp());
        schedule(lineId, state, timeline);
        lines.update(state);
    }

    private void writeEarly(String lineId, LineState state, LineTimeline timeline, long nowMs) {
        boolean hoursDue = nowMs - state.hoursWrittenAtMs >= HOURS_EVERY_MS;
        boolean daysDue = nowMs - state.daysWrittenAtMs >= DAYS_EVERY_MS;
        emitter.line(lineId, timeline);
        timeline.early(highestMs, true, hoursDue, daysDue, emitter);
        if (hoursDue) {
            state.hoursWrittenAtMs = nowMs;
        }
        if (daysDue) {
            state.daysWrittenAtMs = nowMs;
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
        LineReport report = input.report();
        if (!timeline.knowsLineAt(report.eventTimeMs())) {
            hold(input);
            return;
        }
        reports.inc();
        switch (timeline.report(report, watermarkMs)) {
            case ACCEPTED -> noteChange(report.lineId(), timeline);
            case DUPLICATE -> duplicates.inc();
            case LATE -> {
                late.inc();
                refuse(LineRejections.late(input, watermarkMs, timing.horizon()));
            }
            case CONFLICT -> throw new IllegalStateException("a report never conflicts: the higher content counts");
        }
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
        if (timing.bounded()) {
            waiting.add(new HeldInput(input, END_OF_INPUT));
            timers.registerEventTimeTimer(VoidNamespace.INSTANCE, END_OF_INPUT);
        } else {
            long untilMs =
                    timers.currentProcessingTime() + timing.unknownLineWait().toMillis();
            waiting.add(new HeldInput(input, untilMs));
            timers.registerProcessingTimeTimer(VoidNamespace.INSTANCE, untilMs);
        }
    }

    private void takeWaiting(long knownAtWatermarkMs, LineTimeline timeline) throws Exception {
        for (HeldInput held : takeHeld()) {
            LineInput input = held.input();
            take(input, Math.max(judgedAt(input.readAtWatermarkMs()), knownAtWatermarkMs), timeline);
        }
    }

    private void refuseExpired(long nowMs) throws Exception {
        for (HeldInput held : takeHeld()) {
            if (held.untilMs() <= nowMs) {
                refuse(LineRejections.unknownLine(held.input()));
            } else {
                waiting.add(held);
            }
        }
    }

    private List<HeldInput> takeHeld() throws Exception {
        List<HeldInput> held = new ArrayList<>();
        Iterable<HeldInput> state = waiting.get();
        if (state != null) {
            state.forEach(held::add);
        }
        if (!held.isEmpty()) {
            waiting.clear();
        }
        return held;
    }

    private void refuse(Rejection rejection) {
        output.collect(REJECTED, new StreamRecord<>(rejection));
    }

    private void schedule(String lineId, LineState state, LineTimeline timeline) {
        long dueAtMs = timeline.nextDue();
        if (dueAtMs < state.dueAtMs) {
            timers.registerEventTimeTimer(VoidNamespace.INSTANCE, dueAtMs);
            state.dueAtMs = dueAtMs;
        }
        if (state.earlyAtMs == LineState.NONE && !timing.bounded() && timeline.hasOpenChanges() && !catchingUp()) {
            state.earlyAtMs = nextEarly(lineId, timers.currentProcessingTime());
            timers.registerProcessingTimeTimer(VoidNamespace.INSTANCE, state.earlyAtMs);
        }
    }

    /** Each line has its own moment of the second, so that the rows of many lines come evenly. */
    private static long nextEarly(String lineId, long nowMs) {
        long phase = Math.floorMod(lineId.hashCode() * 0x9E3779B9, EARLY_EVERY_MS);
        return nowMs - Math.floorMod(nowMs - phase, EARLY_EVERY_MS) + EARLY_EVERY_MS;
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
            LineState state = load();
            LineTimeline timeline = timeline(lineId, state);
            timeline.rewriteFrom(change.getValue());
            emitter.line(lineId, timeline);
            timeline.advance(highestMs, emitter);
            timeline.early(highestMs, true, true, true, emitter);
            schedule(lineId, state, timeline);
            lines.update(state);
        }
    }

    private LineState load() throws Exception {
        LineState state = lines.value();
        return state == null ? new LineState(new LineHead()) : state;
    }

    private LineTimeline timeline(String lineId, LineState state) {
        return new LineTimeline(lineId, state.head, hours, horizonMs);
    }

    /** Turns what a timeline writes into rows of the line at hand. */
    private final class Emitter implements RowSink {
        private String lineId = "";
        private RowStamp stamp = new RowStamp(GENERATION, 0, NO_WATERMARK);

        void line(String id, LineTimeline timeline) {
            lineId = id;
            stamp = new RowStamp(GENERATION, timeline.version(), highestMs);
        }

        @Override
        public void minute(String productId, long windowStartMs, long[] facts, boolean isFinal) {
            facts(FactWindow.MINUTE, productId, windowStartMs, facts, isFinal);
        }

        @Override
        public void hour(String productId, long windowStartMs, long[] facts, boolean isFinal) {
            facts(FactWindow.HOUR, productId, windowStartMs, facts, isFinal);
        }

        @Override
        public void day(String productId, long productionDay, long[] facts, boolean isFinal) {
            facts(FactWindow.DAY, productId, productionDay, facts, isFinal);
        }

        @Override
        public void loss(long productionDay, LossCategory category, String reasonCode, long lostMs, boolean isFinal) {
            emit(new ThroughputRow.Loss(lineId, productionDay, category, reasonCode, lostMs, isFinal, stamp));
        }

        @Override
        public void current(CurrentState state) {
            emit(new ThroughputRow.Current(lineId, state, stamp));
        }

        private void facts(FactWindow window, String productId, long start, long[] facts, boolean isFinal) {
            emit(new ThroughputRow.Facts(window, lineId, productId, start, facts, isFinal, stamp));
        }

        private void emit(ThroughputRow row) {
            output.collect(new StreamRecord<>(row));
        }
    }
}
