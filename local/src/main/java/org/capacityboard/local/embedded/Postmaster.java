package org.capacityboard.local.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * The PostgreSQL server process that a data directory's pid file speaks of.
 *
 * @param process the living process
 * @param dataDirectory the directory it serves
 * @param port where it listens
 */
record Postmaster(ProcessHandle process, Path dataDirectory, int port) {

    private static final int STOP_SECONDS = 10;
    private static final int PORT_LINE = 3;

    /** The server that runs on this directory now, null if none does. */
    static @Nullable Postmaster of(Path dataDirectory) {
        Path pidFile = dataDirectory.resolve("postmaster.pid");
        List<String> lines;
        try {
            if (!Files.exists(pidFile)) {
                return null;
            }
            lines = Files.readAllLines(pidFile);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read " + pidFile, e);
        }
        if (lines.size() <= PORT_LINE || !Path.of(lines.get(1)).equals(dataDirectory)) {
            return null;
        }
        return ProcessHandle.of(Long.parseLong(lines.get(0).trim()))
                .filter(process -> process.isAlive() && servesDirectory(process, dataDirectory))
                .map(process -> new Postmaster(
                        process,
                        dataDirectory,
                        Integer.parseInt(lines.get(PORT_LINE).trim())))
                .orElse(null);
    }

    /** Process ids are reused: the process must be a postgres, with this directory where the system shows arguments. */
    private static boolean servesDirectory(ProcessHandle process, Path dataDirectory) {
        String command = process.info().command().orElse("postgres");
        String commandLine = process.info().commandLine().orElse(dataDirectory.toString());
        return command.contains("postgres") && commandLine.contains(dataDirectory.toString());
    }

    /** Ends the server: first politely, then at once. Clients it still has are cut off. */
    void stop() {
        try {
            if (!interrupt()) {
                process.destroy();
            }
            process.onExit().get(STOP_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            process.destroyForcibly();
            process.onExit().join();
        } catch (ExecutionException e) {
            throw new IllegalStateException("Cannot stop PostgreSQL process " + process.pid(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while PostgreSQL process " + process.pid() + " stopped", e);
        }
    }

    /** SIGINT is PostgreSQL's fast shutdown; Java itself can only send SIGTERM, which waits for every client to leave. */
    private boolean interrupt() throws InterruptedException {
        try {
            return new ProcessBuilder("kill", "-INT", Long.toString(process.pid()))
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException e) {
            return false;
        }
    }
}
