package org.capacityboard.flink.operators;

import org.capacityboard.domain.throughput.LineHead;

/** State of one line beside its hours: the head of its timeline, and which timers stand. It lives as long as the line. */
final class LineState {
    /** No timer stands. */
    static final long NONE = Long.MAX_VALUE;

    final LineHead head;
    /** Event time of the earliest timer that stands, ms; {@link #NONE}. */
    long dueAtMs = NONE;
    /** Processing time of the next early writing, ms; {@link #NONE}. */
    long earlyAtMs = NONE;
    /** Processing time at which open hours were last written, ms. */
    long hoursWrittenAtMs;
    /** Processing time at which open production days were last written, ms. */
    long daysWrittenAtMs;

    LineState(LineHead head) {
        this.head = head;
    }

    LineState copy() {
        LineState copy = new LineState(head.copy());
        copy.dueAtMs = dueAtMs;
        copy.earlyAtMs = earlyAtMs;
        copy.hoursWrittenAtMs = hoursWrittenAtMs;
        copy.daysWrittenAtMs = daysWrittenAtMs;
        return copy;
    }
}
