package org.capacityboard.flink.operators;

import java.time.Duration;

/**
 * Tells a job that catches up from one that keeps up. It keeps up while its time is close to the wall clock, and also where plants report hours late: then
 * its time is far behind, but moves as the clock does or stands still. Not for use by several threads.
 */
final class Pace {
    /** In silence time follows two minutes behind the clock, and is looked at every few seconds. */
    private static final long CLOSE_MS = Duration.ofMinutes(5).toMillis();

    private static final long LOOK_EVERY_MS = Duration.ofSeconds(10).toMillis();
    /** What catches up is faster by far. */
    private static final long AS_THE_CLOCK = 3;

    private boolean catchesUp = true;
    private long lookedAtMs = Long.MIN_VALUE;
    private long watermarkThenMs;

    /** Whether a job catches up whose watermark has come this far now; to be asked at every watermark, and in between. */
    boolean catchesUp(long watermarkMs, long nowMs) {
        if (lookedAtMs == Long.MIN_VALUE) {
            lookedAtMs = nowMs;
            watermarkThenMs = watermarkMs;
        } else if (nowMs - lookedAtMs >= LOOK_EVERY_MS) {
            catchesUp = watermarkMs - watermarkThenMs > AS_THE_CLOCK * (nowMs - lookedAtMs);
            lookedAtMs = nowMs;
            watermarkThenMs = watermarkMs;
        }
        return catchesUp && watermarkMs < nowMs - CLOSE_MS;
    }
}
