package org.capacityboard.bench.live;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * How a live figure is measured.
 *
 * @param lines how many lines report; live, each does once a second
 * @param recordsPerSecond what {@link Sustained} sends, whatever the number of lines
 * @param sampledLines lines whose rows are looked at
 * @param time how long
 * @param kills how often {@link Recovery} kills the job
 * @param job how the job is started
 * @param directory a folder that the run may empty
 * @param seed of the load, of the sample and of the moments of the kills
 */
public record LiveOptions(
        int lines, int recordsPerSecond, int sampledLines, Time time, int kills, Job job, Path directory, long seed) {
    /**
     * How the job is started.
     *
     * @param parallelism copies of every operator
     * @param heapMegabytes heap of its JVM
     * @param checkpointInterval how often it takes a checkpoint
     * @param flags more flags of its JVM
     * @param classArchive whether {@link Recovery} lets it start from an archive of its classes, as the launcher does when there is one
     */
    public record Job(
            int parallelism, int heapMegabytes, Duration checkpointInterval, List<String> flags, boolean classArchive) {
        public Job {
            flags = List.copyOf(flags);
        }
    }

    /**
     * How long a run takes.
     *
     * @param past event time that {@link Freshness} and {@link Recovery} send ahead of the first live second, so that there is state already
     * @param warmUp what is left out before the measuring
     * @param measured how long is measured; a {@link Recovery} lasts as long as its kills do
     */
    public record Time(Duration past, Duration warmUp, Duration measured) {
        public Time {
            if (past.isNegative() || warmUp.isNegative() || measured.toSeconds() < 1) {
                throw new IllegalArgumentException("a run of " + past + ", " + warmUp + " and " + measured
                        + ": none may be negative, and a second must be measured");
            }
        }
    }

    public LiveOptions {
        if (sampledLines < 2 || sampledLines > lines) {
            throw new IllegalArgumentException("a sample of " + sampledLines + " of " + lines
                    + " lines: must be 2 or more, and not more than all");
        }
        if (recordsPerSecond < 1 || kills < 1) {
            throw new IllegalArgumentException(
                    recordsPerSecond + " records a second, " + kills + " kills: both must be 1 or more");
        }
    }

    /** What the documents' figures are measured with: the settings' defaults, and the heap that the launcher gives a job. */
    public static LiveOptions standard(Path directory) {
        return new LiveOptions(
                10_000,
                100_000,
                50,
                new Time(Duration.ofMinutes(1), Duration.ofMinutes(1), Duration.ofMinutes(1)),
                3,
                new Job(2, 1_536, Duration.ofSeconds(10), List.of(), false),
                directory,
                1);
    }

    /** The same with other lines, and a rate for {@link Sustained}. */
    public LiveOptions withLoad(int otherLines, int otherRecordsPerSecond) {
        return new LiveOptions(
                otherLines,
                otherRecordsPerSecond,
                Math.min(sampledLines, otherLines),
                time,
                kills,
                job,
                directory,
                seed);
    }

    /** The same in other times. */
    public LiveOptions withTime(Time otherTime) {
        return new LiveOptions(lines, recordsPerSecond, sampledLines, otherTime, kills, job, directory, seed);
    }

    /** The same with another number of kills. */
    public LiveOptions withKills(int otherKills) {
        return new LiveOptions(lines, recordsPerSecond, sampledLines, time, otherKills, job, directory, seed);
    }

    /** The same with another job. */
    public LiveOptions withJob(Job otherJob) {
        return new LiveOptions(lines, recordsPerSecond, sampledLines, time, kills, otherJob, directory, seed);
    }

    /** The same with another seed. */
    public LiveOptions withSeed(long otherSeed) {
        return new LiveOptions(lines, recordsPerSecond, sampledLines, time, kills, job, directory, otherSeed);
    }
}
