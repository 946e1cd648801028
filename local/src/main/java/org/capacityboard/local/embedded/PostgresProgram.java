package org.capacityboard.local.embedded;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The folder into which the first start on a machine unpacks PostgreSQL: one a user, because another user's files could
 * not be read. Whoever starts a server has it alone meanwhile; so what lies there half unpacked is what a killed process
 * left, never what another one is at, and it is deleted, for it would fail every later start.
 */
final class PostgresProgram implements AutoCloseable {
    private static final String LOCK_FILE = "lock";
    private static final String VERSIONS = "PG-*";
    private static final String WHOLE = ".exists";

    /** The lock of a file is the process's; this one is for its threads. */
    private static final ReentrantLock THREADS = new ReentrantLock();

    private final Path folder;
    private final FileChannel processes;

    private PostgresProgram(Path folder, FileChannel processes) {
        this.folder = folder;
        this.processes = processes;
    }

    /** Waits until no other thread or process starts a server, and keeps it so until the folder is closed. */
    static PostgresProgram reserve() throws IOException {
        THREADS.lock();
        FileChannel processes = null;
        try {
            Path folder = Path.of(
                    System.getProperty("java.io.tmpdir"),
                    "capacity-board-postgresql-" + System.getProperty("user.name"));
            Files.createDirectories(folder);
            processes =
                    FileChannel.open(folder.resolve(LOCK_FILE), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            processes.lock();
            deleteHalfUnpacked(folder);
            return new PostgresProgram(folder, processes);
        } catch (IOException | RuntimeException e) {
            if (processes != null) {
                processes.close();
            }
            THREADS.unlock();
            throw e;
        }
    }

    private static void deleteHalfUnpacked(Path folder) throws IOException {
        try (DirectoryStream<Path> versions = Files.newDirectoryStream(folder, VERSIONS)) {
            for (Path version : versions) {
                if (!Files.exists(version.resolve(WHOLE))) {
                    Folders.delete(version);
                }
            }
        }
    }

    Path folder() {
        return folder;
    }

    @Override
    public void close() throws IOException {
        try {
            processes.close();
        } finally {
            THREADS.unlock();
        }
    }
}
