package org.capacityboard.simulator;

/** Keeps the simulator from running away from those who read: asked again and again how far it may go. */
@FunctionalInterface
public interface Pacing {
    /** As far as the clock allows. */
    Pacing UNLIMITED = () -> Long.MAX_VALUE;

    /** Nothing sent after this instant (simulated, ms since 1970 UTC) goes out yet. */
    long mayRunUntilMs();
}
