package org.capacityboard.simulator;

import java.nio.file.Path;
import java.time.Instant;
import org.capacityboard.process.errors.Problem;
import org.capacityboard.process.errors.UserError;
import org.jspecify.annotations.Nullable;

/**
 * How a simulation is played: history as fast as it is taken, then by the clock.
 *
 * @param speed simulated seconds in a second. Above 1 everything after {@code historyUntil} is played at this speed until
 *     it reaches the present; at 1 all the past is history
 * @param historyUntil end of the history; without effect at speed 1
 * @param end nothing sent at or after this instant is played; null: go on for ever
 * @param positionFile where to note how far everything is acknowledged, so that the next run goes on there; null: nowhere
 */
public record Playback(
        double speed,
        Instant historyUntil,
        @Nullable Instant end,
        @Nullable Path positionFile) {
    public Playback {
        if (!(speed >= 1)) {
            throw UserError.wrongUsage(new Problem("speed", String.valueOf(speed), "must be 1 or more"));
        }
    }

    /** All the past at once, then live. */
    public static Playback live(@Nullable Path positionFile) {
        return new Playback(1, Instant.EPOCH, null, positionFile);
    }

    /** All that is sent before an instant, as fast as it is taken. */
    public static Playback until(Instant end) {
        return new Playback(1, end, end, null);
    }
}
