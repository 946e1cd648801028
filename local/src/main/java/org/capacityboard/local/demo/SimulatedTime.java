package org.capacityboard.local.demo;

import org.capacityboard.simulator.SimulatorProgress;

/** How far the simulated plants are, as the simulator last said. */
final class SimulatedTime implements SimulatorProgress {

    private volatile Position position = new Position(0, Long.MIN_VALUE, Long.MIN_VALUE, Long.MIN_VALUE);

    /**
     * A moment of the simulation; times in ms since 1970 UTC, {@code Long.MIN_VALUE} before the first event.
     *
     * @param eventsSent events sent by this run
     * @param firstMs where this run began
     * @param simulatedMs how far it is
     * @param presentMs where history ends for now
     */
    record Position(long eventsSent, long firstMs, long simulatedMs, long presentMs) {}

    @Override
    public void advanced(long eventsSent, long simulatedMs, long presentMs) {
        long firstMs = position.firstMs == Long.MIN_VALUE ? simulatedMs : position.firstMs;
        position = new Position(eventsSent, firstMs, simulatedMs, presentMs);
    }

    Position position() {
        return position;
    }
}
