package org.capacityboard.flink.operators;

import java.io.IOException;
import java.util.Arrays;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.capacityboard.domain.throughput.LineReport;
import org.capacityboard.flink.ingest.Origin;
import org.capacityboard.flink.ingest.ReportReader;
import org.capacityboard.schemas.Topic;
import org.jspecify.annotations.Nullable;

/**
 * Takes a batch apart by lines: a line's inputs in their order, and all of one line before those of the next. What a line is made of lies all over the heap;
 * fetching it once for many reports is what makes a batch cheap.
 */
final class BatchReader {
    private static final int NONE = -1;
    private static final int FIRST_ROOM = 256;

    private final ReportReader reports = new ReportReader();
    private byte[] bytes = {};
    private long readAtWatermarkMs;

    // By number of a line, in the order in which they come: it, and its first and last input.
    private LiveLine[] lines = new LiveLine[FIRST_ROOM];
    private int[] first = new int[FIRST_ROOM];
    private int[] last = new int[FIRST_ROOM];
    private int lineCount;

    // By number of an input: where it is, and the next one of its line.
    private int[] start = new int[FIRST_ROOM];
    private int[] next = new int[FIRST_ROOM];
    private int inputCount;

    /** Finds the line of every input. */
    void open(LineBatch batch, LiveLines known) {
        lineCount = 0;
        inputCount = 0;
        bytes = batch.bytes();
        readAtWatermarkMs = (long) BatchLayout.LONGS.get(bytes, BatchLayout.WATERMARK);
        LiveLine before = null;
        for (int from = BatchLayout.FIRST;
                from < bytes.length;
                from += (int) BatchLayout.INTS.get(bytes, from + BatchLayout.LENGTH)) {
            int idFrom = from + BatchLayout.BODY + (short) BatchLayout.SHORTS.get(bytes, from + BatchLayout.ID_FROM);
            int idLength = (short) BatchLayout.SHORTS.get(bytes, from + BatchLayout.ID_LENGTH);
            LiveLine line = find(known, before, idFrom, idFrom + idLength);
            add(line, from);
            before = line;
        }
    }

    /** Lines that report at the same pace come in the same order again and again: first the one is looked at that came behind {@code before} the last time. */
    private LiveLine find(LiveLines known, @Nullable LiveLine before, int idFrom, int idTo) {
        LiveLine expected = before == null ? null : before.follower;
        if (expected != null && expected.isCalled(bytes, idFrom, idTo)) {
            return expected;
        }
        LiveLine line = known.find(bytes, idFrom, idTo);
        if (before != null) {
            before.follower = line;
        }
        return line;
    }

    private void add(LiveLine line, int from) {
        int input = inputCount++;
        if (input == start.length) {
            start = Arrays.copyOf(start, 2 * input);
            next = Arrays.copyOf(next, 2 * input);
        }
        start[input] = from;
        next[input] = NONE;
        int number = line.numberInBatch;
        if (number < lineCount && lines[number] == line) {
            next[last[number]] = input;
        } else {
            number = addLine(line);
            first[number] = input;
        }
        last[number] = input;
    }

    private int addLine(LiveLine line) {
        int number = lineCount++;
        if (number == lines.length) {
            lines = Arrays.copyOf(lines, 2 * number);
            first = Arrays.copyOf(first, 2 * number);
            last = Arrays.copyOf(last, 2 * number);
        }
        lines[number] = line;
        line.numberInBatch = number;
        return number;
    }

    /** How many lines it has inputs of. */
    int lineCount() {
        return lineCount;
    }

    LiveLine line(int number) {
        return lines[number];
    }

    /** The first input of a line. */
    int first(int number) {
        return first[number];
    }

    /** Whether this is an input, as against what comes after the last one of a line. */
    static boolean isInput(int input) {
        return input != NONE;
    }

    /** The next input of the same line. */
    int next(int input) {
        return next[input];
    }

    /** Whether an input is a report. */
    boolean isReport(int input) {
        return bytes[start[input] + BatchLayout.KIND] == BatchLayout.REPORT;
    }

    /** The watermark at which all reports of the batch were read. */
    long readAtWatermarkMs() {
        return readAtWatermarkMs;
    }

    /** Reads a report of a line, without where it comes from: nearly no report is asked for that. */
    LineReport report(int input, LiveLine line) {
        return reports.read(bytes, start[input] + BatchLayout.BODY, line.lineId());
    }

    /** Reads an input of a line. */
    LineInput read(int input, LiveLine line) throws IOException {
        if (!isReport(input)) {
            return other(input);
        }
        int end = start[input] + (int) BatchLayout.INTS.get(bytes, start[input] + BatchLayout.LENGTH);
        Origin origin = new Origin(
                Topic.LINE_TELEMETRY.baseName(),
                (int) BatchLayout.INTS.get(bytes, end + BatchLayout.PARTITION),
                (long) BatchLayout.LONGS.get(bytes, end + BatchLayout.OFFSET),
                (long) BatchLayout.LONGS.get(bytes, end + BatchLayout.RECEIVED_AT));
        return new LineInput.Report(report(input, line), origin, readAtWatermarkMs);
    }

    private LineInput other(int input) throws IOException {
        int idLength = (short) BatchLayout.SHORTS.get(bytes, start[input] + BatchLayout.ID_LENGTH);
        int from = start[input] + BatchLayout.BODY + idLength;
        return LineInputCodec.INSTANCE.read(
                new DataInputDeserializer(bytes, from, bytes.length - from), LineInputCodec.INSTANCE.version());
    }
}
