package org.capacityboard.simulator;

/** Told a few times a second how far a simulation has come. */
@FunctionalInterface
public interface SimulatorProgress {
    /** Nobody looks. */
    SimulatorProgress UNSEEN = (eventsSent, simulatedMs, presentMs) -> {};

    /**
     * @param eventsSent events sent by this run
     * @param simulatedMs how far it has come, ms since 1970 UTC
     * @param presentMs where history ends for now: the present, or the end of the simulation; it is reached when equal
     */
    void advanced(long eventsSent, long simulatedMs, long presentMs);
}
