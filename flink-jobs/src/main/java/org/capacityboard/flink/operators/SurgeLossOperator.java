package org.capacityboard.flink.operators;

import java.io.Serializable;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.flink.api.common.operators.ProcessingTimeService;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.capacityboard.domain.surge.LossRow;
import org.capacityboard.domain.surge.SurgeLosses;
import org.capacityboard.flink.rows.SurgeRow;
import org.capacityboard.flink.rows.SurgeSnapshotJson;
import org.capacityboard.flink.types.SlimType;
import org.jspecify.annotations.Nullable;

/**
 * Tries all losses of a snapshot: of the last one of a date always, of the others, while the day runs, only the newest, and so seldom that it works a tenth of
 * the time at most. What the rows say is decided by {@link SurgeLosses} alone. Only rows that changed since the date's last trial are written, or all of them,
 * where a date begins or closes, after a start, and where a row no longer holds; with each trial how far it went.
 *
 * <p>A live job tries on a thread beside its task, which goes on reading: neither readiness nor a checkpoint waits for a trial. Of several days that close
 * during one, as when the job catches up, the newest is tried. A bounded run tries on its task, each day that closes.
 *
 * <p>State: the closed day whose losses are to be tried, until they are written. Of a day that runs the task before writes its snapshot again after a restore.
 */
final class SurgeLossOperator extends AbstractStreamOperator<SurgeRow>
        implements OneInputStreamOperator<SurgeRow, SurgeRow> {
    private static final long serialVersionUID = 1L;
    private static final long END_OF_INPUT = Long.MAX_VALUE;
    private static final long NANOS_A_MILLI = 1_000_000;
    /** Times its work that it rests. */
    private static final int REST = 9;

    private static final long LOOK_EVERY_MS = 100;

    private final boolean isBounded;
    private final Stopwatch stopwatch;
    private final Bench bench;

    /** Snapshot of the newest closed day, until its losses are written. */
    private transient SurgeRow.@Nullable Snapshot closed;
    /** Newest snapshot of a day that runs whose losses are still to be tried. */
    private transient SurgeRow.@Nullable Snapshot waiting;

    private transient @Nullable Future<Trial> underWay;
    private transient @Nullable ExecutorService worker;
    private transient ListState<SurgeRow> closedState;
    private transient long looksAtMs;
    private transient long restsUntilMs;
    /** Wall clock of the start, ms; of a bounded run the beginning of time. */
    private transient long startedMs;
    /** Whether all rows were written since time passed the start: before, those of the run before may have newer stamps. */
    private transient boolean isSettled;

    private transient SurgeRow.@Nullable LossesWhole whole;
    private transient Map<List<Object>, LossRow> written;

    /** Tells how long work takes. */
    @FunctionalInterface
    interface Stopwatch extends Serializable {
        /** Nanoseconds since an instant that stays the same. */
        long nanos();
    }

    /** Where a live job's trials are made. */
    @FunctionalInterface
    interface Bench extends Serializable {
        /** To be shut down by the caller. */
        ExecutorService open();
    }

    /** What came of a snapshot. */
    private record Trial(SurgeRow.Snapshot of, SurgeLosses losses, long tookMs) {}

    /**
     * @param isBounded whether the input ends: then nothing depends on the wall clock
     */
    SurgeLossOperator(boolean isBounded, Stopwatch stopwatch, Bench bench) {
        this.isBounded = isBounded;
        this.stopwatch = stopwatch;
        this.bench = bench;
    }

    /** A thread of its own. */
    static ExecutorService ownThread() {
        return Executors.newSingleThreadExecutor(work -> {
            Thread thread = new Thread(work, "surge-losses");
            thread.setDaemon(true);
            return thread;
        });
    }

    @Override
    public void initializeState(StateInitializationContext context) throws Exception {
        super.initializeState(context);
        closedState = context.getOperatorStateStore()
                .getListState(new ListStateDescriptor<>("closed-day", SlimType.of(SurgeRowCodec.INSTANCE)));
        closed = null;
        for (SurgeRow row : closedState.get()) {
            if (row instanceof SurgeRow.Snapshot snapshot) {
                closed = snapshot;
            }
        }
    }

    @Override
    public void open() throws Exception {
        super.open();
        waiting = null;
        underWay = null;
        looksAtMs = Long.MAX_VALUE;
        restsUntilMs = Long.MIN_VALUE;
        whole = null;
        written = Map.of();
        isSettled = isBounded;
        if (!isBounded) {
            worker = bench.open();
            startedMs = clock().getCurrentProcessingTime();
            if (closed != null) {
                lookAt(startedMs);
            }
        }
    }

    @Override
    public void close() throws Exception {
        if (worker != null) {
            worker.shutdownNow();
        }
        super.close();
    }

    @Override
    public void snapshotState(StateSnapshotContext context) throws Exception {
        super.snapshotState(context);
        closedState.update(closed == null ? List.of() : List.of(closed));
    }

    @Override
    public void processElement(StreamRecord<SurgeRow> element) throws Exception {
        if (!(element.getValue() instanceof SurgeRow.Snapshot snapshot)) {
            return;
        }
        if (isBounded && snapshot.isFinal()) {
            waiting = null;
            write(trialOf(snapshot));
        } else if (snapshot.isFinal()) {
            closed = snapshot;
            waiting = null;
            look();
        } else {
            waiting = snapshot;
            if (!isBounded) {
                look();
            }
        }
    }

    @Override
    public void processWatermark(Watermark mark) throws Exception {
        SurgeRow.Snapshot last = waiting;
        if (isBounded && mark.getTimestamp() == END_OF_INPUT && last != null) {
            waiting = null;
            write(trialOf(last));
        }
        super.processWatermark(mark);
    }

    /** Writes what was tried, tries what is to be tried now, and says when to look again. */
    private void look() throws Exception {
        writeIfDone();
        while (underWay == null && next() != null) {
            begin(next());
            writeIfDone();
        }
        if (underWay != null) {
            lookAt(clock().getCurrentProcessingTime() + LOOK_EVERY_MS);
        } else if (waiting != null) {
            lookAt(restsUntilMs);
        }
    }

    /** A closed day is tried whatever else waits and however short the rest was; null if nothing is to be tried now. */
    private SurgeRow.@Nullable Snapshot next() {
        return closed != null || clock().getCurrentProcessingTime() < restsUntilMs ? closed : waiting;
    }

    private void begin(SurgeRow.@Nullable Snapshot snapshot) {
        if (snapshot == null || worker == null) {
            return;
        }
        if (!snapshot.isFinal()) {
            waiting = null;
        }
        underWay = worker.submit(() -> trialOf(snapshot));
    }

    private void writeIfDone() throws Exception {
        Future<Trial> trial = underWay;
        if (trial == null || !trial.isDone()) {
            return;
        }
        underWay = null;
        Trial done;
        try {
            done = trial.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("Losses of surge readiness cannot be tried", e);
        }
        write(done);
        if (done.of() == closed) {
            closed = null;
        }
        restsUntilMs = clock().getCurrentProcessingTime() + REST * done.tookMs();
    }

    private void lookAt(long ms) {
        if (ms < looksAtMs) {
            looksAtMs = ms;
            clock().registerTimer(ms, now -> {
                looksAtMs = Long.MAX_VALUE;
                look();
            });
        }
    }

    private ProcessingTimeService clock() {
        return getProcessingTimeService();
    }

    private Trial trialOf(SurgeRow.Snapshot snapshot) {
        long startedNs = stopwatch.nanos();
        SurgeLosses losses = SurgeLosses.of(SurgeSnapshotJson.decode(snapshot.snapshot()));
        return new Trial(snapshot, losses, (stopwatch.nanos() - startedNs) / NANOS_A_MILLI);
    }

    private void write(Trial trial) {
        SurgeRow.Snapshot of = trial.of();
        SurgeLosses losses = trial.losses();
        Map<List<Object>, LossRow> rows = new HashMap<>();
        losses.rows().forEach(row -> rows.put(key(row), row));
        SurgeRow.LossesWhole last = whole;
        boolean isWhole = !isSettled
                || of.isFinal()
                || last == null
                || of.asOf() != last.asOf()
                || losses.tried() != last.lossesTried()
                || !rows.keySet().containsAll(written.keySet());
        Map<List<Object>, LossRow> before = isWhole ? Map.of() : written;
        written = rows;
        for (LossRow row : losses.rows()) {
            if (!row.equals(before.get(key(row)))) {
                emit(new SurgeRow.Loss(of.asOf(), row, of.isFinal(), of.stamp()));
            }
        }
        // Rows that did not change keep their stamps, so only a trial that wrote all of them moves the stamp under
        // which rows no longer hold.
        SurgeRow.LossesWhole tried = new SurgeRow.LossesWhole(
                of.asOf(),
                losses.tried(),
                of.stamp().watermarkMs(),
                of.isFinal(),
                isWhole || last == null ? of.stamp() : last.stamp());
        whole = tried;
        emit(tried);
        isSettled |= of.stamp().watermarkMs() >= startedMs;
    }

    private static List<Object> key(LossRow row) {
        return List.of(row.kind(), row.lossId(), row.productId(), row.posture());
    }

    private void emit(SurgeRow row) {
        output.collect(new StreamRecord<>(row));
    }
}
