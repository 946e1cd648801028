package org.capacityboard.local;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Ctrl-C, or a polite kill: the process is asked to stop, and is given the time to close what it opened. */
final class Interruption implements AutoCloseable {

    private static final int PATIENCE_SECONDS = 90;

    private final CompletableFuture<Void> asked = new CompletableFuture<>();
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread hook = new Thread(this::waitUntilClosed, "interruption");

    private Interruption() {}

    /** Listens from now on until it is closed, which must be the last thing that is. */
    static Interruption listen() {
        Interruption interruption = new Interruption();
        Runtime.getRuntime().addShutdownHook(interruption.hook);
        return interruption;
    }

    /** Completes when somebody asks the process to stop. */
    CompletableFuture<Void> asked() {
        return asked;
    }

    private void waitUntilClosed() {
        asked.complete(null);
        try {
            if (!closed.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                System.err.println("Stopping took more than " + PATIENCE_SECONDS + " s and was given up.");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        closed.countDown();
        if (!asked.isDone()) {
            Runtime.getRuntime().removeShutdownHook(hook);
        }
    }
}
