package org.capacityboard.flink.operators;

import java.util.List;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.util.function.ThrowingRunnable;
import org.capacityboard.domain.throughput.HourChunk;
import org.capacityboard.domain.throughput.HourStore;
import org.capacityboard.domain.throughput.LineTimeline;
import org.jspecify.annotations.Nullable;

/** One line at hand: its state, and the hour that it is in, without a look into the state backend. Its line must be the current key whenever it is used. */
final class LiveLine implements HourStore {
    private static final long NONE = Long.MIN_VALUE;

    final LineState state;
    final LineTimeline timeline;

    private final MapState<Long, HourChunk> hours;
    private long hourAtHand = NONE;
    private @Nullable HourChunk chunkAtHand;
    private boolean chunkChanged;

    LiveLine(String lineId, LineState state, MapState<Long, HourChunk> hours, long horizonMs) {
        this.state = state;
        this.hours = hours;
        this.timeline = new LineTimeline(lineId, state.head, this, horizonMs);
    }

    @Override
    public @Nullable HourChunk get(long hour) {
        if (hour == hourAtHand) {
            return chunkAtHand;
        }
        try {
            HourChunk chunk = hours.get(hour);
            if (chunk != null && hour > hourAtHand) {
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
            if (hour > hourAtHand) {
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

    /** Puts the hour at hand where the state backend finds it. */
    void writeBack() throws Exception {
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
