package org.capacityboard.domain.throughput;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The texts that occur in an hour, by number; 0 stands for none. */
final class Texts {
    private static final @Nullable String[] NONE = {};

    private @Nullable String[] texts;
    private int size;

    Texts() {
        this(NONE, 0);
    }

    private Texts(@Nullable String[] texts, int size) {
        this.texts = texts;
        this.size = size;
    }

    boolean isEmpty() {
        return size == 0;
    }

    void clear() {
        texts = NONE;
        size = 0;
    }

    int codeOf(@Nullable String text) {
        if (text == null) {
            return 0;
        }
        for (int i = 0; i < size; i++) {
            if (text.equals(texts[i])) {
                return i + 1;
            }
        }
        if (size == texts.length) {
            texts = Arrays.copyOf(texts, size + 1 + size / 2);
        }
        texts[size++] = text;
        return size;
    }

    @Nullable
    String textOf(int code) {
        return code == 0 ? null : texts[code - 1];
    }

    /** The text of a code that does not stand for none. */
    String knownTextOf(int code) {
        String text = textOf(code);
        if (text == null) {
            throw new IllegalArgumentException("The stored text " + code + " is missing."
                    + "\nMaybe the state is damaged: restore an older checkpoint.");
        }
        return text;
    }

    void write(ByteWriter out) {
        out.varint(size);
        for (int i = 0; i < size; i++) {
            out.nullable(texts[i]);
        }
    }

    static Texts read(ByteReader in) {
        int size = in.count();
        @Nullable String[] texts = size == 0 ? NONE : new @Nullable String[size];
        for (int i = 0; i < size; i++) {
            texts[i] = in.nullable();
        }
        return new Texts(texts, size);
    }
}
