package org.capacityboard.flink.operators;

import java.io.IOException;
import java.util.Arrays;
import java.util.Objects;
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
    /** Lines are numbered from 1 on. */
    private static final int NO_LINE = 0;

    private static final int FIRST_ROOM = 256;

    private final ReportReader reports = new ReportReader();
    private byte[] bytes = {};
    private long readAtWatermarkMs;
    private @Nullable LiveLines known;

    // By number among the lines at hand: which one comes behind it, whether it was another the last time, and its place
    // in this batch or in one before.
    private int[] follower = {};
    private boolean[] doubted = {};
    private int[] place = {};

    // The last line that came in the order known, and one behind it that did not; NO_LINE if there is none.
    private int before;
    private int stray;

    /** Sum of what glances saw: without it they would be left out as useless. */
    private int glanced;

    // By place of a line, in the order in which they come: it, and its first and last input.
    private int[] lines = new int[FIRST_ROOM];
    private int[] first = new int[FIRST_ROOM];
    private int[] last = new int[FIRST_ROOM];
    private int lineCount;

    // By number of an input: where it is, and the next one of its line.
    private int[] start = new int[FIRST_ROOM];
    private int[] next = new int[FIRST_ROOM];
    private int inputCount;

    /** Finds the line of every input. */
    void open(LineBatch batch, LiveLines all) {
        known = all;
        lineCount = 0;
        inputCount = 0;
        bytes = batch.bytes();
        readAtWatermarkMs = (long) BatchLayout.LONGS.get(bytes, BatchLayout.WATERMARK);
        before = NO_LINE;
        stray = NO_LINE;
        for (int from = BatchLayout.FIRST;
                from < bytes.length;
                from += (int) BatchLayout.INTS.get(bytes, from + BatchLayout.LENGTH)) {
            int idFrom = from + BatchLayout.BODY + (short) BatchLayout.SHORTS.get(bytes, from + BatchLayout.ID_FROM);
            int idLength = (short) BatchLayout.SHORTS.get(bytes, from + BatchLayout.ID_LENGTH);
            add(find(all, idFrom, idFrom + idLength), from);
        }
    }

    /**
     * Lines that report at the same pace come in the same order again and again: first those are looked at that should come now. One may come later than usual,
     * and others may come between; an order is forgotten only when it was wrong twice running. Which line comes behind which stands in an array and not with the
     * line: so the processor need not have fetched one line to know the next.
     */
    private int find(LiveLines all, int idFrom, int idTo) {
        int expected = before == NO_LINE ? NO_LINE : follower[before];
        int line = expected;
        if (isCalled(expected, all, idFrom, idTo)) {
            doubted[before] = false;
        } else {
            line = findOther(expected, all, idFrom, idTo);
            if (line == stray) {
                return line;
            }
        }
        before = line;
        stray = NO_LINE;
        return line;
    }

    /** A line that should not come now; it becomes the stray if those that should may still come. */
    private int findOther(int expected, LiveLines all, int idFrom, int idTo) {
        if (expected != NO_LINE && isCalled(follower[expected], all, idFrom, idTo)) {
            return follower[expected];
        }
        if (stray != NO_LINE && isCalled(follower[stray], all, idFrom, idTo)) {
            learn(before, stray);
            return follower[stray];
        }
        int line = all.find(bytes, idFrom, idTo);
        makeRoom(line);
        if (stray != NO_LINE) {
            learn(before, stray);
            learn(stray, line);
        } else if (expected != NO_LINE) {
            stray = line;
        } else if (before != NO_LINE) {
            learn(before, line);
        }
        return line;
    }

    private void learn(int number, int behind) {
        if (follower[number] == NO_LINE || doubted[number]) {
            follower[number] = behind;
            doubted[number] = false;
        } else {
            doubted[number] = true;
        }
    }

    private boolean isCalled(int number, LiveLines all, int idFrom, int idTo) {
        return number != NO_LINE && number <= all.count() && all.isCalled(number, bytes, idFrom, idTo);
    }

    private void makeRoom(int number) {
        int room = follower.length;
        if (number >= room) {
            int more = Math.max(2 * room, number + 1);
            follower = Arrays.copyOf(follower, more);
            doubted = Arrays.copyOf(doubted, more);
            place = Arrays.copyOf(place, more);
        }
    }

    private void add(int line, int from) {
        int input = inputCount++;
        if (input == start.length) {
            start = Arrays.copyOf(start, 2 * input);
            next = Arrays.copyOf(next, 2 * input);
        }
        start[input] = from;
        next[input] = NONE;
        int number = place[line];
        if (number < lineCount && lines[number] == line) {
            next[last[number]] = input;
        } else {
            number = addLine(line);
            first[number] = input;
        }
        last[number] = input;
    }

    private int addLine(int line) {
        int number = lineCount++;
        if (number == lines.length) {
            lines = Arrays.copyOf(lines, 2 * number);
            first = Arrays.copyOf(first, 2 * number);
            last = Arrays.copyOf(last, 2 * number);
        }
        lines[number] = line;
        place[line] = number;
        return number;
    }

    /** How many lines it has inputs of. */
    int lineCount() {
        return lineCount;
    }

    LiveLine line(int number) {
        return Objects.requireNonNull(known).numbered(lines[number]);
    }

    /** Looks at some lines before their turn, so that the processor waits for all their memory together and not for one after the other. */
    void glance(int from) {
        int to = Math.min(from + LiveLines.TOGETHER, lineCount);
        for (int number = from; number < to; number++) {
            glanced += line(number).glance();
        }
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

    /** The newest watermark that left before all reports of the batch. */
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
