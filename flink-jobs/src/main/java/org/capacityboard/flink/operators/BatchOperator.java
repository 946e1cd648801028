package org.capacityboard.flink.operators;

import org.apache.flink.runtime.state.KeyGroupRangeAssignment;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.BoundedOneInput;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.runtime.watermarkstatus.WatermarkStatus;
import org.capacityboard.flink.ingest.Ingested;
import org.jspecify.annotations.Nullable;

/**
 * Splits what was read into reports, each with the watermark that left before it, and refusals. Stands in one chain with the source, so no record overtakes
 * a watermark. Reports leave in batches, each for one copy of the timeline operator: crossing the edge one by one costs more than what is done with them. They
 * leave when they are full, before a watermark or a checkpoint passes them, and after a moment; so there is nothing to keep in state.
 *
 * <p>While a past is read nobody waits for a single report, and a line comes the cheaper the more of its reports come together. Then a stretch that was read of
 * one partition stays in one piece, and watermarks leave behind the batches that they would have cut: how late a report is may then be judged by a watermark
 * that is older by as much as waits here, so never too strictly.
 */
final class BatchOperator extends AbstractStreamOperator<LineBatch>
        implements OneInputStreamOperator<Ingested, LineBatch>, BoundedOneInput {
    private static final long serialVersionUID = 1L;

    // Of all batches together, so that many copies do not take much memory.
    /** So much leaves when a stretch of another partition begins. */
    static final int ENOUGH_BYTES = 4 * 1024 * 1024;
    /** So much leaves in the middle of a stretch. */
    static final int FULL_BYTES = 16 * 1024 * 1024;

    /** At least so many batches share what is full. */
    private static final int FEWEST_BATCHES = 4;
    /** One of more than 5 MB would go through a file when it crosses the edge. */
    static final int LONGEST_BATCH_BYTES = 4_500_000;

    private static final int ROOM_BYTES = 32 * 1024;
    static final long LONGEST_WAIT_MS = 25;
    static final long LONGEST_WAIT_OF_THE_PAST_MS = 200;
    /** Where so much came within that wait, more will: it is worth waiting for a stretch as a whole. */
    static final int MUCH_BYTES = 1024 * 1024;

    private static final int MOST_WAITS = 5;

    /** Whether the input ends: then a report counts from the very watermark on after which it was read, so none may wait. */
    private final boolean bounded;

    private transient BatchWriter[] batches;
    private transient Ingested.Telemetry[] newest;
    private transient int maxParallelism;
    /** By group of keys: the batch that its lines go into. */
    private transient int[] batchOf;

    private transient int waitingBytes;
    private transient int partition;
    private transient boolean alarmSet;
    private transient int waits;
    private transient long watermarkMs;
    /** A watermark that leaves behind what waits; null if there is none. */
    private transient @Nullable Watermark held;

    BatchOperator(boolean bounded) {
        this.bounded = bounded;
    }

    @Override
    public void open() throws Exception {
        super.open();
        int copies = getRuntimeContext().getTaskInfo().getNumberOfParallelSubtasks();
        int batchesOfCopy = (FEWEST_BATCHES + copies - 1) / copies;
        batches = new BatchWriter[copies * batchesOfCopy];
        newest = new Ingested.Telemetry[batches.length];
        for (int batch = 0; batch < batches.length; batch++) {
            batches[batch] = new BatchWriter(ROOM_BYTES, batch / batchesOfCopy);
        }
        maxParallelism = getRuntimeContext().getTaskInfo().getMaxNumberOfParallelSubtasks();
        batchOf = new int[maxParallelism];
        for (int group = 0; group < maxParallelism; group++) {
            int home = KeyGroupRangeAssignment.computeOperatorIndexForKeyGroup(maxParallelism, copies, group);
            batchOf[group] = home * batchesOfCopy + group % batchesOfCopy;
        }
        watermarkMs = Long.MIN_VALUE;
    }

    @Override
    public void processElement(StreamRecord<Ingested> element) throws Exception {
        Ingested read = element.getValue();
        if (read instanceof Ingested.Telemetry telemetry) {
            if (waitingBytes >= FULL_BYTES
                    || waitingBytes >= ENOUGH_BYTES && telemetry.origin().partition() != partition) {
                sendAll();
            }
            partition = telemetry.origin().partition();
            int to = batchOf(telemetry);
            BatchWriter batch = batches[to];
            int before = batch.length();
            batch.add(telemetry, watermarkMs);
            newest[to] = telemetry;
            waitingBytes += batch.length() - before;
            if (batch.length() >= LONGEST_BATCH_BYTES) {
                sendAll();
            } else if (!alarmSet) {
                setAlarm();
            }
        } else if (read instanceof Ingested.Refused refused) {
            output.collect(LineTimelineOperator.REJECTED, new StreamRecord<>(refused.rejection()));
        }
    }

    /** The batch of the line, by the hash that its id has as a text. */
    private int batchOf(Ingested.Telemetry report) {
        byte[] record = report.record();
        int hash = 0;
        for (int i = report.lineIdFrom(); i < report.lineIdTo(); i++) {
            hash = 31 * hash + record[i];
        }
        return batchOf[KeyGroupRangeAssignment.computeKeyGroupForKeyHash(hash, maxParallelism)];
    }

    @Override
    public void processWatermark(Watermark mark) throws Exception {
        held = mark;
        if (bounded || waitingBytes == 0 || !isPast(mark.getTimestamp())) {
            sendAll();
        }
    }

    @Override
    public void processWatermarkStatus(WatermarkStatus status) throws Exception {
        sendAll();
        super.processWatermarkStatus(status);
    }

    @Override
    public void prepareSnapshotPreBarrier(long checkpointId) throws Exception {
        sendAll();
    }

    @Override
    public void endInput() throws Exception {
        sendAll();
    }

    private void setAlarm() {
        alarmSet = true;
        long waitMs = isPast(watermarkMs) ? LONGEST_WAIT_OF_THE_PAST_MS : LONGEST_WAIT_MS;
        getProcessingTimeService()
                .registerTimer(getProcessingTimeService().getCurrentProcessingTime() + waitMs, now -> {
                    alarmSet = false;
                    waits++;
                    if (waits < MOST_WAITS && waitingBytes >= MUCH_BYTES && isPast(watermarkMs)) {
                        setAlarm();
                    } else {
                        sendAll();
                    }
                });
    }

    private boolean isPast(long eventTimeMs) {
        return eventTimeMs
                < getProcessingTimeService().getCurrentProcessingTime() - LineTimelineOperator.CATCHING_UP_MS;
    }

    private void sendAll() throws Exception {
        for (int batch = 0; batch < batches.length; batch++) {
            if (batches[batch].length() > 0) {
                output.collect(new StreamRecord<>(batches[batch].take(newest[batch].lineId())));
            }
        }
        waitingBytes = 0;
        waits = 0;
        if (held != null) {
            Watermark mark = held;
            held = null;
            watermarkMs = mark.getTimestamp();
            super.processWatermark(mark);
        }
    }
}
