package org.capacityboard.local.whatif;

import java.io.EOFException;
import java.io.IOException;
import java.io.Reader;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The records of a file after RFC 4180, one after the other. */
final class CsvRecords {
    private static final int END = -1;

    private final Reader in;

    CsvRecords(Reader in) {
        this.in = in;
    }

    /**
     * The values of the next record; null at the end of the file.
     *
     * @throws EOFException if the file ends within quotes
     */
    @Nullable
    List<String> next() throws IOException {
        int c = in.read();
        if (c == END) {
            return null;
        }
        List<String> values = new ArrayList<>();
        StringBuilder value = new StringBuilder();
        while (c != END && c != '\n') {
            if (c == '"') {
                c = quoted(value);
                continue;
            }
            if (c == ',') {
                values.add(value.toString());
                value.setLength(0);
            } else if (c != '\r') {
                value.append((char) c);
            }
            c = in.read();
        }
        values.add(value.toString());
        return values;
    }

    /** Reads up to the quote that closes, and returns what follows it. */
    private int quoted(StringBuilder value) throws IOException {
        while (true) {
            int c = in.read();
            if (c == END) {
                throw new EOFException("The file ends within quotes");
            }
            if (c == '"') {
                c = in.read();
                if (c != '"') {
                    return c;
                }
            }
            value.append((char) c);
        }
    }
}
