package org.capacityboard.flink.operators;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Objects;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.streaming.api.operators.KeyContext;
import org.capacityboard.domain.throughput.HourChunk;
import org.jspecify.annotations.Nullable;

/**
 * The lines that were touched since the start, so that a report costs one look into a table and none into the state backend. Before every checkpoint those
 * that were touched since the last one are stored as bytes, which nothing changes while the checkpoint is being written. They are found by the bytes of their
 * ids as a batch brings them.
 *
 * <p>State of a line: its head (as long as the line lives) and its hours (until their production day is final).
 */
final class LiveLines {
    /** So many lines are looked at together before they are changed: what they are made of still fits in the cache then. */
    static final int TOGETHER = 48;

    private static final int FIRST_SLOT_BITS = 10;
    private static final int FIRST_ID_BYTES = 1 << 14;
    /** 2^32 over the golden ratio. */
    private static final int GOLDEN = 0x9E3779B9;

    private final ValueState<LineState> states;
    private final MapState<Long, HourChunk> hours;
    private final KeyContext keys;
    private final long horizonMs;
    private final int most;

    // Open addressing: the number of a line, 0 in a free slot; lines are numbered from 1 on.
    private int slotBits = FIRST_SLOT_BITS;
    private int[] slots = new int[1 << FIRST_SLOT_BITS];

    // By number: the line, and where the bytes of its id end. All ids stand behind each other: lines mostly report in
    // the order in which they became known, so the next one's is close.
    private @Nullable LiveLine[] byNumber = new LiveLine[1 << (FIRST_SLOT_BITS - 1)];
    private int[] idEnd = new int[byNumber.length];
    private byte[] ids = new byte[FIRST_ID_BYTES];
    private int count;

    private final LiveLine[] found = new LiveLine[TOGETHER];
    /** Sum of what glances saw: without it they would be left out as useless. */
    private int glanced;

    /**
     * @param most how many lines may be at hand before all are stored and forgotten (a batch may bring a few more); it bounds the heap that a backend on disk is
     *     meant to save
     */
    LiveLines(
            ValueState<LineState> states, MapState<Long, HourChunk> hours, KeyContext keys, long horizonMs, int most) {
        this.states = states;
        this.hours = hours;
        this.keys = keys;
        this.horizonMs = horizonMs;
        this.most = most;
    }

    /** A line by its id, loaded; lines that were there may be forgotten for it. */
    LiveLine get(String lineId) throws Exception {
        makeRoom();
        return loaded(found(lineId));
    }

    /**
     * Some lines by their ids, loaded or not, and with what is asked for when windows close in the cache.
     *
     * @param number how many, {@link #TOGETHER} at most
     */
    LiveLine[] found(String[] lineIds, int number) {
        for (int i = 0; i < number; i++) {
            found[i] = found(lineIds[i]);
        }
        for (int i = 0; i < number; i++) {
            glanced += found[i].glanceAtWindows();
        }
        return found;
    }

    private LiveLine found(String lineId) {
        byte[] id = lineId.getBytes(StandardCharsets.US_ASCII);
        return numbered(find(id, 0, id.length));
    }

    /** Number of a line by the bytes of its id; it holds until lines are forgotten. */
    int find(byte[] bytes, int from, int to) {
        int mask = slots.length - 1;
        int slot = slot(bytes, from, to);
        while (slots[slot] != 0 && !isCalled(slots[slot], bytes, from, to)) {
            slot = (slot + 1) & mask;
        }
        return slots[slot] == 0 ? add(bytes, from, to) : slots[slot];
    }

    /** How many lines are at hand, numbered from 1 on. */
    int count() {
        return count;
    }

    /** Whether these bytes are the id of the line of a number. */
    boolean isCalled(int number, byte[] bytes, int from, int to) {
        return Arrays.equals(ids, idEnd[number - 1], idEnd[number], bytes, from, to);
    }

    /** The line of a number, loaded or not. */
    LiveLine numbered(int number) {
        return Objects.requireNonNull(byNumber[number]);
    }

    /** A line at hand, with its state. */
    LiveLine loaded(LiveLine line) throws Exception {
        if (!line.isLoaded()) {
            keys.setCurrentKey(line.lineId());
            line.load(states.value());
        }
        line.touched = true;
        return line;
    }

    /** Stores all lines and forgets them if they are too many; whoever holds a line or a number must not use it any more. */
    void makeRoom() throws Exception {
        if (count >= most) {
            writeBack();
            Arrays.fill(slots, 0);
            Arrays.fill(byNumber, null);
            count = 0;
        }
    }

    private int add(byte[] bytes, int from, int to) {
        int number = ++count;
        if (number == byNumber.length) {
            grow();
        }
        int start = idEnd[number - 1];
        int end = start + to - from;
        if (end > ids.length) {
            ids = Arrays.copyOf(ids, Math.max(2 * ids.length, end));
        }
        System.arraycopy(bytes, from, ids, start, to - from);
        idEnd[number] = end;
        byNumber[number] =
                new LiveLine(new String(ids, start, end - start, StandardCharsets.US_ASCII), hours, keys, horizonMs);
        put(number);
        return number;
    }

    /** Twice the slots; half of them are used at most. */
    private void grow() {
        slotBits++;
        slots = new int[1 << slotBits];
        byNumber = Arrays.copyOf(byNumber, slots.length / 2);
        idEnd = Arrays.copyOf(idEnd, byNumber.length);
        for (int number = 1; number < count; number++) {
            put(number);
        }
    }

    private void put(int number) {
        int slot = slot(ids, idEnd[number - 1], idEnd[number]);
        while (slots[slot] != 0) {
            slot = (slot + 1) & (slots.length - 1);
        }
        slots[slot] = number;
    }

    private int slot(byte[] bytes, int from, int to) {
        int hash = 1;
        for (int i = from; i < to; i++) {
            hash = 31 * hash + bytes[i];
        }
        return (hash * GOLDEN) >>> (Integer.SIZE - slotBits);
    }

    /** Stores all lines that were touched; leaves another current key. */
    void writeBack() throws Exception {
        for (int number = 1; number <= count; number++) {
            if (number % TOGETHER == 1) {
                glance(number);
            }
            LiveLine line = numbered(number);
            if (line.touched) {
                keys.setCurrentKey(line.lineId());
                states.update(line.toStore());
                line.touched = false;
            }
        }
    }

    private void glance(int from) {
        for (int number = from; number <= Math.min(from + TOGETHER - 1, count); number++) {
            glanced += numbered(number).glanceAtWindows();
        }
    }
}
