package org.capacityboard.domain.throughput;

/** Where planned time went when it did not produce. */
public enum LossCategory {
    UNKNOWN,
    DOWN,
    DELAY_IDLE,
    DELAY_EXTERNAL,
    DELAY_INTERNAL,
    DELAY_COMPLETE,
    SETUP
}
