package org.capacityboard.flink.operators;

import java.util.List;
import java.util.Objects;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.util.function.ThrowingRunnable;
import org.capacityboard.domain.throughput.HourChunk;
import org.capacityboard.domain.throughput.HourStore;
import org.capacityboard.domain.throughput.LineTimeline;
import org.jspecify.annotations.Nullable;

/** One line at hand: its state, and the hour that it is in, without a look into the state backend. Its line must be the current key whenever it is used. */
final class LiveLine implements HourStore {
    private static final long NONE = Long.MIN_VALUE;

    private final String lineId;
    private final MapState<Long, HourChunk> hours;
    private final long horizonMs;

    private @Nullable LineState state;
    private @Nullable LineTimeline timeline;
    private long hourAtHand = NONE;
    private @Nullable HourChunk chunkAtHand;
    private boolean chunkChanged;

    /** Processing time at which open windows were last written, ms; 0: not in this process. Not worth a place in state. */
    long earlyWrittenAtMs;

    LiveLine(String lineId, MapState<Long, HourChunk> hours, long horizonMs) {
        this.lineId = lineId;
        this.hours = hours;
        this.horizonMs = horizonMs;
    }

    String lineId() {
        return lineId;
    }

    boolean isLoaded() {
        return state != null;
    }

    void load(LineState found) {
        state = found;
        timeline = new LineTimeline(lineId, found.head, this, horizonMs);
    }

    /** Puts the hour at hand where the state backend finds it, and forgets everything that stands there. */
    void unload() throws Exception {
        writeBack();
        hourAtHand = NONE;
        chunkAtHand = null;
        state = null;
        timeline = null;
    }

    LineState state() {
        return Objects.requireNonNull(state, "the line is not loaded");
    }

    LineTimeline timeline() {
        return Objects.requireNonNull(timeline, "the line is not loaded");
    }

    @Override
    public @Nullable HourChunk get(long hour) {
        if (hour == hourAtHand) {
            return chunkAtHand;
        }
        try {
            HourChunk chunk = hours.get(hour);
            if (chunk != null && chunk.isOpen() && hour > hourAtHand) {
                writeBack();
                hourAtHand = hour;
                chunkAtHand = chunk;
            }
            return chunk;
        } catch (Exception e) {
            throw unreachable(e);
        }
    }

    @Override
    public void put(long hour, HourChunk chunk) {
        if (hour == hourAtHand && chunk == chunkAtHand) {
            chunkChanged = true;
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
                chunkChanged = false;
            }
        });
    }

    @Override
    public void remove(long hour) {
        if (hour == hourAtHand) {
            hourAtHand = NONE;
            chunkAtHand = null;
            chunkChanged = false;
        }
        reach(() -> hours.remove(hour));
    }

    @Override
    public Iterable<Long> hours() {
        try {
            Iterable<Long> keys = hours.keys();
            return keys == null ? List.of() : keys;
        } catch (Exception e) {
            throw unreachable(e);
        }
    }

    private void writeBack() throws Exception {
        if (chunkChanged && chunkAtHand != null) {
            hours.put(hourAtHand, chunkAtHand);
            chunkChanged = false;
        }
    }

    private static void reach(ThrowingRunnable<Exception> access) {
        try {
            access.run();
        } catch (Exception e) {
            throw unreachable(e);
        }
    }

    private static IllegalStateException unreachable(Exception cause) {
        return new IllegalStateException("the state backend cannot be read or written", cause);
    }
}
