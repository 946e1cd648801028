package org.capacityboard.simulator;

/** Where simulated events go. */
public interface EventOutput extends AutoCloseable {
    /** Takes an event; it may still be on its way when this returns. */
    void send(SimulatedEvent event);

    /** Returns when everything taken so far is safe, and fails if something was lost. */
    void flush();

    @Override
    void close();
}
