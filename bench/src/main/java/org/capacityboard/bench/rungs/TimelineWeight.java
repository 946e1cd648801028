package org.capacityboard.bench.rungs;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.capacityboard.bench.load.LoadEvents;
import org.capacityboard.bench.load.LoadTimelines;
import org.capacityboard.bench.load.StandardLoad;
import org.capacityboard.bench.run.Course;
import org.capacityboard.bench.run.RunPlan;
import org.capacityboard.bench.run.Rung;
import org.capacityboard.domain.throughput.CurrentState;
import org.capacityboard.domain.throughput.LineReport;
import org.capacityboard.domain.throughput.LineTimeline;
import org.capacityboard.domain.throughput.LossCategory;
import org.capacityboard.domain.throughput.MachineState;
import org.capacityboard.domain.throughput.RowSink;
import org.capacityboard.schemas.TelemetryDecoder;
import org.capacityboard.schemas.UnreadableEventException;

/** What the timelines of a load weigh when all of it lies inside the correction horizon: the load goes straight into them, without broker and job. */
public final class TimelineWeight implements Rung {
    private static final MachineState[] STATES = MachineState.values();
    private static final long MINUTE_MS = 60_000;

    @Override
    public void run(RunPlan plan, Course course) {
        Map<String, LineTimeline> timelines = new TreeMap<>();
        TelemetryDecoder decoder = new TelemetryDecoder();
        LoadEvents events = new LoadEvents(plan.load());
        RowSink nowhere = new Nowhere();
        List<LineTimeline> all = new ArrayList<>();
        long heapAtStart = Course.liveHeap();
        long[] newestMs = {Long.MIN_VALUE};
        long closedToMs = Long.MIN_VALUE;
        while (events.hasNext()) {
            events.next((partition, key, value) -> {
                try {
                    if (!decoder.decode(value)) {
                        return;
                    }
                } catch (UnreadableEventException rubbish) {
                    return;
                }
                LineTimeline timeline = timelines.computeIfAbsent(decoder.lineId(), id -> {
                    LineTimeline made =
                            LoadTimelines.of(plan.load(), plan.load().line(id));
                    all.add(made);
                    return made;
                });
                newestMs[0] = Math.max(newestMs[0], decoder.eventTimeMs());
                timeline.report(report(decoder), Long.MIN_VALUE);
            });
            long watermarkMs = newestMs[0] - StandardLoad.DISORDER.toMillis();
            if (Math.floorDiv(watermarkMs, MINUTE_MS) > closedToMs) {
                closedToMs = Math.floorDiv(watermarkMs, MINUTE_MS);
                all.forEach(timeline -> timeline.advance(watermarkMs, nowhere));
            }
        }
        course.weigh(heapAtStart);
        // Until here the lines are needed.
        course.figure("lines", all.size());
    }

    private static LineReport report(TelemetryDecoder read) {
        return new LineReport(
                read.lineId(),
                read.sessionId(),
                read.sequence(),
                read.eventTimeMs(),
                STATES[read.state().ordinal()],
                read.reasonCode(),
                read.orderId(),
                read.productId(),
                read.goodCount(),
                read.scrapCount(),
                LineReport.NOT_REPORTED);
    }

    private static final class Nowhere implements RowSink {
        @Override
        public void minute(String productId, long windowStartMs, long[] facts, boolean isFinal) {}

        @Override
        public void hour(String productId, long windowStartMs, long[] facts, boolean isFinal) {}

        @Override
        public void day(String productId, long productionDay, long[] facts, boolean isFinal) {}

        @Override
        public void loss(long productionDay, LossCategory category, String reasonCode, long lostMs, boolean isFinal) {}

        @Override
        public void current(CurrentState state) {}
    }
}
