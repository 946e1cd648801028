package org.capacityboard.flink.operators;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.streaming.api.operators.KeyContext;
import org.capacityboard.domain.throughput.HourChunk;
import org.capacityboard.domain.throughput.LineHead;
import org.jspecify.annotations.Nullable;

/**
 * The lines that were touched since the last checkpoint, so that a report costs one look into a table and none into the state backend. Before every checkpoint
 * all of them are written back and unloaded: what a checkpoint is still writing is never changed under its hands. They are found by the bytes of their ids as
 * a batch brings them.
 *
 * <p>State of a line: its head (as long as the line lives) and its hours (until their production day is final).
 */
final class LiveLines {
    private static final int FIRST_SLOT_BITS = 10;
    /** 2^32 over the golden ratio. */
    private static final int GOLDEN = 0x9E3779B9;

    private final ValueState<LineState> states;
    private final MapState<Long, HourChunk> hours;
    private final KeyContext keys;
    private final long horizonMs;
    private final int most;

    private int slotBits = FIRST_SLOT_BITS;
    private @Nullable LiveLine[] slots = new LiveLine[1 << FIRST_SLOT_BITS];
    private int count;

    /**
     * @param most how many lines may be at hand before all are written back (a batch may bring a few more); it bounds the heap that a backend on disk is meant to save
     */
    LiveLines(
            ValueState<LineState> states, MapState<Long, HourChunk> hours, KeyContext keys, long horizonMs, int most) {
        this.states = states;
        this.hours = hours;
        this.keys = keys;
        this.horizonMs = horizonMs;
        this.most = most;
    }

    /** A line by its id, loaded. */
    LiveLine get(String lineId) throws Exception {
        makeRoom();
        byte[] id = lineId.getBytes(StandardCharsets.US_ASCII);
        return loaded(find(id, 0, id.length));
    }

    /** A line by the bytes of its id, loaded or not. */
    LiveLine find(byte[] bytes, int from, int to) {
        int hash = hash(bytes, from, to);
        int mask = slots.length - 1;
        int slot = (hash * GOLDEN) >>> (Integer.SIZE - slotBits);
        LiveLine line = slots[slot];
        while (line != null && !(line.hash() == hash && line.isCalled(bytes, from, to))) {
            slot = (slot + 1) & mask;
            line = slots[slot];
        }
        return line == null ? add(hash, bytes, from, to) : line;
    }

    /** A line that was found, with its state. */
    LiveLine loaded(LiveLine line) throws Exception {
        if (!line.isLoaded()) {
            keys.setCurrentKey(line.lineId());
            line.load(state());
        }
        return line;
    }

    /** Writes all lines back and forgets them if they are too many; whoever holds a line that was found must not use it any more. */
    void makeRoom() throws Exception {
        if (count >= most) {
            writeBack();
            slots = new LiveLine[slots.length];
            count = 0;
        }
    }

    private LiveLine add(int hash, byte[] bytes, int from, int to) {
        if (count >= slots.length / 2) {
            grow();
        }
        LiveLine line = new LiveLine(hash, Arrays.copyOfRange(bytes, from, to), hours, keys, horizonMs);
        put(line);
        count++;
        return line;
    }

    private void grow() {
        @Nullable LiveLine[] old = slots;
        slotBits++;
        slots = new LiveLine[1 << slotBits];
        for (LiveLine line : old) {
            if (line != null) {
                put(line);
            }
        }
    }

    private void put(LiveLine line) {
        int slot = (line.hash() * GOLDEN) >>> (Integer.SIZE - slotBits);
        while (slots[slot] != null) {
            slot = (slot + 1) & (slots.length - 1);
        }
        slots[slot] = line;
    }

    private static int hash(byte[] bytes, int from, int to) {
        int hash = 1;
        for (int i = from; i < to; i++) {
            hash = 31 * hash + bytes[i];
        }
        return hash;
    }

    private LineState state() throws Exception {
        LineState state = states.value();
        if (state == null) {
            state = new LineState(new LineHead());
            states.update(state);
        }
        return state;
    }

    /** Writes all loaded lines to the state backend, from where they are loaded again when they are needed; leaves another current key. */
    void writeBack() throws Exception {
        for (LiveLine line : slots) {
            if (line != null && line.isLoaded()) {
                keys.setCurrentKey(line.lineId());
                states.update(line.state());
                line.unload();
            }
        }
    }
}
