package org.capacityboard.flink.operators;

/**
 * A count of stock or a report of people that waits for what it names.
 *
 * @param untilMs watermark at which it is refused, ms; {@code Long.MAX_VALUE}: at the end of the input
 */
record HeldReport(SurgeInput.Report input, long untilMs) {}
