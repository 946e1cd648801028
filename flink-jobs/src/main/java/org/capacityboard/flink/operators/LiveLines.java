package org.capacityboard.flink.operators;

import java.util.HashMap;
import java.util.Map;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.streaming.api.operators.KeyContext;
import org.capacityboard.domain.throughput.HourChunk;
import org.capacityboard.domain.throughput.LineHead;

/**
 * The lines that were touched since the last checkpoint, so that a report costs one look into a map and none into the state backend. Before every checkpoint
 * all of them are written back and unloaded: what a checkpoint is still writing is never changed under its hands.
 *
 * <p>State of a line: its head (as long as the line lives) and its hours (until their production day is final).
 */
final class LiveLines {
    private final ValueState<LineState> states;
    private final MapState<Long, HourChunk> hours;
    private final KeyContext keys;
    private final long horizonMs;
    private final int most;
    private final Map<String, LiveLine> atHand = new HashMap<>();

    /**
     * @param most how many lines may be at hand before all are written back; it bounds the heap that a backend on disk is meant to save
     */
    LiveLines(
            ValueState<LineState> states, MapState<Long, HourChunk> hours, KeyContext keys, long horizonMs, int most) {
        this.states = states;
        this.hours = hours;
        this.keys = keys;
        this.horizonMs = horizonMs;
        this.most = most;
    }

    /** The line that is the current key. */
    LiveLine get(String lineId) throws Exception {
        LiveLine line = atHand.get(lineId);
        if (line == null) {
            if (atHand.size() >= most) {
                writeBack();
                atHand.clear();
                keys.setCurrentKey(lineId);
            }
            line = new LiveLine(lineId, hours, horizonMs);
            atHand.put(lineId, line);
        }
        if (!line.isLoaded()) {
            line.load(state());
        }
        return line;
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
        for (LiveLine line : atHand.values()) {
            if (line.isLoaded()) {
                keys.setCurrentKey(line.lineId());
                states.update(line.state());
                line.unload();
            }
        }
    }
}
