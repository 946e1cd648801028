package org.capacityboard.flink.ingest;

import java.io.Closeable;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;

/** A file of lines of which a small part is in memory: reads the line at any position, fastest if it is near the last one. */
final class LineWindow implements Closeable {
    private static final int BYTES = 1 << 16;

    /** So much before a line that was sought is kept in sight as well, because the next one may be a neighbour. */
    private static final int BEHIND = BYTES / 4;

    private final RandomAccessFile file;
    private byte[] bytes = new byte[BYTES];
    private long start;
    private int filled;
    private int from;
    private int to;

    LineWindow(Path path) throws IOException {
        this.file = new RandomAccessFile(path.toFile(), "r");
    }

    /** Reads the line that starts at {@code position}; false if the file ends there. */
    boolean read(long position) throws IOException {
        if (position < start) {
            fill(Math.max(0, position - BEHIND));
        } else if (position >= start + filled) {
            fill(position);
        }
        int end = endOfLine((int) (position - start));
        if (end == filled && start + filled < file.length()) {
            fill(position);
            end = endOfLine(0);
            while (end == filled && start + filled < file.length()) {
                bytes = Arrays.copyOf(bytes, bytes.length * 2);
                fill(position);
                end = endOfLine(0);
            }
        }
        from = (int) (position - start);
        to = end;
        return from < filled;
    }

    /** Where the next line starts. */
    long next() {
        return start + to + 1;
    }

    boolean isBlank() {
        for (int i = from; i < to; i++) {
            if (bytes[i] > ' ' || bytes[i] < 0) {
                return false;
            }
        }
        return true;
    }

    void scan(LineTimes times) {
        times.scan(bytes, from, to);
    }

    String text() {
        return new String(bytes, from, to - from, StandardCharsets.UTF_8);
    }

    @Override
    public void close() throws IOException {
        file.close();
    }

    private int endOfLine(int at) {
        int end = at;
        while (end < filled && bytes[end] != '\n') {
            end++;
        }
        return end;
    }

    private void fill(long position) throws IOException {
        file.seek(position);
        start = position;
        filled = 0;
        int count;
        while (filled < bytes.length && (count = file.read(bytes, filled, bytes.length - filled)) > 0) {
            filled += count;
        }
    }
}
