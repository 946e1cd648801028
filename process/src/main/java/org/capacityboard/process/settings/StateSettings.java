package org.capacityboard.process.settings;

import java.io.Serializable;

/** Where the state of the jobs lives while they run. */
public record StateSettings(StateBackend backend) implements Serializable {}
