package org.capacityboard.bench.peers;

import java.time.Duration;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.capacityboard.bench.load.StandardLoad;
import org.capacityboard.domain.throughput.CurrentState;
import org.capacityboard.domain.throughput.LineReport;
import org.capacityboard.domain.throughput.LossCategory;
import org.capacityboard.domain.throughput.RowSink;
import org.jspecify.annotations.Nullable;

/** Takes the reports of one partition's lines, and sends the rows of their windows when they close by the partition's event time. */
final class TimelineProcessor implements Processor<byte[], @Nullable LineReport, String, StreamsRow>, RowSink {
    private static final Duration LOOK_FOR_WISHES_EVERY = Duration.ofMillis(20);
    private static final long MINUTE_MS = 60_000;
    private static final long NONE = Long.MIN_VALUE;

    private final StreamsProgress progress;
    private @Nullable ProcessorContext<String, StreamsRow> context;
    private @Nullable LiveTimelines timelines;
    private boolean commitRequested;
    private long newestMs = NONE;
    private long closedToMs = NONE;
    private String lineId = "";

    TimelineProcessor(StreamsProgress progress) {
        this.progress = progress;
    }

    @Override
    public void init(ProcessorContext<String, StreamsRow> given) {
        context = given;
        LiveTimelines restored = given.getStateStore(LiveTimelines.NAME);
        restored.load();
        timelines = restored;
        given.schedule(LOOK_FOR_WISHES_EVERY, PunctuationType.WALL_CLOCK_TIME, now -> {
            if (progress.commitWanted() && !commitRequested) {
                commitRequested = true;
                given.commit();
            }
        });
    }

    @Override
    public void process(Record<byte[], @Nullable LineReport> record) {
        progress.took();
        LineReport report = record.value();
        if (report == null) {
            progress.refused();
            return;
        }
        LiveTimelines lines = opened(timelines);
        lines.change(report.lineId()).timeline().report(report, NONE);
        if (report.eventTimeMs() > newestMs) {
            newestMs = report.eventTimeMs();
            long watermarkMs = newestMs - StandardLoad.DISORDER.toMillis();
            if (watermarkMs - Math.floorMod(watermarkMs, MINUTE_MS) > closedToMs) {
                close(lines, watermarkMs);
            }
        }
    }

    /** Sends the minutes that have closed since, and whatever closed with them. */
    private void close(LiveTimelines lines, long watermarkMs) {
        for (LiveLine line : lines.changeAll()) {
            lineId = line.lineId();
            line.timeline().advance(watermarkMs, this);
        }
        closedToMs = watermarkMs - Math.floorMod(watermarkMs, MINUTE_MS);
    }

    @Override
    public void minute(String productId, long windowStartMs, long[] facts, boolean isFinal) {
        send(new StreamsRow(StreamsRow.Kind.MINUTE, productId, windowStartMs, "", facts));
    }

    @Override
    public void hour(String productId, long windowStartMs, long[] facts, boolean isFinal) {
        send(new StreamsRow(StreamsRow.Kind.HOUR, productId, windowStartMs, "", facts));
    }

    @Override
    public void day(String productId, long productionDay, long[] facts, boolean isFinal) {
        send(new StreamsRow(StreamsRow.Kind.DAY, productId, productionDay, "", facts));
    }

    @Override
    public void loss(long productionDay, LossCategory category, String reasonCode, long lostMs, boolean isFinal) {
        send(new StreamsRow(StreamsRow.Kind.LOSS, category.name(), productionDay, reasonCode, new long[] {lostMs}));
    }

    @Override
    public void current(CurrentState state) {}

    private void send(StreamsRow row) {
        opened(context).forward(new Record<>(lineId, row, newestMs));
    }

    private static <T> T opened(@Nullable T part) {
        if (part == null) {
            throw new IllegalStateException("the processor was not opened");
        }
        return part;
    }
}
