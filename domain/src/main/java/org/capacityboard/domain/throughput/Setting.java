package org.capacityboard.domain.throughput;

import org.capacityboard.domain.reference.LineVersion;

/** What holds of a line in a stretch of time: the line's version and its plant's clock. */
record Setting(LineVersion line, ProductionCalendar calendar) {
    private static final int HEARTBEATS_UNTIL_UNKNOWN = 3;

    /** How long a report vouches for its state, ms. */
    long knownForMs() {
        return HEARTBEATS_UNTIL_UNKNOWN * line.heartbeatMs();
    }
}
