package org.capacityboard.bench.peers;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.capacityboard.domain.throughput.HourChunk;
import org.capacityboard.domain.throughput.HourStore;
import org.capacityboard.domain.throughput.LineHead;
import org.capacityboard.domain.throughput.LineTimeline;
import org.jspecify.annotations.Nullable;

/** A line's timeline as objects, and what of it changed since it was last written. */
final class LiveLine implements HourStore {
    private static final long HORIZON_MS = 48 * 3_600_000L;
    private static final long NONE = Long.MIN_VALUE;

    private final String lineId;
    private final LineHead head;
    private final LineTimeline timeline;
    private final Map<Long, HourChunk> chunks = new HashMap<>(4);
    private final Set<Long> changedHours = new HashSet<>(4);
    private long lastChangedHour = NONE;
    private boolean waits;

    /** Where a line's parts are written. */
    interface Shelf {
        void head(String lineId, byte[] bytes);

        /** @param bytes null if the hour is no longer kept */
        void hour(String lineId, long hour, byte @Nullable [] bytes);
    }

    LiveLine(String lineId, LineHead head) {
        this.lineId = lineId;
        this.head = head;
        this.timeline = new LineTimeline(lineId, head, this, HORIZON_MS);
    }

    String lineId() {
        return lineId;
    }

    LineTimeline timeline() {
        return timeline;
    }

    /** Takes an hour that was written before. */
    void restore(long hour, byte[] bytes) {
        chunks.put(hour, HourChunk.decode(bytes));
    }

    /** Marks the line as changed and says whether it was unchanged until now. */
    boolean change() {
        boolean first = !waits;
        waits = true;
        return first;
    }

    /** Writes the head, and the hours that changed. */
    void write(Shelf shelf) {
        shelf.head(lineId, head.encode());
        for (long hour : changedHours) {
            HourChunk chunk = chunks.get(hour);
            shelf.hour(lineId, hour, chunk == null ? null : chunk.encode());
        }
        changedHours.clear();
        lastChangedHour = NONE;
        waits = false;
    }

    @Override
    public @Nullable HourChunk get(long hour) {
        return chunks.get(hour);
    }

    @Override
    public void put(long hour, HourChunk chunk) {
        chunks.put(hour, chunk);
        changed(hour);
    }

    @Override
    public void remove(long hour) {
        chunks.remove(hour);
        changed(hour);
    }

    @Override
    public Iterable<Long> hours() {
        return chunks.keySet();
    }

    private void changed(long hour) {
        if (hour != lastChangedHour) {
            lastChangedHour = hour;
            changedHours.add(hour);
        }
    }
}
