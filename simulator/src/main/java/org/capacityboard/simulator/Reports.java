package org.capacityboard.simulator;

/** The endless reports of one line in the order in which they are sent. What goes wrong on the way wraps it. */
interface Reports {
    /** Goes to a place from which no report sent at or after this instant is missed; some sent earlier may come first. */
    void seek(long sendTimeMs);

    /** Fills in the next report. */
    void next(Report into);
}
