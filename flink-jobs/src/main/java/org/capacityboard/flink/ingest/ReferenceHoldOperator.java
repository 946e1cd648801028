package org.capacityboard.flink.ingest;

import java.time.Duration;
import org.apache.flink.api.common.operators.ProcessingTimeService.ProcessingTimeCallback;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.typeinfo.BasicTypeInfo;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.runtime.watermarkstatus.WatermarkStatus;
import org.jspecify.annotations.Nullable;

/**
 * Keeps time from starting before the reference data is known. Behind a reference source, which has no watermarks of its own, it stays active, and so
 * holds the watermark of everything downstream, until the topic has been read up to where it ended when the job was started; from then on it is idle. A
 * topic that brings nothing for {@code patience} is taken as read.
 *
 * <p>State: the highest offset read, replaced by every record, kept for the life of the job.
 */
final class ReferenceHoldOperator extends AbstractStreamOperator<Ingested>
        implements OneInputStreamOperator<Ingested, Ingested>, ProcessingTimeCallback {
    private static final long serialVersionUID = 1L;

    private final long endOffset;
    private final long patienceMs;

    private long nextOffset;
    private long readAtMs;
    private boolean released;

    private transient @Nullable ListState<Long> read;

    /**
     * @param endOffset offset after the topic's last record when the job was started, 0 if it is empty
     */
    ReferenceHoldOperator(long endOffset, Duration patience) {
        this.endOffset = endOffset;
        this.patienceMs = patience.toMillis();
    }

    @Override
    public void initializeState(StateInitializationContext context) throws Exception {
        super.initializeState(context);
        read = context.getOperatorStateStore()
                .getListState(new ListStateDescriptor<>("next-offset", BasicTypeInfo.LONG_TYPE_INFO));
        for (long offset : read.get()) {
            nextOffset = Math.max(nextOffset, offset);
        }
    }

    @Override
    public void snapshotState(StateSnapshotContext context) throws Exception {
        super.snapshotState(context);
        if (read != null) {
            read.clear();
            read.add(nextOffset);
        }
    }

    @Override
    public void open() throws Exception {
        super.open();
        readAtMs = getProcessingTimeService().getCurrentProcessingTime();
        getProcessingTimeService().registerTimer(readAtMs, this);
    }

    @Override
    public void processElement(StreamRecord<Ingested> element) {
        nextOffset = Math.max(nextOffset, element.getValue().origin().offset() + 1);
        output.collect(element);
        if (!released) {
            readAtMs = getProcessingTimeService().getCurrentProcessingTime();
            if (nextOffset >= endOffset) {
                release();
            }
        }
    }

    /** The source has no say in when this side is idle. */
    @Override
    public void processWatermarkStatus(WatermarkStatus status) {}

    @Override
    public void onProcessingTime(long timestamp) {
        if (released) {
            return;
        }
        long nowMs = getProcessingTimeService().getCurrentProcessingTime();
        if (nextOffset >= endOffset || nowMs - readAtMs >= patienceMs) {
            release();
        } else {
            getProcessingTimeService().registerTimer(readAtMs + patienceMs, this);
        }
    }

    private void release() {
        released = true;
        output.emitWatermarkStatus(WatermarkStatus.IDLE);
    }
}
