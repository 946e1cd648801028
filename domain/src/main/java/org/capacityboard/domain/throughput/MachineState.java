package org.capacityboard.domain.throughput;

/** State of a line, after PackML. The order is that of the wire format and of stored state: only append. */
public enum MachineState {
    EXECUTE,
    IDLE,
    SUSPENDED,
    HELD,
    STOPPED,
    ABORTED,
    CLEARING,
    SETUP,
    MAINTENANCE,
    COMPLETE,
    OFFLINE
}
