package org.capacityboard.bench.live;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.capacityboard.bench.load.LoadEvents;
import org.capacityboard.bench.load.StandardLoad;
import org.jspecify.annotations.Nullable;

/**
 * Sends a load by the clock, on a thread of its own: second by second, the records of each spread evenly over it. What is overdue goes without a pause,
 * so a load that began in the past first catches up.
 */
final class LiveFeed implements AutoCloseable {
    /** Longer than any run. */
    private static final int ENDLESS_SECONDS = 10_000_000;

    /** Pauses shorter than this are not worth their wake-up. */
    private static final long SHORTEST_PAUSE_NANOS = 500_000;

    private static final double RECORDS_PER_REPORT = 1.011;
    private static final Duration SLACK = Duration.ofSeconds(2);

    private final StandardLoad endless;
    private final LoadEvents events;
    private final LoadEvents.Output output;
    private final long originNanos;
    private final double secondNanos;
    private final double recordNanos;
    private final Thread thread = new Thread(this::run, "live-feed");

    private final AtomicLong sent = new AtomicLong();
    private final AtomicLong behindNanos = new AtomicLong();
    private final AtomicLong mostBehindNanos = new AtomicLong();
    private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
    private volatile int seconds;
    private volatile int stopAfter = Integer.MAX_VALUE;
    private volatile boolean hurries;
    private double dueNanos;

    private LiveFeed(StandardLoad endless, LoadEvents.Output output, double speed, long originNanos) {
        this.endless = endless;
        this.output = output;
        this.originNanos = originNanos;
        this.events = new LoadEvents(endless);
        this.secondNanos = 1e9 / speed;
        this.recordNanos = secondNanos / (endless.lines() * RECORDS_PER_REPORT);
        thread.start();
    }

    /** A report a second of every line, with stamps of now, and before them those of a while that is past. */
    static LiveFeed ofNow(int lines, Duration past, long seed, LoadEvents.Output output) {
        Instant now = Instant.now();
        Instant start = now.truncatedTo(ChronoUnit.SECONDS).minus(past);
        long origin = System.nanoTime() - Duration.between(start, now).toNanos();
        return new LiveFeed(new StandardLoad(lines, ENDLESS_SECONDS, start, seed), output, 1, origin);
    }

    /** The past around a midnight, at this many records a second. */
    static LiveFeed ofPast(int lines, int recordsPerSecond, Duration planned, long seed, LoadEvents.Output output) {
        Instant start = StandardLoad.ofEvents(recordsPerSecond * planned.toSeconds(), lines, seed)
                .start();
        double speed = recordsPerSecond / (lines * RECORDS_PER_REPORT);
        return new LiveFeed(new StandardLoad(lines, ENDLESS_SECONDS, start, seed), output, speed, System.nanoTime());
    }

    private void run() {
        try {
            for (int second = 0; second < stopAfter; seconds = ++second) {
                dueNanos = second * secondNanos;
                events.next(this::send);
            }
        } catch (RuntimeException | Error e) {
            failure.set(e);
        }
    }

    private void send(int partition, byte[] key, byte[] value) {
        long due = originNanos + (long) dueNanos;
        // Late reports and repeats come in some number: whatever is more than usual is due with the next second's
        // first.
        dueNanos = Math.min(dueNanos + recordNanos, (seconds + 1) * secondNanos);
        long ahead = due - System.nanoTime();
        if (!hurries) {
            while (ahead > SHORTEST_PAUSE_NANOS && !hurries) {
                LockSupport.parkNanos(ahead);
                ahead = due - System.nanoTime();
            }
            long behind = Math.max(0, -ahead);
            behindNanos.lazySet(behind);
            if (behind > mostBehindNanos.get()) {
                mostBehindNanos.lazySet(behind);
            }
        }
        output.send(partition, key, value);
        sent.lazySet(sent.get() + 1);
    }

    /** Records handed to the producer. */
    long sent() {
        check();
        return sent.get();
    }

    /** How late the newest record went, ms. */
    double behindMs() {
        check();
        return behindNanos.get() / 1e6;
    }

    /** How late a record went at most since this was asked last, ms. */
    double mostBehindMs() {
        check();
        return mostBehindNanos.getAndSet(0) / 1e6;
    }

    /** Event time of the second that is being sent. */
    Instant eventTime() {
        return endless.start().plusSeconds(seconds);
    }

    /** Ends with the second at hand and says what the load was; what would still have come late is left out, and no window that it closes misses it. */
    StandardLoad stop() throws InterruptedException {
        return end(seconds + 1);
    }

    /** Sends at once what it takes for windows up to an instant to close, up to a minute and a half ahead of the clock, and ends. */
    StandardLoad stopBeyond(Instant instant) throws InterruptedException {
        Instant minute = instant.plus(59_999, ChronoUnit.MILLIS).truncatedTo(ChronoUnit.MINUTES);
        Duration needed = Duration.between(endless.start(), minute)
                .plus(StandardLoad.DISORDER)
                .plus(SLACK);
        hurries = true;
        LockSupport.unpark(thread);
        return end((int) Math.max(seconds + 1, needed.toSeconds()));
    }

    private StandardLoad end(int after) throws InterruptedException {
        stopAfter = after;
        thread.join();
        check();
        return new StandardLoad(endless.lines(), seconds, endless.start(), endless.seed());
    }

    private void check() {
        Throwable thrown = failure.get();
        if (thrown != null) {
            throw new IllegalStateException("The load could not be sent: " + thrown.getMessage(), thrown);
        }
    }

    @Override
    public void close() throws InterruptedException {
        hurries = true;
        stopAfter = 0;
        thread.interrupt();
        thread.join();
    }
}
