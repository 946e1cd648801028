package org.capacityboard.flink.ingest;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.connector.source.ReaderOutput;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.core.io.InputStatus;
import org.capacityboard.schemas.SchemaLookup;
import org.jspecify.annotations.Nullable;

/** Reads the files of a {@link ReplaySource}, one record and its watermark at a time. */
final class ReplayReader implements SourceReader<Ingested, ReplaySource.Progress> {
    private static final long NOTHING = -1;

    private final ReplaySource source;
    private final EventReader events;
    private final long disorderMs;
    private final long nowMs;
    private final CompletableFuture<Void> splitsKnown = new CompletableFuture<>();
    private @Nullable ReplayOrder order;
    private long toSkip = NOTHING;
    private long records;
    private long highestMs = Ingested.NO_EVENT_TIME;

    ReplayReader(ReplaySource source) {
        this.source = source;
        this.events = new EventReader(SchemaLookup.ofThisRelease(), source.futureGuard());
        this.disorderMs = source.disorder().toMillis();
        this.nowMs = source.now().toEpochMilli();
    }

    @Override
    public void start() {}

    @Override
    public InputStatus pollNext(ReaderOutput<Ingested> output) throws Exception {
        if (!splitsKnown.isDone()) {
            return InputStatus.NOTHING_AVAILABLE;
        }
        if (toSkip == NOTHING) {
            return InputStatus.END_OF_INPUT;
        }
        ReplayOrder lines = opened();
        ReplayFile line = lines.next();
        if (line == null) {
            output.emitWatermark(new Watermark(lines.untilMs()));
            return InputStatus.END_OF_INPUT;
        }
        Ingested record = events.readLine(line.topic(), line.lineNumber(), line.text(), nowMs);
        records++;
        boolean isNew = records > toSkip;
        if (isNew) {
            output.collect(record);
        }
        if (record.eventTimeMs() > highestMs) {
            highestMs = record.eventTimeMs();
            if (isNew) {
                output.emitWatermark(new Watermark(highestMs - disorderMs));
            }
        }
        return InputStatus.MORE_AVAILABLE;
    }

    /** Records read before a restore are read again, for their event time, and not emitted. */
    @Override
    public void addSplits(List<ReplaySource.Progress> splits) {
        for (ReplaySource.Progress split : splits) {
            toSkip = split.records();
        }
    }

    @Override
    public void notifyNoMoreSplits() {
        splitsKnown.complete(null);
    }

    @Override
    public CompletableFuture<Void> isAvailable() {
        return splitsKnown;
    }

    @Override
    public List<ReplaySource.Progress> snapshotState(long checkpointId) {
        return toSkip == NOTHING ? List.of() : List.of(new ReplaySource.Progress(Math.max(records, toSkip)));
    }

    @Override
    public void close() throws Exception {
        if (order != null) {
            order.close();
        }
    }

    private ReplayOrder opened() throws IOException {
        if (order == null) {
            order = source.open();
        }
        return order;
    }
}
