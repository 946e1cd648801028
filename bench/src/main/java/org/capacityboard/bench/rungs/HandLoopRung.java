package org.capacityboard.bench.rungs;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.capacityboard.bench.load.LoadTimelines;
import org.capacityboard.bench.load.StandardLoad;
import org.capacityboard.bench.run.Course;
import org.capacityboard.bench.run.RunPlan;
import org.capacityboard.bench.run.Rung;
import org.capacityboard.domain.throughput.LineReport;
import org.capacityboard.domain.throughput.LineTimeline;
import org.capacityboard.domain.throughput.MachineState;
import org.capacityboard.schemas.TelemetryDecoder;
import org.capacityboard.schemas.UnreadableEventException;

/**
 * The same computation in a loop written by hand: what can be had at all. It knows this load: it need not wait for reference data, nor write a window again,
 * nor survive a kill. Every thread has its partitions, its lines, its watermark and its connection.
 */
public final class HandLoopRung implements Rung {
    private static final MachineState[] STATES = MachineState.values();

    private final boolean toDatabase;

    /**
     * @param toDatabase whether rows go to PostgreSQL by COPY; if not they are kept and compared
     */
    public HandLoopRung(boolean toDatabase) {
        this.toDatabase = toDatabase;
    }

    @Override
    public void run(RunPlan plan, Course course) throws Exception {
        long heapAtStart = Course.liveHeap();
        if (toDatabase) {
            CopyRows.prepare(plan);
        }
        int[] partitions = IntStream.range(0, plan.load().lines())
                .map(plan.load()::partition)
                .distinct()
                .toArray();
        List<Loop> loops = new ArrayList<>();
        List<PartitionReader> readers = new ArrayList<>();
        for (int i = 0; i < plan.parallelism(); i++) {
            int index = i;
            int partitionsOfThread = (int) IntStream.of(partitions)
                    .filter(partition -> partition % plan.parallelism() == index)
                    .count();
            Loop loop = new Loop(
                    plan.load(),
                    partitionsOfThread,
                    toDatabase ? new CopyRows(plan) : new KeptRows(new RowFile(plan.directory(), i)));
            loops.add(loop);
            readers.add(new PartitionReader(plan, i, loop));
        }
        readers.forEach(Thread::start);
        long lastMs = plan.load().closedUntil().toEpochMilli();
        course.time(
                () -> readers.stream().mapToLong(PartitionReader::taken).sum(),
                plan.size().records(),
                () -> loops.stream().allMatch(loop -> loop.closedToMs >= lastMs && loop.rows.isOut()));
        course.weigh(heapAtStart);
        for (PartitionReader reader : readers) {
            reader.finish();
        }
        course.judge(toDatabase ? DatabaseRows.of(plan) : RowFile.of(plan));
        long refused = loops.stream().mapToLong(loop -> loop.refused).sum();
        if (refused != plan.size().rubbish()) {
            throw new IllegalStateException(
                    refused + " records were refused, must be " + plan.size().rubbish());
        }
    }

    private static final class Loop implements PartitionReader.Taker {
        private static final long NONE = Long.MIN_VALUE;

        private final StandardLoad load;
        private final int partitions;
        private final LoopRows rows;
        private final TelemetryDecoder decoder = new TelemetryDecoder();
        private final Map<String, LineTimeline> lines = new HashMap<>();
        private final Map<Integer, long[]> newestByPartition = new HashMap<>();
        private long[] newest = {NONE};
        private int newestOf = -1;
        private long refused;
        private volatile long closedToMs;

        Loop(StandardLoad load, int partitions, LoopRows rows) {
            this.load = load;
            this.partitions = partitions;
            this.closedToMs = partitions == 0 ? Long.MAX_VALUE : NONE;
            this.rows = rows;
        }

        @Override
        public void take(ConsumerRecord<byte[], byte[]> record) {
            if (record.partition() != newestOf) {
                newestOf = record.partition();
                newest = newestByPartition.computeIfAbsent(newestOf, partition -> new long[] {NONE});
            }
            try {
                if (!decoder.decode(record.value()) || decoder.goodCount() < 0 || decoder.scrapCount() < 0) {
                    refused++;
                    return;
                }
            } catch (UnreadableEventException e) {
                refused++;
                return;
            }
            newest[0] = Math.max(newest[0], decoder.eventTimeMs());
            LineTimeline line = lines.get(decoder.lineId());
            if (line == null) {
                line = LoadTimelines.of(load, load.line(decoder.lineId()));
                lines.put(decoder.lineId(), line);
            }
            line.report(
                    new LineReport(
                            decoder.lineId(),
                            decoder.sessionId(),
                            decoder.sequence(),
                            decoder.eventTimeMs(),
                            STATES[decoder.state().ordinal()],
                            decoder.reasonCode(),
                            decoder.orderId(),
                            decoder.productId(),
                            decoder.goodCount(),
                            decoder.scrapCount(),
                            decoder.hasReworkCount() ? decoder.reworkCount() : LineReport.NOT_REPORTED),
                    NONE);
        }

        /** Writes the minutes that have closed since, and whatever closed with them. */
        @Override
        public void polled() throws Exception {
            long watermarkMs = Long.MAX_VALUE;
            for (long[] newestMs : newestByPartition.values()) {
                watermarkMs = Math.min(watermarkMs, newestMs[0]);
            }
            if (newestByPartition.size() < partitions || watermarkMs == NONE) {
                return;
            }
            watermarkMs -= StandardLoad.DISORDER.toMillis();
            long minuteMs = Math.floorDiv(watermarkMs, 60_000L) * 60_000L;
            if (minuteMs > closedToMs) {
                for (Map.Entry<String, LineTimeline> line : lines.entrySet()) {
                    rows.line(line.getKey(), line.getValue().version(), watermarkMs);
                    line.getValue().advance(watermarkMs, rows);
                }
                rows.flush();
                closedToMs = minuteMs;
            }
        }

        @Override
        public void end() throws Exception {
            rows.close();
        }
    }
}
