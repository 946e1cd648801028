package org.capacityboard.bench;

import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.capacityboard.local.embedded.EmbeddedDatabase;
import org.capacityboard.local.embedded.Folders;

/** However a bench ends, done, failed or by Ctrl-C: the processes it started end with it, and a folder that nobody asked for is deleted. */
final class Ending implements AutoCloseable {
    private static final int UNWIND_SECONDS = 60;
    private static final int STOP_SECONDS = 30;

    private final Path data;
    private final boolean deletesData;
    private final PrintStream progress;
    private final Set<ProcessHandle> others = ProcessHandle.current().children().collect(Collectors.toSet());
    private final Thread worker = Thread.currentThread();
    private final Thread hook = new Thread(this::interrupt, "ending");
    private final CountDownLatch closed = new CountDownLatch(1);
    private volatile boolean asked;

    private Ending(Path data, boolean deletesData, PrintStream progress) {
        this.data = data;
        this.deletesData = deletesData;
        this.progress = progress;
    }

    /**
     * Takes care of what this thread starts from now on.
     *
     * @param data folder of the bench
     * @param deletesData whether it goes, too
     */
    static Ending of(Path data, boolean deletesData, PrintStream progress) {
        Ending ending = new Ending(data, deletesData, progress);
        Runtime.getRuntime().addShutdownHook(ending.hook);
        return ending;
    }

    /** Whether somebody asked the process to stop. */
    boolean isAsked() {
        return asked;
    }

    private void interrupt() {
        asked = true;
        progress.println("Stopping: there will be no result.");
        worker.interrupt();
        try {
            if (!closed.await(UNWIND_SECONDS, TimeUnit.SECONDS)) {
                cleanUp();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        // An interrupt has done its work by now; what follows must wait for processes.
        boolean interrupted = Thread.interrupted();
        try {
            cleanUp();
        } finally {
            closed.countDown();
            if (!asked) {
                Runtime.getRuntime().removeShutdownHook(hook);
            }
            if (interrupted) {
                worker.interrupt();
            }
        }
    }

    private void cleanUp() {
        List<ProcessHandle> left = new ArrayList<>();
        ProcessHandle.current()
                .children()
                .filter(child -> !others.contains(child))
                .forEach(left::add);
        left.forEach(ProcessHandle::destroy);
        left.forEach(Ending::await);
        EmbeddedDatabase.stopOrphan(data.resolve("database"));
        if (deletesData) {
            try {
                Folders.delete(data);
            } catch (IOException e) {
                throw new UncheckedIOException("Cannot delete " + data, e);
            }
        }
    }

    private static void await(ProcessHandle process) {
        try {
            process.onExit().get(STOP_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            process.destroyForcibly();
        } catch (ExecutionException e) {
            throw new IllegalStateException("Cannot stop process " + process.pid(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            process.destroyForcibly();
        }
    }
}
