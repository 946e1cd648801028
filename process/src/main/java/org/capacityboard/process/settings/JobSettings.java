package org.capacityboard.process.settings;

import java.io.Serializable;

/**
 * How wide a job runs.
 *
 * @param parallelism copies of every operator
 * @param maxParallelism key groups of the state: the widest a job can ever run on it, fixed with its first checkpoint
 */
public record JobSettings(int parallelism, int maxParallelism) implements Serializable {}
