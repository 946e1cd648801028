package org.capacityboard.bench.rungs;

import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Predicate;
import org.capacityboard.bench.load.RowSource;
import org.capacityboard.bench.load.StandardLoad;
import org.capacityboard.bench.run.RunPlan;
import org.capacityboard.flink.rows.FactWindow;
import org.capacityboard.oracle.OracleKey;
import org.capacityboard.oracle.OracleRow;
import org.capacityboard.oracle.OracleRows;

/** Rows in a file, one behind the other; of each window the last one counts. That costs next to nothing and takes no heap, and what is compared later is all there. */
final class RowFile implements Closeable {
    private static final String NAME = "rows-";
    private static final int BUFFER_BYTES = 1 << 20;
    private static final int LOSS = FactWindow.values().length;
    private static final FactWindow[] WINDOWS = FactWindow.values();

    private final FileChannel file;
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER_BYTES);

    /** @param number among the files of this directory */
    RowFile(Path directory, int number) throws IOException {
        file = FileChannel.open(
                directory.resolve(NAME + number), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    }

    void facts(FactWindow window, String lineId, String productId, long windowStart, long[] facts) throws IOException {
        write(window.ordinal(), lineId, productId, windowStart, "", facts);
    }

    void loss(String lineId, long productionDay, String category, String reasonCode, long lostMs) throws IOException {
        write(LOSS, lineId, category, productionDay, reasonCode, lostMs);
    }

    private void write(int kind, String lineId, String subject, long start, String reasonCode, long... values)
            throws IOException {
        int length = Byte.BYTES
                + Integer.BYTES
                + lengthOf(lineId)
                + lengthOf(subject)
                + Long.BYTES
                + lengthOf(reasonCode)
                + values.length * Long.BYTES;
        if (buffer.remaining() < length) {
            empty();
        }
        buffer.put((byte) kind);
        put(lineId);
        put(subject);
        buffer.putLong(start);
        put(reasonCode);
        buffer.putInt(values.length);
        for (long value : values) {
            buffer.putLong(value);
        }
    }

    private static int lengthOf(String text) {
        return Short.BYTES + text.length();
    }

    /** As {@link DataInputStream#readUTF()} reads it; the texts of a load are of ASCII only. */
    private void put(String text) {
        buffer.putShort((short) text.length());
        buffer.put(text.getBytes(StandardCharsets.US_ASCII));
    }

    private void empty() throws IOException {
        buffer.flip();
        while (buffer.hasRemaining()) {
            file.write(buffer);
        }
        buffer.clear();
    }

    @Override
    public void close() throws IOException {
        try (file) {
            empty();
        }
    }

    /** The rows of all files of a run's directory. */
    static RowSource of(RunPlan plan) {
        StandardLoad load = plan.load();
        return (fromLine, toLine) -> read(plan.directory(), lineId -> {
            int line = load.line(lineId);
            if (line >= load.lines()) {
                throw new IllegalStateException("There is a row of line " + lineId + ", which the load does not have");
            }
            return line >= fromLine && line < toLine;
        });
    }

    private static OracleRows read(Path directory, Predicate<String> isWanted) throws IOException {
        Map<OracleKey, OracleRow> rows = new HashMap<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory, NAME + "*")) {
            for (Path file : files) {
                try (DataInputStream in =
                        new DataInputStream(new BufferedInputStream(Files.newInputStream(file), BUFFER_BYTES))) {
                    for (int kind = in.read(); kind >= 0; kind = in.read()) {
                        read(in, kind, isWanted, rows);
                    }
                }
            }
        }
        return new OracleRows(rows);
    }

    private static void read(DataInputStream in, int kind, Predicate<String> isWanted, Map<OracleKey, OracleRow> rows)
            throws IOException {
        String lineId = in.readUTF();
        String subject = in.readUTF();
        long start = in.readLong();
        String reasonCode = in.readUTF();
        long[] values = new long[in.readInt()];
        for (int i = 0; i < values.length; i++) {
            values[i] = in.readLong();
        }
        if (isWanted.test(lineId)) {
            rows.put(key(kind, lineId, subject, start, reasonCode), OracleRow.of(false, values));
        }
    }

    private static OracleKey key(int kind, String lineId, String subject, long start, String reasonCode) {
        if (kind == LOSS) {
            return OracleKey.loss(lineId, LocalDate.ofEpochDay(start), subject, reasonCode);
        }
        return switch (WINDOWS[kind]) {
            case MINUTE -> OracleKey.minute(lineId, subject, Instant.ofEpochMilli(start));
            case HOUR -> OracleKey.hour(lineId, subject, Instant.ofEpochMilli(start));
            case DAY -> OracleKey.day(lineId, subject, LocalDate.ofEpochDay(start));
        };
    }
}
