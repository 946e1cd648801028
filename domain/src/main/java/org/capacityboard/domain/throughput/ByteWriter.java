package org.capacityboard.domain.throughput;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Growing bytes. */
final class ByteWriter {
    private static final int LONGEST_VARINT = 10;

    private static final byte[] NONE = {};

    private byte[] bytes;
    private int length;

    ByteWriter(int capacity) {
        this(capacity == 0 ? NONE : new byte[capacity], 0);
    }

    private ByteWriter(byte[] bytes, int length) {
        this.bytes = bytes;
        this.length = length;
    }

    static ByteWriter of(byte[] bytes) {
        return new ByteWriter(bytes, bytes.length);
    }

    /** The array as it is; only the first {@link #length()} bytes count. */
    byte[] array() {
        return bytes;
    }

    int length() {
        return length;
    }

    byte[] toBytes() {
        return Arrays.copyOf(bytes, length);
    }

    void trim() {
        if (bytes.length > length) {
            bytes = Arrays.copyOf(bytes, length);
        }
    }

    void put(int value) {
        reserve(1);
        bytes[length++] = (byte) value;
    }

    boolean isEmpty() {
        return length == 0;
    }

    /** The byte written last. */
    int last() {
        return bytes[length - 1];
    }

    /** Writes the last byte anew. */
    void setLast(int value) {
        bytes[length - 1] = (byte) value;
    }

    void clear() {
        length = 0;
    }

    void varint(long value) {
        reserve(LONGEST_VARINT);
        long rest = value;
        while ((rest & ~0x7FL) != 0) {
            bytes[length++] = (byte) (rest | 0x80);
            rest >>>= 7;
        }
        bytes[length++] = (byte) rest;
    }

    void zigzag(long value) {
        varint((value << 1) ^ (value >> 63));
    }

    void text(String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        varint(utf8.length);
        append(utf8, 0, utf8.length);
    }

    void nullable(@Nullable String text) {
        put(text == null ? 0 : 1);
        if (text != null) {
            text(text);
        }
    }

    void append(byte[] source, int from, int count) {
        reserve(count);
        System.arraycopy(source, from, bytes, length, count);
        length += count;
    }

    /** Replaces [from, to) by other bytes. */
    void splice(int from, int to, ByteWriter replacement) {
        int grown = replacement.length - (to - from);
        reserve(Math.max(grown, 0));
        System.arraycopy(bytes, to, bytes, to + grown, length - to);
        System.arraycopy(replacement.bytes, 0, bytes, from, replacement.length);
        length += grown;
    }

    private void reserve(int count) {
        if (bytes.length - length < count) {
            bytes = Arrays.copyOf(bytes, Math.max(length + count, length + length / 4 + 16));
        }
    }
}
