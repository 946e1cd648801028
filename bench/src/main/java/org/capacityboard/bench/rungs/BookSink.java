package org.capacityboard.bench.rungs;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.apache.flink.api.connector.sink2.WriterInitContext;
import org.apache.flink.metrics.Counter;
import org.capacityboard.flink.rows.FactWindow;
import org.capacityboard.flink.rows.ThroughputRow;

/** Keeps the rows in files: a sink that costs next to nothing. */
public final class BookSink implements Sink<ThroughputRow> {
    /** Counts lines whose last minute of the load has closed. */
    public static final String CLOSED = "capacity.bench.closed";

    private static final long serialVersionUID = 1L;

    private final String directory;
    private final long lastMinuteMs;

    /**
     * @param directory where the files go
     * @param lastMinuteMs start of the last minute that closes
     */
    public BookSink(Path directory, long lastMinuteMs) {
        this.directory = directory.toString();
        this.lastMinuteMs = lastMinuteMs;
    }

    @Override
    public SinkWriter<ThroughputRow> createWriter(WriterInitContext context) throws IOException {
        return new Book(
                new RowFile(Path.of(directory), context.getTaskInfo().getIndexOfThisSubtask()),
                lastMinuteMs,
                context.metricGroup().counter(CLOSED));
    }

    private static final class Book implements SinkWriter<ThroughputRow> {
        private static final long MINUTE_MS = 60_000;

        private final RowFile rows;
        private final long lastMinuteMs;
        private final Counter closed;
        private final Set<String> linesClosed = new HashSet<>();

        Book(RowFile rows, long lastMinuteMs, Counter closed) {
            this.rows = rows;
            this.lastMinuteMs = lastMinuteMs;
            this.closed = closed;
        }

        @Override
        public void write(ThroughputRow row, Context context) throws IOException {
            if (row instanceof ThroughputRow.Facts facts) {
                rows.facts(facts.window(), facts.lineId(), facts.productId(), facts.windowStart(), facts.facts());
                if (facts.window() == FactWindow.MINUTE
                        && facts.windowStart() == lastMinuteMs
                        && facts.stamp().watermarkMs() >= lastMinuteMs + MINUTE_MS
                        && linesClosed.add(facts.lineId())) {
                    closed.inc();
                }
            } else if (row instanceof ThroughputRow.Loss loss) {
                rows.loss(
                        loss.lineId(), loss.productionDay(), loss.category().name(), loss.reasonCode(), loss.lostMs());
            }
        }

        @Override
        public void flush(boolean endOfInput) {}

        @Override
        public void close() throws IOException {
            rows.close();
        }
    }
}
