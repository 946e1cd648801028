package org.capacityboard.flink.ingest;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import org.capacityboard.schemas.Topic;
import org.jspecify.annotations.Nullable;

/**
 * The lines of one file in the order in which they were received. A file that is in order is read as it stands; of another one, times and positions of its
 * lines are held in memory, sorted.
 */
final class ReplayFile implements Closeable {
    /** Receive time of what was known before anything else. */
    private static final long BEFORE_ALL = Long.MIN_VALUE;

    private final Topic topic;
    private final LineWindow window;
    private final LineTimes times = new LineTimes();
    private final long nowMs;
    private final long lastMs;
    private final @Nullable Index index;
    private long lineNumber;
    private long position;
    private long receivedAtMs = BEFORE_ALL;

    private ReplayFile(Topic topic, LineWindow window, Survey survey, long nowMs, long lastMs) throws IOException {
        this.topic = topic;
        this.window = window;
        this.nowMs = nowMs;
        this.lastMs = lastMs;
        this.index = survey.inOrder ? null : new Index(topic, window, survey.lines, nowMs);
    }

    /**
     * What one reading of a whole file shows.
     *
     * @param inOrder whether its lines stand in the order in which they were received
     * @param lines how many lines it has
     * @param lastEventMs time of the last event that is not ahead of the clock, and its receive time if that is later; {@link LineTimes#ABSENT} if none
     */
    record Survey(boolean inOrder, int lines, long lastEventMs) {}

    /** Reads a file once from start to end. */
    static Survey survey(Topic topic, Path path, long nowMs, long futureGuardMs) throws IOException {
        LineTimes times = new LineTimes();
        boolean inOrder = true;
        int lines = 0;
        long last = LineTimes.ABSENT;
        long previous = BEFORE_ALL;
        try (LineWindow window = new LineWindow(path)) {
            for (long position = 0; window.read(position); position = window.next()) {
                window.scan(times);
                long received = receivedAtMs(topic, times, nowMs, previous);
                inOrder &= received >= previous;
                previous = received;
                lines = Math.incrementExact(lines);
                long event = times.eventTimeMs();
                boolean counts = event != LineTimes.ABSENT
                        && event <= nowMs
                        && event <= received + futureGuardMs
                        && received <= nowMs;
                if (counts) {
                    last = Math.max(last, Math.max(event, received));
                }
            }
        }
        return new Survey(inOrder, lines, last);
    }

    /** The file's lines; what has a time after {@code lastMs} is left out. */
    static ReplayFile open(Topic topic, Path path, Survey survey, long nowMs, long lastMs) throws IOException {
        LineWindow window = new LineWindow(path);
        try {
            return new ReplayFile(topic, window, survey, nowMs, lastMs);
        } catch (IOException e) {
            window.close();
            throw e;
        }
    }

    /** Goes to the next line; false if there is none. */
    boolean advance() throws IOException {
        while (index == null ? readNext() : index.read(this)) {
            window.scan(times);
            receivedAtMs = receivedAtMs(topic, times, nowMs, receivedAtMs);
            boolean isAfterLast = (times.eventTimeMs() != LineTimes.ABSENT && times.eventTimeMs() > lastMs)
                    || (times.receivedAtMs() != LineTimes.ABSENT && times.receivedAtMs() > lastMs)
                    || (times.eventTimeMs() == LineTimes.ABSENT && receivedAtMs > lastMs);
            if (!isAfterLast && !window.isBlank()) {
                return true;
            }
        }
        return false;
    }

    Topic topic() {
        return topic;
    }

    long receivedAtMs() {
        return receivedAtMs;
    }

    /** Number of the line in the file, from 1. */
    long lineNumber() {
        return lineNumber;
    }

    String text() {
        return window.text();
    }

    @Override
    public void close() throws IOException {
        window.close();
    }

    private boolean readNext() throws IOException {
        boolean read = window.read(position);
        lineNumber++;
        position = window.next();
        return read;
    }

    /** Events count as received at their own time, but not ahead of the clock; a line without any time stays with the line before it. */
    private static long receivedAtMs(Topic topic, LineTimes times, long nowMs, long previousMs) {
        if (times.receivedAtMs() != LineTimes.ABSENT) {
            return times.receivedAtMs();
        }
        if (topic.isReference()) {
            return BEFORE_ALL;
        }
        return times.eventTimeMs() == LineTimes.ABSENT ? previousMs : Math.min(times.eventTimeMs(), nowMs);
    }

    /** Order of the lines of a file that is not in order. */
    private static final class Index {
        private final long[] receivedAtMs;
        private final long[] positions;
        private final int[] order;
        private int next;

        Index(Topic topic, LineWindow window, int lines, long nowMs) throws IOException {
            receivedAtMs = new long[lines];
            positions = new long[lines];
            order = new int[lines];
            LineTimes times = new LineTimes();
            long position = 0;
            long previous = BEFORE_ALL;
            for (int i = 0; i < lines && window.read(position); i++) {
                window.scan(times);
                previous = receivedAtMs(topic, times, nowMs, previous);
                receivedAtMs[i] = previous;
                positions[i] = position;
                order[i] = i;
                position = window.next();
            }
            sort(order, order.clone(), 0, lines);
        }

        boolean read(ReplayFile file) throws IOException {
            if (next == order.length) {
                return false;
            }
            int line = order[next++];
            file.lineNumber = line + 1L;
            file.receivedAtMs = receivedAtMs[line];
            return file.window.read(positions[line]);
        }

        /** Merge sort of line numbers by receive time: lines of one time keep their order. Both arrays hold the same when it starts. */
        private void sort(int[] into, int[] from, int start, int end) {
            if (end - start < 2) {
                return;
            }
            int middle = (start + end) >>> 1;
            sort(from, into, start, middle);
            sort(from, into, middle, end);
            if (receivedAtMs[from[middle - 1]] <= receivedAtMs[from[middle]]) {
                System.arraycopy(from, start, into, start, end - start);
                return;
            }
            int left = start;
            int right = middle;
            for (int i = start; i < end; i++) {
                boolean takeLeft =
                        left < middle && (right == end || receivedAtMs[from[left]] <= receivedAtMs[from[right]]);
                into[i] = takeLeft ? from[left++] : from[right++];
            }
        }
    }
}
