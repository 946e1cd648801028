package org.capacityboard.bench.live;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;

/** Waiting for what must come. */
final class Patience {
    private static final long LOOK_EVERY_NANOS = Duration.ofMillis(5).toNanos();

    private Patience() {}

    /** Returns when a condition holds; it is asked every 5 ms. */
    static void await(String what, Duration longest, Callable<Boolean> condition) throws Exception {
        long giveUpAt = System.nanoTime() + longest.toNanos();
        while (!condition.call()) {
            if (System.nanoTime() > giveUpAt) {
                throw new IllegalStateException(
                        "After " + longest.toSeconds() + " s there still is no sign of: " + what);
            }
            LockSupport.parkNanos(LOOK_EVERY_NANOS);
        }
    }

    /** Returns when that time is over. */
    static void pass(Duration time) {
        until(System.nanoTime() + time.toNanos());
    }

    /** Returns at a moment of {@link System#nanoTime()}. */
    static void until(long nanos) {
        long left;
        while ((left = nanos - System.nanoTime()) > 0) {
            LockSupport.parkNanos(left);
        }
    }
}
