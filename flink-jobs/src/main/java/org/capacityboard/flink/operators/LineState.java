package org.capacityboard.flink.operators;

import org.capacityboard.domain.throughput.HourChunk;
import org.capacityboard.domain.throughput.LineHead;

/**
 * What is stored of one line beside its older hours. It never changes: a checkpoint writes it while the line goes on.
 *
 * @param head the head of its timeline, as {@link LineHead#encode} has it
 * @param hour number of the hour at hand; {@link #NO_HOUR}
 * @param chunk that hour, as {@link HourChunk#encode} has it; empty if there is none
 * @param dueAtMs event time of the earliest timer that stands, ms; {@link #NONE}
 * @param earlyAtMs processing time of the next early writing, ms; {@link #NONE}
 * @param hoursWrittenAtMs processing time at which open hours were last written, ms
 * @param daysWrittenAtMs processing time at which open production days were last written, ms
 */
record LineState(
        byte[] head,
        long hour,
        byte[] chunk,
        long dueAtMs,
        long earlyAtMs,
        long hoursWrittenAtMs,
        long daysWrittenAtMs) {
    /** No timer stands. */
    static final long NONE = Long.MAX_VALUE;
    /** No hour is at hand. */
    static final long NO_HOUR = Long.MIN_VALUE;
}
