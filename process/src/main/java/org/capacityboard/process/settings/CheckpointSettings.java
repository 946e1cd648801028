package org.capacityboard.process.settings;

import java.io.Serializable;
import java.time.Duration;

/**
 * How the jobs remember where they were.
 *
 * @param interval time between two checkpoints
 * @param directory URI of the place that keeps them
 * @param timeout a checkpoint that takes longer is given up
 * @param retained how many completed checkpoints are kept
 */
public record CheckpointSettings(Duration interval, String directory, Duration timeout, int retained)
        implements Serializable {}
