package org.capacityboard.domain.throughput;

import org.jspecify.annotations.Nullable;

/** Where the hours of one line's timeline are kept, by number: that of an open hour is {@code floorDiv(ms, 3_600_000)}; sealed hours have numbers of their own. */
public interface HourStore {
    @Nullable
    HourChunk get(long hour);

    /** Called after every change of a chunk, also when it is the object that {@link #get} returned. */
    void put(long hour, HourChunk chunk);

    void remove(long hour);

    /** All kept numbers, in any order. */
    Iterable<Long> hours();
}
