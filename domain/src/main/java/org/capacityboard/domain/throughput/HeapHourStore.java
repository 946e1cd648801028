package org.capacityboard.domain.throughput;

import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Keeps a line's hours on the heap, for batch runs. */
public final class HeapHourStore implements HourStore {
    private final TreeMap<Long, HourChunk> chunks = new TreeMap<>();

    @Override
    public @Nullable HourChunk get(long hour) {
        return chunks.get(hour);
    }

    @Override
    public void put(long hour, HourChunk chunk) {
        chunks.put(hour, chunk);
    }

    @Override
    public void remove(long hour) {
        chunks.remove(hour);
    }

    @Override
    public Iterable<Long> hours() {
        return List.copyOf(chunks.keySet());
    }
}
