package org.capacityboard.domain.throughput;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Reads what {@link ByteWriter} wrote. */
final class ByteReader {
    private final byte[] bytes;
    private int position;

    ByteReader(byte[] bytes, int position) {
        this.bytes = bytes;
        this.position = position;
    }

    ByteReader copy() {
        return new ByteReader(bytes, position);
    }

    /** Starts behind the format version that leads stored bytes; the versions from 1 on are readable. */
    static ByteReader of(byte[] bytes, int newestVersion, String what) {
        ByteReader reader = new ByteReader(bytes, 0);
        int found = reader.get();
        if (found < 1 || found > newestVersion) {
            throw new IllegalArgumentException("The stored " + what + " has format version " + found
                    + ", this release reads versions 1 to " + newestVersion
                    + ".\nMaybe it was written by a newer release: start that one.");
        }
        return reader;
    }

    /** The format version that {@link #of} found. */
    int formatVersion() {
        return bytes[0];
    }

    int position() {
        return position;
    }

    /** The byte that comes next, which stays. */
    int peek() {
        return bytes[position];
    }

    int get() {
        return bytes[position++];
    }

    long varint() {
        byte next = bytes[position++];
        if (next >= 0) {
            return next;
        }
        long value = next & 0x7F;
        int shift = 7;
        do {
            next = bytes[position++];
            value |= (next & 0x7FL) << shift;
            shift += 7;
        } while (next < 0);
        return value;
    }

    int count() {
        return (int) varint();
    }

    long zigzag() {
        long value = varint();
        return (value >>> 1) ^ -(value & 1);
    }

    String text() {
        int length = count();
        String text = new String(bytes, position, length, StandardCharsets.UTF_8);
        position += length;
        return text;
    }

    @Nullable
    String nullable() {
        return get() == 0 ? null : text();
    }

    void skip(int length) {
        position += length;
    }

    byte[] bytes(int length) {
        byte[] slice = Arrays.copyOfRange(bytes, position, position + length);
        position += length;
        return slice;
    }
}
