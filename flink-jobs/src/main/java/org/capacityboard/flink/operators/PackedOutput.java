package org.capacityboard.flink.operators;

import java.util.Arrays;

/** Puts bytes and numbers one after the other; a number takes as many bytes as it needs, as in Avro. */
final class PackedOutput {
    private static final int LONGEST_NUMBER = 10;
    private static final int BITS = 7;
    private static final int MORE = 0x80;

    private byte[] bytes;
    private int length;

    PackedOutput(int roomBytes) {
        bytes = new byte[roomBytes];
    }

    int length() {
        return length;
    }

    void single(byte value) {
        need(1);
        bytes[length++] = value;
    }

    /** A number; those around zero are short. */
    void number(long value) {
        need(LONGEST_NUMBER);
        long rest = (value << 1) ^ (value >> (Long.SIZE - 1));
        while ((rest & -MORE) != 0) {
            bytes[length++] = (byte) (rest | MORE);
            rest >>>= BITS;
        }
        bytes[length++] = (byte) rest;
    }

    void bytes(byte[] value, int from, int to) {
        need(to - from);
        System.arraycopy(value, from, bytes, length, to - from);
        length += to - from;
    }

    /** Leaves room for a whole number of four bytes; its place. */
    int leaveInt() {
        need(Integer.BYTES);
        int at = length;
        length += Integer.BYTES;
        return at;
    }

    void putInt(int at, int value) {
        bytes[at] = (byte) (value >>> 24);
        bytes[at + 1] = (byte) (value >>> 16);
        bytes[at + 2] = (byte) (value >>> 8);
        bytes[at + 3] = (byte) value;
    }

    /** All that was put; what comes next begins anew. */
    byte[] take() {
        byte[] taken = Arrays.copyOf(bytes, length);
        length = 0;
        return taken;
    }

    private void need(int more) {
        if (length + more > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, length + more));
        }
    }
}
