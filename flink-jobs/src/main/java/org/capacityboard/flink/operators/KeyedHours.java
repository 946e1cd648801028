package org.capacityboard.flink.operators;

import java.util.List;
import org.apache.flink.api.common.state.MapState;
import org.capacityboard.domain.throughput.HourChunk;
import org.capacityboard.domain.throughput.HourStore;
import org.jspecify.annotations.Nullable;

/** The hours of the line that is the current key, in keyed state. The timeline removes each hour when its production day is final. */
final class KeyedHours implements HourStore {
    private final MapState<Long, HourChunk> state;

    KeyedHours(MapState<Long, HourChunk> state) {
        this.state = state;
    }

    @Override
    public @Nullable HourChunk get(long hour) {
        try {
            return state.get(hour);
        } catch (Exception e) {
            throw unreachable(e);
        }
    }

    @Override
    public void put(long hour, HourChunk chunk) {
        try {
            state.put(hour, chunk);
        } catch (Exception e) {
            throw unreachable(e);
        }
    }

    @Override
    public void remove(long hour) {
        try {
            state.remove(hour);
        } catch (Exception e) {
            throw unreachable(e);
        }
    }

    @Override
    public Iterable<Long> hours() {
        try {
            Iterable<Long> keys = state.keys();
            return keys == null ? List.of() : keys;
        } catch (Exception e) {
            throw unreachable(e);
        }
    }

    private static IllegalStateException unreachable(Exception cause) {
        return new IllegalStateException("the state backend cannot be read or written", cause);
    }
}
