package org.capacityboard.flink.jobs;

import java.time.Duration;
import java.util.Locale;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.ExecutionOptions;
import org.apache.flink.configuration.ExternalizedCheckpointRetention;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.configuration.StateBackendOptions;
import org.apache.flink.core.execution.CheckpointingMode;
import org.capacityboard.process.settings.Settings;

/** Flink's configuration for every job of the board: exactly-once checkpoints that outlive the job, no generic types, no operator without a uid. */
public final class JobEnvironment {
    private static final int CHECKPOINT_BUFFER_BYTES = 64 * 1024;

    private JobEnvironment() {}

    /** Configuration of a job that runs for years. How many checkpoints are kept is the cluster's to say: Flink does not take that from a job. */
    public static Configuration streaming(Settings settings) {
        Configuration configuration = common(settings);
        configuration.set(
                CheckpointingOptions.CHECKPOINTING_INTERVAL,
                settings.checkpoint().interval());
        // Where state is so large that a checkpoint takes longer than the interval, half an interval remains for events
        // alone.
        configuration.set(
                CheckpointingOptions.MIN_PAUSE_BETWEEN_CHECKPOINTS,
                settings.checkpoint().interval().dividedBy(2));
        configuration.set(CheckpointingOptions.CHECKPOINTING_CONSISTENCY_MODE, CheckpointingMode.EXACTLY_ONCE);
        configuration.set(
                CheckpointingOptions.CHECKPOINTING_TIMEOUT,
                settings.checkpoint().timeout());
        configuration.set(
                CheckpointingOptions.CHECKPOINTS_DIRECTORY,
                settings.checkpoint().directory());
        configuration.set(CheckpointingOptions.CHECKPOINT_STORAGE, "filesystem");
        // Flink's 4 KB make a third of what writing a large state costs.
        configuration.set(CheckpointingOptions.FS_WRITE_BUFFER_SIZE, CHECKPOINT_BUFFER_BYTES);
        configuration.set(
                CheckpointingOptions.EXTERNALIZED_CHECKPOINT_RETENTION,
                ExternalizedCheckpointRetention.RETAIN_ON_CANCELLATION);
        // While the database is away checkpoints time out one after the other; that is no reason to restart the job.
        configuration.set(CheckpointingOptions.TOLERABLE_FAILURE_NUMBER, Integer.MAX_VALUE);
        configuration.set(
                StateBackendOptions.STATE_BACKEND,
                settings.state().backend().name().toLowerCase(Locale.ROOT));
        configuration.set(CheckpointingOptions.INCREMENTAL_CHECKPOINTS, true);
        configuration.set(RestartStrategyOptions.RESTART_STRATEGY, "exponential-delay");
        configuration.set(
                RestartStrategyOptions.RESTART_STRATEGY_EXPONENTIAL_DELAY_MAX_BACKOFF, Duration.ofSeconds(30));
        return configuration;
    }

    /** Configuration of a run whose input ends. It is deterministic, so it has one copy of every operator and needs no checkpoints. */
    public static Configuration bounded(Settings settings) {
        Configuration configuration = common(settings);
        configuration.set(RestartStrategyOptions.RESTART_STRATEGY, "none");
        return configuration;
    }

    private static Configuration common(Settings settings) {
        Configuration configuration = new Configuration();
        configuration.set(PipelineOptions.GENERIC_TYPES, false);
        configuration.set(PipelineOptions.AUTO_GENERATE_UIDS, false);
        // Records between operators cannot change, so handing over the same object is safe.
        configuration.set(PipelineOptions.OBJECT_REUSE, true);
        configuration.set(PipelineOptions.MAX_PARALLELISM, settings.job().maxParallelism());
        // A row is visible to a reader within two seconds of its event; the buffers take little of that.
        configuration.set(ExecutionOptions.BUFFER_TIMEOUT, Duration.ofMillis(50));
        return configuration;
    }
}
