package org.capacityboard.bench.peers;

import java.time.Duration;
import java.util.function.Function;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.capacityboard.bench.load.StandardLoad;
import org.capacityboard.domain.throughput.LineReport;
import org.jspecify.annotations.Nullable;

/** Takes the reports of one partition's lines, and sends the rows of their windows when they close by the partition's event time. */
final class TimelineProcessor implements Processor<byte[], @Nullable LineReport, String, StreamsRow> {
    private static final Duration LOOK_FOR_WISHES_EVERY = Duration.ofMillis(20);
    private static final long MINUTE_MS = 60_000;
    private static final long NONE = Long.MIN_VALUE;

    private final StreamsProgress progress;
    private final Function<ProcessorContext<String, StreamsRow>, TaskLines> linesOf;
    private @Nullable ProcessorContext<String, StreamsRow> context;
    private @Nullable TaskLines lines;
    private boolean commitRequested;
    private long newestMs = NONE;
    private long closedToMs = NONE;

    /** @param linesOf finds the lines of a task in its stores */
    TimelineProcessor(StreamsProgress progress, Function<ProcessorContext<String, StreamsRow>, TaskLines> linesOf) {
        this.progress = progress;
        this.linesOf = linesOf;
    }

    @Override
    public void init(ProcessorContext<String, StreamsRow> given) {
        context = given;
        lines = linesOf.apply(given);
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
        TaskLines own = opened(lines);
        own.report(report);
        if (report.eventTimeMs() > newestMs) {
            newestMs = report.eventTimeMs();
            long watermarkMs = newestMs - StandardLoad.DISORDER.toMillis();
            long minuteMs = watermarkMs - Math.floorMod(watermarkMs, MINUTE_MS);
            if (minuteMs > closedToMs) {
                own.close(watermarkMs, new ForwardedRows(opened(context), newestMs));
                closedToMs = minuteMs;
            }
        }
    }

    private static <T> T opened(@Nullable T part) {
        if (part == null) {
            throw new IllegalStateException("the processor was not opened");
        }
        return part;
    }
}
