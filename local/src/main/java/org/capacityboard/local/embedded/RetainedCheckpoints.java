package org.capacityboard.local.embedded;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.apache.flink.api.common.JobID;
import org.apache.flink.runtime.checkpoint.Checkpoints;
import org.apache.flink.runtime.checkpoint.OperatorState;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.checkpoint.metadata.CheckpointMetadata;
import org.apache.flink.runtime.state.IncrementalRemoteKeyedStateHandle;
import org.apache.flink.runtime.state.KeyGroupsStateHandle;
import org.apache.flink.runtime.state.OperatorStateHandle;
import org.apache.flink.runtime.state.StateObject;
import org.apache.flink.runtime.state.StreamStateHandle;
import org.apache.flink.runtime.state.filesystem.FileStateHandle;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The checkpoints that earlier runs of a job left behind.
 *
 * @param directory the folder of the job's checkpoints
 */
public record RetainedCheckpoints(Path directory) {

    private static final Logger LOG = LoggerFactory.getLogger(RetainedCheckpoints.class);
    private static final String PREFIX = "chk-";
    private static final String METADATA = "_metadata";

    /**
     * Those of one job.
     *
     * @param checkpoints the setting {@code checkpoint.directory}
     */
    public static RetainedCheckpoints of(Path checkpoints, JobID job) {
        return new RetainedCheckpoints(checkpoints.resolve(job.toString()));
    }

    /**
     * The newest whole one, null if there is none. A damaged one is put aside with a warning, so that the job goes on from
     * the one before it and may use its number again; what is older than the newest {@code kept} is deleted.
     */
    public @Nullable Path newest(int kept) {
        List<Path> completed = completed();
        Path newest = null;
        int whole = 0;
        for (Path checkpoint : completed) {
            String damage = damage(checkpoint);
            if (damage != null) {
                putAside(checkpoint, damage);
            } else if (newest == null) {
                newest = checkpoint;
                whole++;
            } else if (++whole > kept) {
                delete(checkpoint);
            }
        }
        if (newest == null && !completed.isEmpty()) {
            LOG.warn(
                    "no checkpoint can be used: the job reads everything again from the beginning folder={}",
                    directory);
        }
        return newest;
    }

    /** Checkpoints that were completed, the newest first. */
    public List<Path> completed() {
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file ->
                            file.getFileName().toString().startsWith(PREFIX) && Files.exists(file.resolve(METADATA)))
                    .sorted(Comparator.comparingLong(RetainedCheckpoints::number)
                            .reversed())
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot list " + directory, e);
        }
    }

    private static long number(Path checkpoint) {
        return Long.parseLong(checkpoint.getFileName().toString().substring(PREFIX.length()));
    }

    /** Why a checkpoint cannot be restored; null if its metadata reads well and every file has the length written there. */
    private static @Nullable String damage(Path checkpoint) {
        try (DataInputStream in = new DataInputStream(Files.newInputStream(checkpoint.resolve(METADATA)))) {
            CheckpointMetadata metadata = Checkpoints.loadCheckpointMetadata(
                    in,
                    RetainedCheckpoints.class.getClassLoader(),
                    checkpoint.toUri().toString());
            for (OperatorState operator : metadata.getOperatorStates()) {
                for (OperatorSubtaskState subtask : operator.getStates()) {
                    String damage = Stream.of(
                                    subtask.getManagedKeyedState().stream(),
                                    subtask.getRawKeyedState().stream(),
                                    subtask.getManagedOperatorState().stream(),
                                    subtask.getRawOperatorState().stream())
                            .flatMap(states -> states)
                            .flatMap(RetainedCheckpoints::files)
                            .map(RetainedCheckpoints::damage)
                            .filter(found -> !found.isEmpty())
                            .findFirst()
                            .orElse(null);
                    if (damage != null) {
                        return damage;
                    }
                }
            }
            return null;
        } catch (IOException | RuntimeException e) {
            return "its metadata cannot be read: " + e;
        }
    }

    private static Stream<StreamStateHandle> files(StateObject state) {
        if (state instanceof IncrementalRemoteKeyedStateHandle incremental) {
            return Stream.concat(
                    Stream.of(incremental.getMetaDataStateHandle()),
                    Stream.concat(incremental.getSharedState().stream(), incremental.getPrivateState().stream())
                            .map(file -> file.getHandle()));
        }
        if (state instanceof OperatorStateHandle operator) {
            return Stream.of(operator.getDelegateStateHandle());
        }
        if (state instanceof KeyGroupsStateHandle keyed) {
            return Stream.of(keyed.getDelegateStateHandle());
        }
        return Stream.empty();
    }

    private static String damage(StreamStateHandle handle) {
        if (!(handle instanceof FileStateHandle file)) {
            return "";
        }
        Path path = Path.of(file.getFilePath().toUri().getPath());
        try {
            long bytes = Files.size(path);
            return bytes == file.getStateSize()
                    ? ""
                    : path.getFileName() + " has " + bytes + " bytes instead of " + file.getStateSize();
        } catch (IOException e) {
            return path.getFileName() + " cannot be read";
        }
    }

    private void putAside(Path checkpoint, String damage) {
        Path aside = directory.resolve("damaged-" + checkpoint.getFileName() + "-" + System.nanoTime());
        LOG.error(
                "a checkpoint is damaged: going on from the one before it checkpoint={} damage={} kept-as={}",
                checkpoint,
                damage,
                aside.getFileName());
        try {
            Files.move(checkpoint, aside);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot put aside " + checkpoint, e);
        }
    }

    private static void delete(Path checkpoint) {
        try {
            Folders.delete(checkpoint);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot delete " + checkpoint, e);
        }
    }
}
