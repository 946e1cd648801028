package org.capacityboard.flink.operators;

/**
 * An input that waits for its line to be known.
 *
 * @param untilMs processing time at which it is refused, ms; {@code Long.MAX_VALUE}: at the end of the input
 */
record HeldInput(LineInput input, long untilMs) {}
