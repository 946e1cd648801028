package org.capacityboard.bench.live;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.capacityboard.bench.load.LoadEvents;
import org.capacityboard.bench.load.StandardLoad;
import org.capacityboard.schemas.TelemetryDecoder;
import org.capacityboard.schemas.Topic;
import org.capacityboard.schemas.UnreadableEventException;

/** Remembers when the reports of some lines were handed to the producer, repeats aside, and when a minute could close. */
final class SentReports implements LoadEvents.Output {
    /** Lines by number, chosen by chance. */
    static int[] sample(int lines, int size, long seed) {
        List<Integer> all = new ArrayList<>();
        for (int line = 0; line < lines; line++) {
            all.add(line);
        }
        Collections.shuffle(all, new Random(seed));
        return all.stream().limit(size).sorted().mapToInt(Integer::intValue).toArray();
    }

    /** The reports of one line: the n-th that was not a repeat, and when it went. */
    private static final class Line {
        private final BitSet sequences = new BitSet();
        private long[] atNanos = new long[256];
        private int count;

        void add(long sequence, long nanos) {
            int number = Math.toIntExact(sequence);
            if (!sequences.get(number)) {
                sequences.set(number);
                if (count == atNanos.length) {
                    atNanos = Arrays.copyOf(atNanos, 2 * count);
                }
                atNanos[count++] = nanos;
            }
        }
    }

    private final LoadEvents.Output output;
    private final TelemetryDecoder decoder = new TelemetryDecoder();
    private final Map<String, Line> lines = new HashMap<>();
    private final List<Line> inOrder = new ArrayList<>();
    private final long[] newestMs = new long[Topic.LINE_TELEMETRY.partitions()];
    private final Map<Long, Long> minuteMayCloseAtNanos = new HashMap<>();

    /**
     * @param lineIds whose reports are remembered
     * @param output where everything goes
     */
    SentReports(List<String> lineIds, LoadEvents.Output output) {
        this.output = output;
        for (String lineId : lineIds) {
            Line line = new Line();
            lines.put(lineId, line);
            inOrder.add(line);
        }
    }

    @Override
    public void send(int partition, byte[] key, byte[] value) {
        note(partition, value);
        output.send(partition, key, value);
    }

    private synchronized void note(int partition, byte[] value) {
        try {
            if (!decoder.decode(value)) {
                return;
            }
        } catch (UnreadableEventException e) {
            // Rubbish on purpose: no row comes of it.
            return;
        }
        long now = System.nanoTime();
        Line line = lines.get(decoder.lineId());
        if (line != null) {
            line.add(decoder.sequence(), now);
        }
        long before = closedMinute();
        newestMs[partition] = Math.max(newestMs[partition], decoder.eventTimeMs());
        long after = closedMinute();
        if (after > before) {
            minuteMayCloseAtNanos.put(after, now);
        }
    }

    /** Minutes up to here may close, in minutes since 1970: every partition's newest event is far enough ahead. */
    private long closedMinute() {
        long slowestMs = Long.MAX_VALUE;
        for (long newest : newestMs) {
            slowestMs = Math.min(slowestMs, newest);
        }
        return Math.floorDiv(slowestMs - StandardLoad.DISORDER.toMillis(), 60_000);
    }

    /** End of the newest minute that may close by now. */
    synchronized Instant mayClose() {
        return Instant.ofEpochSecond(closedMinute() * 60);
    }

    /** When the report went that lets the minute close that ends then; {@code Long.MIN_VALUE} if it has not gone yet. */
    synchronized long mayCloseAtNanos(Instant minuteEnd) {
        return minuteMayCloseAtNanos.getOrDefault(minuteEnd.getEpochSecond() / 60, Long.MIN_VALUE);
    }

    /** How many reports a line has sent, repeats not counted. */
    synchronized int count(int line) {
        return inOrder.get(line).count;
    }

    /** When a line's n-th report went, from 0 on. */
    synchronized long sentAtNanos(int line, int number) {
        return inOrder.get(line).atNanos[number];
    }
}
