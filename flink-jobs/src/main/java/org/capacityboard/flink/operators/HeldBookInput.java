package org.capacityboard.flink.operators;

/**
 * An order event or a delivery that waits for what it names.
 *
 * @param untilMs watermark at which it is refused, ms; {@code Long.MAX_VALUE}: at the end of the input
 */
record HeldBookInput(BookInput.OfOrder input, long untilMs) {}
