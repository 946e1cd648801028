package org.capacityboard.flink.operators;

/**
 * A version of reference data that waits for what it refers to.
 *
 * @param untilMs processing time at which it is refused, ms; {@code Long.MAX_VALUE}: at the end of the input
 */
record HeldReference(StampedReference stamped, long untilMs) {}
