package org.capacityboard.flink.operators;

import java.io.IOException;
import org.apache.flink.runtime.state.KeyGroupRangeAssignment;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.BoundedOneInput;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.runtime.watermarkstatus.WatermarkStatus;
import org.capacityboard.flink.ingest.Ingested;

/**
 * Splits what was read into reports, each with the watermark at which it was read, and refusals. Stands in one chain with the source, so no record overtakes
 * a watermark. Reports leave in batches, one for each copy of the timeline operator: crossing the edge one by one costs more than what is done with them. They
 * leave when they are full, before a watermark or a checkpoint passes them, and after a moment; so there is nothing to keep in state.
 */
final class BatchOperator extends AbstractStreamOperator<LineBatch>
        implements OneInputStreamOperator<Ingested, LineBatch>, BoundedOneInput {
    private static final long serialVersionUID = 1L;
    /** Of all batches together, so that many copies do not take much memory. */
    private static final int FULL_BYTES = 4 * 1024 * 1024;

    private static final int ROOM_BYTES = 32 * 1024;
    private static final long LONGEST_WAIT_MS = 25;
    /** While a past is read nobody waits for a single report, and a line comes the cheaper the more of its reports come together. */
    private static final long LONGEST_WAIT_OF_THE_PAST_MS = 200;

    private transient BatchWriter[] batches;
    private transient Ingested.Telemetry[] newest;
    private transient int maxParallelism;
    /** By group of keys: the copy that is at home for it. */
    private transient int[] homes;

    private transient int waitingBytes;
    private transient boolean alarmSet;
    private transient long watermarkMs;

    @Override
    public void open() throws Exception {
        super.open();
        batches = new BatchWriter[getRuntimeContext().getTaskInfo().getNumberOfParallelSubtasks()];
        newest = new Ingested.Telemetry[batches.length];
        for (int target = 0; target < batches.length; target++) {
            batches[target] = new BatchWriter(ROOM_BYTES, target);
        }
        maxParallelism = getRuntimeContext().getTaskInfo().getMaxNumberOfParallelSubtasks();
        homes = new int[maxParallelism];
        for (int group = 0; group < maxParallelism; group++) {
            homes[group] =
                    KeyGroupRangeAssignment.computeOperatorIndexForKeyGroup(maxParallelism, batches.length, group);
        }
        watermarkMs = Long.MIN_VALUE;
    }

    @Override
    public void processElement(StreamRecord<Ingested> element) throws IOException {
        Ingested read = element.getValue();
        if (read instanceof Ingested.Telemetry telemetry) {
            int target = target(telemetry);
            BatchWriter batch = batches[target];
            int before = batch.length();
            batch.add(telemetry, watermarkMs);
            newest[target] = telemetry;
            waitingBytes += batch.length() - before;
            if (waitingBytes >= FULL_BYTES) {
                sendAll();
            } else if (!alarmSet) {
                setAlarm();
            }
        } else if (read instanceof Ingested.Refused refused) {
            output.collect(LineTimelineOperator.REJECTED, new StreamRecord<>(refused.rejection()));
        }
    }

    /** The copy that is at home for the line, by the hash that its id has as a text. */
    private int target(Ingested.Telemetry report) {
        byte[] record = report.record();
        int hash = 0;
        for (int i = report.lineIdFrom(); i < report.lineIdTo(); i++) {
            hash = 31 * hash + record[i];
        }
        return homes[KeyGroupRangeAssignment.computeKeyGroupForKeyHash(hash, maxParallelism)];
    }

    @Override
    public void processWatermark(Watermark mark) throws Exception {
        sendAll();
        watermarkMs = mark.getTimestamp();
        super.processWatermark(mark);
    }

    @Override
    public void processWatermarkStatus(WatermarkStatus status) throws Exception {
        sendAll();
        super.processWatermarkStatus(status);
    }

    @Override
    public void prepareSnapshotPreBarrier(long checkpointId) {
        sendAll();
    }

    @Override
    public void endInput() {
        sendAll();
    }

    private void setAlarm() {
        alarmSet = true;
        long nowMs = getProcessingTimeService().getCurrentProcessingTime();
        boolean past = watermarkMs < nowMs - LineTimelineOperator.CATCHING_UP_MS;
        getProcessingTimeService()
                .registerTimer(nowMs + (past ? LONGEST_WAIT_OF_THE_PAST_MS : LONGEST_WAIT_MS), now -> {
                    alarmSet = false;
                    sendAll();
                });
    }

    private void sendAll() {
        for (int target = 0; target < batches.length; target++) {
            if (batches[target].length() > 0) {
                output.collect(new StreamRecord<>(batches[target].take(newest[target].lineId())));
            }
        }
        waitingBytes = 0;
    }
}
