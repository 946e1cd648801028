package org.capacityboard.domain.throughput;

import org.jspecify.annotations.Nullable;

/** Where the hours of one line's timeline are kept. An hour is numbered {@code floorDiv(ms, 3_600_000)}. */
public interface HourStore {
    @Nullable
    HourChunk get(long hour);

    /** Called after every change of a chunk, also when it is the object that {@link #get} returned. */
    void put(long hour, HourChunk chunk);

    void remove(long hour);

    /** All kept hours, in any order. */
    Iterable<Long> hours();
}
