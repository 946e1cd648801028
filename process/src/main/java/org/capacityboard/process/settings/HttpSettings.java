package org.capacityboard.process.settings;

import java.io.Serializable;

/**
 * Where a process tells of its health and metrics.
 *
 * @param host address it listens on
 * @param port 0 for any free one
 */
public record HttpSettings(String host, int port) implements Serializable {}
