package org.capacityboard.bench.peers;

import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/** What the tasks tell of themselves, and the wish that they commit. */
class StreamsProgress {
    private final LongAdder taken = new LongAdder();
    private final LongAdder refused = new LongAdder();
    private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
    private volatile boolean commitWanted;

    void took() {
        taken.increment();
    }

    void refused() {
        refused.increment();
    }

    void failed(Throwable cause) {
        failure.compareAndSet(null, cause);
    }

    /** Records taken so far, rubbish included. */
    long takenRecords() {
        Throwable cause = failure.get();
        if (cause != null) {
            throw new IllegalStateException("A thread of Kafka Streams failed", cause);
        }
        return taken.sum();
    }

    long refusedRecords() {
        return refused.sum();
    }

    void wantCommit() {
        commitWanted = true;
    }

    boolean commitWanted() {
        return commitWanted;
    }
}
