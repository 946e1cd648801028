package org.capacityboard.flink.operators;

import java.io.IOException;
import java.util.Arrays;
import org.apache.flink.core.memory.DataInputDeserializer;

/**
 * Takes a batch apart by lines: a line's inputs in their order, and all of one line before those of the next. What a line is made of lies all over the heap;
 * fetching it once for many reports is what makes a batch cheap.
 */
final class BatchReader {
    private static final int NONE = -1;
    private static final int FIRST_ROOM = 256;

    private final LineInputWireCodec codec = new LineInputWireCodec();
    private final DataInputDeserializer in = new DataInputDeserializer();
    private byte[] bytes = {};

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
    void open(LineBatch batch, LiveLines known) throws IOException {
        lineCount = 0;
        inputCount = 0;
        bytes = batch.bytes();
        in.setBuffer(bytes);
        while (in.available() > 0) {
            int length = in.readInt();
            int from = in.getPosition();
            int idFrom = from + LineInputWireCodec.LINE_ID_AT;
            add(known.find(bytes, idFrom, idFrom + bytes[idFrom - 1]), from);
            in.skipBytesToRead(length);
        }
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

    /** Reads an input of a line. */
    LineInput read(int input, LiveLine line) throws IOException {
        int from = start[input];
        in.setBuffer(bytes, from, bytes.length - from);
        boolean isReport = codec.readKind(in);
        in.skipBytesToRead(LineInputWireCodec.LINE_ID_AT - 1 + line.lineId().length());
        return codec.readRest(isReport, line.lineId(), in);
    }
}
