package org.capacityboard.local.jobs;

import java.net.URI;
import java.nio.file.Path;
import java.util.Locale;
import org.apache.flink.api.common.JobID;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.capacityboard.flink.jobs.JobEnvironment;
import org.capacityboard.flink.jobs.LeadTimeJob;
import org.capacityboard.flink.jobs.ReferenceJob;
import org.capacityboard.flink.jobs.SurgeReadinessJob;
import org.capacityboard.flink.jobs.ThroughputJob;
import org.capacityboard.local.embedded.EmbeddedCluster;
import org.capacityboard.local.embedded.RetainedCheckpoints;
import org.capacityboard.process.settings.Settings;
import org.jspecify.annotations.Nullable;

/** The jobs that run for years, with the ids under which their checkpoints are found again. */
public enum BoardJob {
    REFERENCE(1, ReferenceJob::define),
    THROUGHPUT(2, ThroughputJob::define),
    LEAD_TIME(3, LeadTimeJob::define),
    SURGE_READINESS(4, SurgeReadinessJob::define);

    /** Upper half of every job id: "capacity" in ASCII. */
    private static final long BOARD = 0x6361706163697479L;

    private final JobID id;
    private final Definition definition;

    BoardJob(long number, Definition definition) {
        this.id = new JobID(BOARD, number);
        this.definition = definition;
    }

    private interface Definition {
        void define(StreamExecutionEnvironment environment, Settings settings);
    }

    public JobID id() {
        return id;
    }

    /** The word it is called by: {@code lead-time}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /**
     * Starts it where its newest whole checkpoint was taken, or at the beginning if there is none.
     *
     * @return that checkpoint; null for the beginning
     */
    public @Nullable Path start(EmbeddedCluster cluster, Settings settings) {
        Path checkpoint = RetainedCheckpoints.of(checkpointDirectory(settings), id)
                .newest(settings.checkpoint().retained());
        start(cluster, settings, id, checkpoint);
        return checkpoint;
    }

    /**
     * Starts it under another id.
     *
     * @param checkpoint where to go on; null for the beginning
     */
    public void start(EmbeddedCluster cluster, Settings settings, JobID otherId, @Nullable Path checkpoint) {
        StreamExecutionEnvironment environment =
                StreamExecutionEnvironment.getExecutionEnvironment(JobEnvironment.streaming(settings));
        environment.setParallelism(settings.job().parallelism());
        definition.define(environment, settings);
        cluster.submit(environment, word(), otherId, checkpoint);
    }

    private static Path checkpointDirectory(Settings settings) {
        String directory = settings.checkpoint().directory();
        return directory.startsWith("file:") ? Path.of(URI.create(directory)) : Path.of(directory);
    }
}
