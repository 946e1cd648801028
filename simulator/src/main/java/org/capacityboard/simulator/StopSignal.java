package org.capacityboard.simulator;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** How a simulation is told to stop; whoever waits wakes at once. */
public final class StopSignal {
    private final CountDownLatch stopped = new CountDownLatch(1);

    /** Asks to stop. */
    public void stop() {
        stopped.countDown();
    }

    /** Whether somebody asked to stop. */
    public boolean isStopped() {
        return stopped.getCount() == 0;
    }

    /** Waits for this long, or until somebody asks to stop. */
    void pause(Duration length) throws InterruptedException {
        stopped.await(length.toNanos(), TimeUnit.NANOSECONDS);
    }
}
