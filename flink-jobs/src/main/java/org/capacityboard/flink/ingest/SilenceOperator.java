package org.capacityboard.flink.ingest;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.apache.flink.api.common.operators.ProcessingTimeService.ProcessingTimeCallback;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.typeinfo.PrimitiveArrayTypeInfo;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.runtime.watermarkstatus.WatermarkStatus;
import org.apache.flink.util.function.SerializableSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Lets time pass when every plant is silent. Records and watermarks go through untouched. While the source is idle it asks the broker how far the
 * topic has been read; once everything has been read and nothing arrived for {@code idleAfter}, the watermark follows the wall clock, less two minutes,
 * less the delay with which the newest record had arrived. The delay keeps a past that is replayed at speed from being jumped over. Where records are few and
 * some are entered by hand days later, the delay with which lines report now counts if it is less. No answer from the broker counts as "there may be more".
 *
 * <p>State: event time and delay of the newest record, replaced by every newer one, kept for the life of the job.
 */
final class SilenceOperator extends AbstractStreamOperator<Ingested>
        implements OneInputStreamOperator<Ingested, Ingested>, ProcessingTimeCallback {
    private static final long serialVersionUID = 1L;

    static final Duration BEHIND_WALL_CLOCK = Duration.ofMinutes(2);
    private static final long UNSEEN = -1;

    private final SerializableSupplier<LogEnd> opener;
    private final long idleAfterMs;
    private final long askEveryMs;

    private long watermarkMs = Long.MIN_VALUE;
    private long newestEventTimeMs = Ingested.NO_EVENT_TIME;
    private long newestDelayMs;
    private boolean sourceIdle;
    private boolean shownIdle;
    private boolean asking;
    private long end = UNSEEN;
    private long endSinceMs;
    private long askedAtMs;

    private transient @Nullable ListState<long[]> newest;
    private transient @Nullable LogEnd logEnd;
    private transient @Nullable CompletableFuture<LogEnd.Progress> answer;

    SilenceOperator(SerializableSupplier<LogEnd> opener, Duration idleAfter, Duration askEvery) {
        this.opener = opener;
        this.idleAfterMs = idleAfter.toMillis();
        this.askEveryMs = askEvery.toMillis();
    }

    @Override
    public void initializeState(StateInitializationContext context) throws Exception {
        super.initializeState(context);
        newest = context.getOperatorStateStore()
                .getUnionListState(new ListStateDescriptor<>(
                        "newest-record", PrimitiveArrayTypeInfo.LONG_PRIMITIVE_ARRAY_TYPE_INFO));
        for (long[] eventTimeAndDelay : newest.get()) {
            if (eventTimeAndDelay[0] > newestEventTimeMs) {
                newestEventTimeMs = eventTimeAndDelay[0];
                newestDelayMs = eventTimeAndDelay[1];
            }
        }
    }

    @Override
    public void snapshotState(StateSnapshotContext context) throws Exception {
        super.snapshotState(context);
        if (newest != null) {
            newest.clear();
            newest.add(new long[] {newestEventTimeMs, newestDelayMs});
        }
    }

    @Override
    public void open() throws Exception {
        super.open();
        logEnd = opener.get();
    }

    @Override
    public void processElement(StreamRecord<Ingested> element) {
        Ingested record = element.getValue();
        long eventTimeMs = record.eventTimeMs();
        if (eventTimeMs > newestEventTimeMs) {
            newestEventTimeMs = eventTimeMs;
            newestDelayMs = Math.max(0, record.origin().receivedAtMs() - eventTimeMs);
        }
        if (sourceIdle) {
            endSilence();
        }
        output.collect(element);
    }

    @Override
    public void processWatermark(Watermark mark) {
        if (mark.getTimestamp() > watermarkMs) {
            watermarkMs = mark.getTimestamp();
            output.emitWatermark(mark);
        }
    }

    @Override
    public void processWatermarkStatus(WatermarkStatus status) {
        sourceIdle = status.isIdle();
        endSilence();
        if (sourceIdle && !asking) {
            askLater();
        }
    }

    /** Takes the broker's last answer and asks again, as long as the source is idle. */
    @Override
    public void onProcessingTime(long timestamp) {
        asking = false;
        if (!sourceIdle) {
            return;
        }
        if (answer != null && answer.isDone()) {
            if (answer.isCompletedExceptionally()) {
                endSilence();
            } else {
                judge(answer.join());
            }
            answer = null;
        }
        if (answer == null && logEnd != null) {
            askedAtMs = getProcessingTimeService().getCurrentProcessingTime();
            answer = logEnd.progress().toCompletableFuture();
        }
        askLater();
    }

    @Override
    public void close() throws Exception {
        if (logEnd != null) {
            logEnd.close();
        }
        super.close();
    }

    /** Everything that had arrived when the broker was asked is known, so that moment is what the watermark may follow. */
    private void judge(LogEnd.Progress progress) {
        if (progress.end() != end) {
            endSilence();
            end = progress.end();
            endSinceMs = askedAtMs;
        }
        if (progress.unread() > 0
                || askedAtMs - endSinceMs < idleAfterMs
                || newestEventTimeMs == Ingested.NO_EVENT_TIME) {
            return;
        }
        long delayMs = Math.min(newestDelayMs, progress.telemetryDelayMs());
        long reachedMs = askedAtMs - BEHIND_WALL_CLOCK.toMillis() - delayMs;
        if (reachedMs > watermarkMs) {
            watermarkMs = reachedMs;
            show(false);
            output.emitWatermark(new Watermark(reachedMs));
        }
    }

    private void endSilence() {
        end = UNSEEN;
        show(sourceIdle);
    }

    private void show(boolean idle) {
        if (idle != shownIdle) {
            shownIdle = idle;
            output.emitWatermarkStatus(idle ? WatermarkStatus.IDLE : WatermarkStatus.ACTIVE);
        }
    }

    private void askLater() {
        long nowMs = getProcessingTimeService().getCurrentProcessingTime();
        getProcessingTimeService().registerTimer(nowMs + askEveryMs, this);
        asking = true;
    }
}
