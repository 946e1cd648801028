package org.capacityboard.domain.throughput;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The texts that occur in an hour, by number; 0 stands for none. */
final class Texts {
    private @Nullable String[] texts;
    private int size;

    Texts() {
        this(new @Nullable String[2], 0);
    }

    private Texts(@Nullable String[] texts, int size) {
        this.texts = texts;
        this.size = size;
    }

    Texts copy() {
        return new Texts(Arrays.copyOf(texts, size), size);
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
            texts = Arrays.copyOf(texts, 2 * size + 2);
        }
        texts[size++] = text;
        return size;
    }

    @Nullable
    String textOf(int code) {
        return code == 0 ? null : texts[code - 1];
    }

    void write(ByteWriter out) {
        out.varint(size);
        for (int i = 0; i < size; i++) {
            out.nullable(texts[i]);
        }
    }

    static Texts read(ByteReader in) {
        int size = in.count();
        @Nullable String[] texts = new @Nullable String[size];
        for (int i = 0; i < size; i++) {
            texts[i] = in.nullable();
        }
        return new Texts(texts, size);
    }
}
