package org.capacityboard.local.embedded;

import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.flink.api.common.JobID;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.configuration.WebOptions;
import org.apache.flink.core.execution.CheckpointType;
import org.apache.flink.runtime.jobgraph.JobGraph;
import org.apache.flink.runtime.jobgraph.SavepointRestoreSettings;
import org.apache.flink.runtime.jobmaster.JobResult;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.minicluster.MiniClusterConfiguration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.graph.StreamGraph;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A Flink cluster in this JVM; several jobs share its slots. */
public final class EmbeddedCluster implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedCluster.class);
    private static final int LAST_CHECKPOINT_SECONDS = 20;

    private final MiniCluster cluster;

    private EmbeddedCluster(MiniCluster cluster) {
        this.cluster = cluster;
    }

    /**
     * Starts a cluster.
     *
     * @param slots copies of all operators that fit, over all jobs
     * @param directory for temporary files
     * @param settings Flink's own, such as metric reporters
     */
    public static EmbeddedCluster start(int slots, Path directory, Configuration settings) {
        Configuration configuration = new Configuration(settings);
        configuration.set(RestOptions.BIND_ADDRESS, LoopbackPort.HOST);
        configuration.set(RestOptions.ADDRESS, LoopbackPort.HOST);
        configuration.set(RestOptions.BIND_PORT, "0");
        configuration.set(WebOptions.SUBMIT_ENABLE, false);
        configuration.set(WebOptions.CANCEL_ENABLE, false);
        configuration.set(CoreOptions.TMP_DIRS, directory.toString());
        configuration.set(CoreOptions.CHECK_LEAKED_CLASSLOADER, false);
        // Three jobs with a shuffle each; the default of 64 MB is one small job's.
        configuration.set(TaskManagerOptions.NETWORK_MEMORY_MIN, MemorySize.ofMebiBytes(128));
        configuration.set(TaskManagerOptions.NETWORK_MEMORY_MAX, MemorySize.ofMebiBytes(128));
        MiniCluster cluster = new MiniCluster(new MiniClusterConfiguration.Builder()
                .setConfiguration(configuration)
                .setNumTaskManagers(1)
                .setNumSlotsPerTaskManager(slots)
                .build());
        try {
            cluster.start();
        } catch (Exception e) {
            throw new IllegalStateException("The embedded Flink cluster did not start", e);
        }
        return new EmbeddedCluster(cluster);
    }

    /**
     * Starts a job.
     *
     * @param name what it is called on pages and in metrics
     * @param id its id; a fixed one lets the next run find its checkpoints
     * @param checkpoint where its state is restored from; null to start with none
     */
    public void submit(StreamExecutionEnvironment environment, String name, JobID id, @Nullable Path checkpoint) {
        StreamGraph graph = environment.getStreamGraph();
        graph.setJobName(name);
        if (checkpoint != null) {
            graph.setSavepointRestoreSettings(
                    SavepointRestoreSettings.forPath(checkpoint.toUri().toString(), false));
        }
        JobGraph job = graph.getJobGraph(Thread.currentThread().getContextClassLoader(), id);
        await(cluster.submitJob(job));
    }

    /** Runs a job whose input ends, and returns when it has. */
    public void run(StreamExecutionEnvironment environment, String name) {
        JobID id = new JobID();
        submit(environment, name, id, null);
        Throwable failure = await(result(id));
        if (failure != null) {
            throw new IllegalStateException("The job failed", failure);
        }
    }

    /** How the job is doing. */
    public JobStatus status(JobID id) {
        return await(cluster.getJobStatus(id));
    }

    /** Address of Flink's own web page. */
    public String webAddress() {
        return await(cluster.getRestAddress()).toString();
    }

    /** Completes when the job has ended, with null or with what ended it. */
    public CompletableFuture<@Nullable Throwable> result(JobID id) {
        return cluster.requestJobResult(id).thenApply(EmbeddedCluster::failureOf);
    }

    private static @Nullable Throwable failureOf(JobResult result) {
        return result.getSerializedThrowable()
                .map(thrown -> thrown.deserializeError(EmbeddedCluster.class.getClassLoader()))
                .orElse(null);
    }

    /** Takes a last checkpoint and ends the job; its checkpoints stay. */
    public void stop(JobID id) {
        try {
            cluster.triggerCheckpoint(id, CheckpointType.CONFIGURED).get(LAST_CHECKPOINT_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            LOG.warn("no last checkpoint: the next start repeats a little job={} reason={}", id, e.toString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        cancel(id);
    }

    /** Ends the job at once; its checkpoints stay. */
    public void cancel(JobID id) {
        await(cluster.cancelJob(id));
        await(cluster.requestJobResult(id));
    }

    private static <T extends @Nullable Object> T await(CompletableFuture<T> answer) {
        try {
            return answer.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("The embedded Flink cluster refused", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while the embedded Flink cluster worked", e);
        }
    }

    @Override
    public void close() {
        await(cluster.closeAsync());
    }
}
