package org.capacityboard.flink.operators;

import java.util.List;
import java.util.Objects;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.streaming.api.operators.KeyContext;
import org.apache.flink.util.function.ThrowingRunnable;
import org.capacityboard.domain.throughput.HourChunk;
import org.capacityboard.domain.throughput.HourStore;
import org.capacityboard.domain.throughput.LineHead;
import org.capacityboard.domain.throughput.LineTimeline;
import org.jspecify.annotations.Nullable;

/** One line at hand: its state, and the hour that it is in, without a look into the state backend. Where it has to look, it makes its line the current key. */
final class LiveLine implements HourStore {
    private static final long NONE = Long.MIN_VALUE;

    private final String lineId;
    private final MapState<Long, HourChunk> hours;
    private final KeyContext keys;
    private final long horizonMs;

    private @Nullable LineHead head;
    private long hourAtHand = NONE;
    private @Nullable HourChunk chunkAtHand;
    /** The state backend holds what the hour at hand is, and not the object that changes here. */
    private boolean isStoredAsItIs;

    /** Whether it may have changed since it was stored. */
    boolean touched;

    /** Event time of the earliest timer that stands, ms; {@link LineState#NONE}. */
    long dueAtMs = LineState.NONE;

    /** Processing time of the next early writing, ms; {@link LineState#NONE}. */
    long earlyAtMs = LineState.NONE;

    /** Processing time at which open hours were last written, ms. */
    long hoursWrittenAtMs;

    /** Processing time at which open production days were last written, ms. */
    long daysWrittenAtMs;

    /** Processing time at which open windows were last written, ms; 0: not in this process. Not worth a place in state. */
    long earlyWrittenAtMs;

    LiveLine(String lineId, MapState<Long, HourChunk> hours, KeyContext keys, long horizonMs) {
        this.lineId = lineId;
        this.hours = hours;
        this.keys = keys;
        this.horizonMs = horizonMs;
    }

    String lineId() {
        return lineId;
    }

    boolean isLoaded() {
        return head != null;
    }

    /** @param stored null if nothing is known of the line */
    void load(@Nullable LineState stored) {
        if (stored == null) {
            head = new LineHead();
        } else {
            head = LineHead.decode(stored.head());
            dueAtMs = stored.dueAtMs();
            earlyAtMs = stored.earlyAtMs();
            hoursWrittenAtMs = stored.hoursWrittenAtMs();
            daysWrittenAtMs = stored.daysWrittenAtMs();
        }
    }

    /** Puts the hour at hand where the state backend finds it, as it is now, and returns what else is to be stored. The line is the current key. */
    LineState store() throws Exception {
        if (chunkAtHand != null && !isStoredAsItIs) {
            hours.put(hourAtHand, chunkAtHand.frozen());
            isStoredAsItIs = true;
        }
        return new LineState(head().encode(), dueAtMs, earlyAtMs, hoursWrittenAtMs, daysWrittenAtMs);
    }

    /** Its timeline, made anew: one that is kept would be one thing more to fetch from memory. */
    LineTimeline timeline() {
        return new LineTimeline(lineId, head(), this, horizonMs);
    }

    private LineHead head() {
        return Objects.requireNonNull(head, "the line is not loaded");
    }

    /** Looks at what its next report will ask for; see {@link LineHead#glance}. */
    int glance() {
        return head == null ? 0 : (int) dueAtMs + head.glance();
    }

    /** Looks at what is asked for when its windows close; see {@link LineHead#glanceAtWindows}. */
    int glanceAtWindows() {
        return (head == null ? 0 : head.glanceAtWindows()) + (chunkAtHand == null ? 0 : chunkAtHand.glance());
    }

    @Override
    public @Nullable HourChunk get(long hour) {
        if (hour == hourAtHand) {
            return chunkAtHand;
        }
        try {
            keys.setCurrentKey(lineId);
            HourChunk stored = hours.get(hour);
            HourChunk chunk = stored == null ? null : stored.thawed();
            if (chunk != null && chunk.isOpen() && hour > hourAtHand) {
                writeBack();
                hourAtHand = hour;
                chunkAtHand = chunk;
                isStoredAsItIs = false;
            }
            return chunk;
        } catch (Exception e) {
            throw unreachable(e);
        }
    }

    @Override
    public void put(long hour, HourChunk chunk) {
        if (hour == hourAtHand && chunk == chunkAtHand) {
            isStoredAsItIs = false;
            return;
        }
        reach(() -> {
            hours.put(hour, chunk);
            if (chunk.isOpen() && hour > hourAtHand) {
                writeBack();
                hourAtHand = hour;
            }
            if (hour == hourAtHand) {
                chunkAtHand = chunk;
                isStoredAsItIs = false;
            }
        });
    }

    @Override
    public void remove(long hour) {
        if (hour == hourAtHand) {
            hourAtHand = NONE;
            chunkAtHand = null;
        }
        reach(() -> hours.remove(hour));
    }

    @Override
    public Iterable<Long> hours() {
        try {
            keys.setCurrentKey(lineId);
            Iterable<Long> kept = hours.keys();
            return kept == null ? List.of() : kept;
        } catch (Exception e) {
            throw unreachable(e);
        }
    }

    private void writeBack() throws Exception {
        if (chunkAtHand != null) {
            hours.put(hourAtHand, chunkAtHand);
        }
    }

    private void reach(ThrowingRunnable<Exception> access) {
        try {
            keys.setCurrentKey(lineId);
            access.run();
        } catch (Exception e) {
            throw unreachable(e);
        }
    }

    private static IllegalStateException unreachable(Exception cause) {
        return new IllegalStateException("the state backend cannot be read or written", cause);
    }
}
