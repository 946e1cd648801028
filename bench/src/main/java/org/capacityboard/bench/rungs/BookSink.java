package org.capacityboard.bench.rungs;

import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.apache.flink.api.connector.sink2.WriterInitContext;
import org.apache.flink.metrics.Counter;
import org.capacityboard.flink.rows.FactWindow;
import org.capacityboard.flink.rows.ThroughputRow;
import org.capacityboard.oracle.OracleKey;
import org.capacityboard.oracle.OracleRow;
import org.capacityboard.oracle.OracleRows;

/** Keeps the newest row of every window in memory, and leaves them in a file when the job ends: a sink that costs next to nothing. */
public final class BookSink implements Sink<ThroughputRow> {
    /** Counts lines whose last minute of the load has closed. */
    public static final String CLOSED = "capacity.bench.closed";

    private static final long serialVersionUID = 1L;

    private final String directory;
    private final long lastMinuteMs;

    /**
     * @param directory where the file goes
     * @param lastMinuteMs start of the last minute that closes
     */
    public BookSink(Path directory, long lastMinuteMs) {
        this.directory = directory.toString();
        this.lastMinuteMs = lastMinuteMs;
    }

    @Override
    public SinkWriter<ThroughputRow> createWriter(WriterInitContext context) {
        return new Book(
                Path.of(directory, "book-" + context.getTaskInfo().getIndexOfThisSubtask()),
                lastMinuteMs,
                context.metricGroup().counter(CLOSED));
    }

    /** The rows that all copies of the sink left. */
    public static OracleRows read(Path directory) throws IOException {
        Map<OracleKey, OracleRow> rows = new HashMap<>();
        try (DirectoryStream<Path> books = Files.newDirectoryStream(directory, "book-*")) {
            for (Path book : books) {
                try (DataInputStream in = new DataInputStream(Files.newInputStream(book))) {
                    while (true) {
                        OracleKey key = key(in);
                        long[] values = new long[in.readInt()];
                        for (int i = 0; i < values.length; i++) {
                            values[i] = in.readLong();
                        }
                        rows.put(key, OracleRow.of(false, values));
                    }
                } catch (EOFException end) {
                    // That was the last row.
                }
            }
        }
        return new OracleRows(rows);
    }

    private static OracleKey key(DataInputStream in) throws IOException {
        int kind = in.readInt();
        String line = in.readUTF();
        String subject = in.readUTF();
        long start = in.readLong();
        String reason = in.readUTF();
        if (kind == Book.LOSS) {
            return OracleKey.loss(line, LocalDate.ofEpochDay(start), subject, reason);
        }
        return switch (FactWindow.values()[kind]) {
            case MINUTE -> OracleKey.minute(line, subject, Instant.ofEpochMilli(start));
            case HOUR -> OracleKey.hour(line, subject, Instant.ofEpochMilli(start));
            case DAY -> OracleKey.day(line, subject, LocalDate.ofEpochDay(start));
        };
    }

    private static final class Book implements SinkWriter<ThroughputRow> {
        private static final int LOSS = FactWindow.values().length;
        private static final long MINUTE_MS = 60_000;

        private record Window(int kind, String lineId, String subject, long start, String reasonCode) {}

        private final Path file;
        private final long lastMinuteMs;
        private final Counter closed;
        private final Map<Window, long[]> rows = new HashMap<>();
        private final Set<String> linesClosed = new HashSet<>();

        Book(Path file, long lastMinuteMs, Counter closed) {
            this.file = file;
            this.lastMinuteMs = lastMinuteMs;
            this.closed = closed;
        }

        @Override
        public void write(ThroughputRow row, Context context) {
            if (row instanceof ThroughputRow.Facts facts) {
                Window window = new Window(
                        facts.window().ordinal(), facts.lineId(), facts.productId(), facts.windowStart(), "");
                rows.put(window, facts.facts());
                if (facts.window() == FactWindow.MINUTE
                        && facts.windowStart() == lastMinuteMs
                        && facts.stamp().watermarkMs() >= lastMinuteMs + MINUTE_MS
                        && linesClosed.add(facts.lineId())) {
                    closed.inc();
                }
            } else if (row instanceof ThroughputRow.Loss loss) {
                rows.put(
                        new Window(
                                LOSS, loss.lineId(), loss.category().name(), loss.productionDay(), loss.reasonCode()),
                        new long[] {loss.lostMs()});
            }
        }

        @Override
        public void flush(boolean endOfInput) {}

        @Override
        public void close() throws IOException {
            try (DataOutputStream out = new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(file)))) {
                for (Map.Entry<Window, long[]> row : rows.entrySet()) {
                    Window window = row.getKey();
                    out.writeInt(window.kind);
                    out.writeUTF(window.lineId);
                    out.writeUTF(window.subject);
                    out.writeLong(window.start);
                    out.writeUTF(window.reasonCode);
                    out.writeInt(row.getValue().length);
                    for (long value : row.getValue()) {
                        out.writeLong(value);
                    }
                }
            }
        }
    }
}
