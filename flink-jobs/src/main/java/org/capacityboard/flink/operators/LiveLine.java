package org.capacityboard.flink.operators;

import java.util.HashSet;
import java.util.Objects;
import java.util.Set;
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
    private static final byte[] NO_BYTES = {};

    private final String lineId;
    private final MapState<Long, HourChunk> hours;
    private final KeyContext keys;
    private final long horizonMs;

    private @Nullable LineHead head;
    private long hourAtHand = LineState.NO_HOUR;
    private @Nullable HourChunk chunkAtHand;
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
            hourAtHand = stored.hour();
            chunkAtHand = hourAtHand == LineState.NO_HOUR ? null : HourChunk.decode(stored.chunk());
            dueAtMs = stored.dueAtMs();
            earlyAtMs = stored.earlyAtMs();
            hoursWrittenAtMs = stored.hoursWrittenAtMs();
            daysWrittenAtMs = stored.daysWrittenAtMs();
        }
    }

    /** What is to be stored of it now. */
    LineState toStore() {
        return new LineState(
                head().encode(),
                hourAtHand,
                chunkAtHand == null ? NO_BYTES : chunkAtHand.encode(),
                dueAtMs,
                earlyAtMs,
                hoursWrittenAtMs,
                daysWrittenAtMs);
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
                takeToHand(hour, chunk);
            }
            return chunk;
        } catch (Exception e) {
            throw unreachable(e);
        }
    }

    @Override
    public void put(long hour, HourChunk chunk) {
        if (hour == hourAtHand) {
            chunkAtHand = chunk;
        } else {
            reach(() -> {
                if (chunk.isOpen() && hour > hourAtHand) {
                    takeToHand(hour, chunk);
                } else {
                    hours.put(hour, chunk);
                }
            });
        }
    }

    /** The hour that was at hand goes to the others, and this one leaves them. */
    private void takeToHand(long hour, HourChunk chunk) throws Exception {
        hours.remove(hour);
        if (chunkAtHand != null) {
            hours.put(hourAtHand, chunkAtHand);
        }
        hourAtHand = hour;
        chunkAtHand = chunk;
    }

    @Override
    public void remove(long hour) {
        if (hour == hourAtHand) {
            hourAtHand = LineState.NO_HOUR;
            chunkAtHand = null;
        }
        reach(() -> hours.remove(hour));
    }

    @Override
    public Iterable<Long> hours() {
        try {
            keys.setCurrentKey(lineId);
            Set<Long> kept = new HashSet<>();
            hours.keys().forEach(kept::add);
            if (chunkAtHand != null) {
                kept.add(hourAtHand);
            }
            return kept;
        } catch (Exception e) {
            throw unreachable(e);
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
