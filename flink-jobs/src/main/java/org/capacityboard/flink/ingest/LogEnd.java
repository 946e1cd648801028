package org.capacityboard.flink.ingest;

import java.util.concurrent.CompletionStage;

/** Asks how far the readers of a topic are from its end. */
interface LogEnd extends AutoCloseable {
    /**
     * How far a topic has been read.
     *
     * @param end sum of the end offsets of all partitions; it grows with every record that arrives
     * @param unread records that arrived and that no committed offset covers yet
     * @param telemetryDelayMs least delay with which the newest reports of lines arrived, ms; {@link #NOT_ASKED}
     */
    record Progress(long end, long unread, long telemetryDelayMs) {}

    /** {@link Progress#telemetryDelayMs} if nobody asked, or no line reports. */
    long NOT_ASKED = Long.MAX_VALUE;

    /** Asks without blocking; fails when the broker does not answer. */
    CompletionStage<Progress> progress();

    @Override
    void close();
}
