package org.capacityboard.bench.live;

import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.apache.avro.specific.SpecificRecord;
import org.capacityboard.bench.load.LoadWriter;
import org.capacityboard.bench.load.OrderScript;
import org.jspecify.annotations.Nullable;

/** Sends events of now evenly, on a thread of its own. */
final class OrderFeed implements AutoCloseable {
    /** Pauses shorter than this are not worth their wake-up. */
    private static final long SHORTEST_PAUSE_NANOS = 500_000;

    private final OrderScript script;
    private final LoadWriter writer;
    private final double eventNanos;
    private final long originNanos = System.nanoTime();
    private final AtomicLong sent = new AtomicLong();
    private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
    private final Thread thread = new Thread(this::run, "order-feed");
    private volatile boolean stopped;

    OrderFeed(OrderScript script, LoadWriter writer, int eventsPerSecond) {
        this.script = script;
        this.writer = writer;
        this.eventNanos = 1e9 / eventsPerSecond;
        thread.start();
    }

    private void run() {
        try {
            while (!stopped) {
                long ahead = originNanos + (long) (sent.get() * eventNanos) - System.nanoTime();
                if (ahead > SHORTEST_PAUSE_NANOS) {
                    LockSupport.parkNanos(ahead);
                } else {
                    SpecificRecord event = script.live(Instant.now());
                    writer.send(event);
                    sent.lazySet(sent.get() + 1);
                }
            }
        } catch (RuntimeException | Error e) {
            failure.set(e);
        }
    }

    /** Events handed to the producer. */
    long sent() {
        Throwable thrown = failure.get();
        if (thrown != null) {
            throw new IllegalStateException("The orders could not be sent: " + thrown.getMessage(), thrown);
        }
        return sent.get();
    }

    /** Ends it and says how many events it sent. */
    long stop() throws InterruptedException {
        stopped = true;
        thread.join();
        return sent();
    }

    @Override
    public void close() throws InterruptedException {
        stopped = true;
        thread.interrupt();
        thread.join();
    }
}
