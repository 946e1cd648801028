package org.capacityboard.flink.operators;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.streaming.api.operators.KeyContext;
import org.apache.flink.util.function.ThrowingRunnable;
import org.capacityboard.domain.throughput.HourChunk;
import org.capacityboard.domain.throughput.HourStore;
import org.capacityboard.domain.throughput.LineTimeline;
import org.jspecify.annotations.Nullable;

/** One line at hand: its state, and the hour that it is in, without a look into the state backend. Where it has to look, it makes its line the current key. */
final class LiveLine implements HourStore {
    private static final long NONE = Long.MIN_VALUE;

    private final int hash;
    private final byte[] id;
    private final String lineId;
    private final MapState<Long, HourChunk> hours;
    private final KeyContext keys;
    private final long horizonMs;

    private @Nullable LineState state;
    private @Nullable LineTimeline timeline;
    private long hourAtHand = NONE;
    private @Nullable HourChunk chunkAtHand;
    private boolean chunkChanged;

    /** Processing time at which open windows were last written, ms; 0: not in this process. Not worth a place in state. */
    long earlyWrittenAtMs;

    /** For {@link BatchReader}: its place among the lines of the batch at hand, or of one before. */
    int numberInBatch;

    /** For {@link BatchReader}: whose report came after one of this line the last time. */
    @Nullable
    LiveLine follower;

    /**
     * @param hash of the id's bytes
     * @param id the bytes of its id
     */
    LiveLine(int hash, byte[] id, MapState<Long, HourChunk> hours, KeyContext keys, long horizonMs) {
        this.hash = hash;
        this.id = id;
        this.lineId = new String(id, StandardCharsets.US_ASCII);
        this.hours = hours;
        this.keys = keys;
        this.horizonMs = horizonMs;
    }

    int hash() {
        return hash;
    }

    /** Whether these bytes are its id. */
    boolean isCalled(byte[] bytes, int from, int to) {
        return Arrays.equals(id, 0, id.length, bytes, from, to);
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
            keys.setCurrentKey(lineId);
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
            keys.setCurrentKey(lineId);
            Iterable<Long> kept = hours.keys();
            return kept == null ? List.of() : kept;
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
