package org.capacityboard.process.settings;

import java.io.Serializable;
import java.time.Duration;

/**
 * When rows leave for the database.
 *
 * @param flushRows at the latest when as many rows wait
 * @param flushAge at the latest when the oldest has waited so long
 */
public record SinkSettings(int flushRows, Duration flushAge) implements Serializable {}
