package org.capacityboard.bench.live;

import java.nio.file.Path;

/**
 * How surge readiness is measured.
 *
 * @param changes how many counts of stock are sent, one after the other
 * @param computations how often the newest snapshot is computed; the first third is left out
 * @param job how the job is started
 * @param directory a folder that the run may empty
 */
public record SurgeOptions(
        int lines,
        int products,
        int materials,
        int plants,
        int changes,
        int computations,
        LiveOptions.Job job,
        Path directory,
        long seed) {
    public SurgeOptions {
        if (changes < 1 || computations < 3) {
            throw new IllegalArgumentException(
                    changes + " changes, " + computations + " computations: at least 1 and 3 are wanted");
        }
    }
}
