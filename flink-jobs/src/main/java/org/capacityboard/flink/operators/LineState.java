package org.capacityboard.flink.operators;

import org.capacityboard.domain.throughput.LineHead;

/**
 * What is stored of one line beside its hours. It never changes: a checkpoint writes it while the line goes on.
 *
 * @param head the head of its timeline, as {@link LineHead#encode} has it
 * @param dueAtMs event time of the earliest timer that stands, ms; {@link #NONE}
 * @param earlyAtMs processing time of the next early writing, ms; {@link #NONE}
 * @param hoursWrittenAtMs processing time at which open hours were last written, ms
 * @param daysWrittenAtMs processing time at which open production days were last written, ms
 */
record LineState(byte[] head, long dueAtMs, long earlyAtMs, long hoursWrittenAtMs, long daysWrittenAtMs) {
    /** No timer stands. */
    static final long NONE = Long.MAX_VALUE;
}
