package org.capacityboard.local.embedded;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.capacityboard.process.errors.Problem;
import org.capacityboard.process.errors.UserError;
import org.jspecify.annotations.Nullable;

/** A directory that keeps everything of a demo from one start to the next. One process at a time may use it. */
public final class DataDirectory implements AutoCloseable {

    private final Path path;
    private final FileChannel channel;

    private DataDirectory(Path path, FileChannel channel) {
        this.path = path;
        this.channel = channel;
    }

    /**
     * Takes the directory, creating it if it is new.
     *
     * @throws UserError if another process has it, or it cannot be written
     */
    public static DataDirectory take(Path directory) {
        Path path = directory.toAbsolutePath().normalize();
        Path lockFile = path.resolve("lock");
        FileChannel channel = null;
        try {
            Files.createDirectories(path);
            channel = FileChannel.open(lockFile, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (lock(channel) != null) {
                return new DataDirectory(path, channel);
            }
            channel.close();
        } catch (IOException e) {
            throw UserError.failed(new Problem(
                    "--data",
                    path.toString(),
                    "cannot be written: " + e,
                    "it belongs to somebody else, or the disk is full"));
        }
        throw UserError.failed(new Problem(
                "--data",
                path.toString(),
                "is in use by another process",
                "a demo is running there already: stop it, or name another directory and another --port"));
    }

    private static @Nullable FileLock lock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException e) {
            return null;
        }
    }

    public Path path() {
        return path;
    }

    /** Whether an earlier run left data here. */
    public boolean isUsed() {
        return Files.exists(path.resolve("broker"));
    }

    /** Deletes what earlier runs left, the lock aside. */
    public void clear() throws IOException {
        for (String part : new String[] {"broker", "database", "checkpoints", "tmp"}) {
            Folders.delete(path.resolve(part));
        }
        Files.deleteIfExists(simulatorPosition());
    }

    public Path broker() {
        return path.resolve("broker");
    }

    public Path database() {
        return path.resolve("database");
    }

    public Path checkpoints() {
        return path.resolve("checkpoints");
    }

    public Path temporary() {
        return path.resolve("tmp");
    }

    public Path simulatorPosition() {
        return path.resolve("simulator-position");
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
