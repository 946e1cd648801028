package org.capacityboard.local.demo;

import org.capacityboard.simulator.SimulatorProgress;

/** Where the simulated plants began and where their present is, as the simulator last said. */
final class SimulatedTime implements SimulatorProgress {

    static final long NOT_YET = Long.MAX_VALUE;

    private volatile Position position = new Position(NOT_YET, NOT_YET);

    /**
     * A moment of the simulation; times in ms since 1970 UTC, {@link #NOT_YET} before the first event.
     *
     * @param firstMs where this run began
     * @param presentMs where history ends for now
     */
    record Position(long firstMs, long presentMs) {}

    @Override
    public void advanced(long eventsSent, long simulatedMs, long presentMs) {
        long firstMs = position.firstMs == NOT_YET ? simulatedMs : position.firstMs;
        position = new Position(firstMs, presentMs);
    }

    Position position() {
        return position;
    }
}
