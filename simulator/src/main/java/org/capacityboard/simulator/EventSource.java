package org.capacityboard.simulator;

/** Somebody who sends: the events of one line, of the planners, of whoever keeps the reference data. */
interface EventSource {
    /** {@link #nextSendTimeMs} of a source that has sent everything. */
    long NEVER = Long.MAX_VALUE;

    /** Skips what was sent before this instant. */
    void seek(long sendTimeMs);

    /** When the next event is sent; it never falls. */
    long nextSendTimeMs();

    /** Takes the next event. */
    SimulatedEvent next();
}
