package org.capacityboard.local;

import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** How far a long work is: a bar that is drawn over and over on a terminal, a line every few seconds elsewhere. */
final class ProgressLine implements AutoCloseable {

    private static final int BAR_CHARACTERS = 30;
    private static final Duration ON_TERMINAL = Duration.ofMillis(500);
    private static final Duration ELSEWHERE = Duration.ofSeconds(5);

    private final String what;
    private final PrintStream out;
    private final boolean terminal = System.console() != null;
    private long firstMs = Long.MIN_VALUE;
    private long drawnAtNanos;
    private boolean open;

    ProgressLine(String what, PrintStream out) {
        this.what = what;
        this.out = out;
    }

    /** How often it is worth drawing. */
    Duration pause() {
        return terminal ? ON_TERMINAL : ELSEWHERE;
    }

    /** Told by a simulation how far it has come. */
    synchronized void simulated(long eventsSent, long simulatedMs, long presentMs) {
        if (firstMs == Long.MIN_VALUE) {
            firstMs = simulatedMs;
        }
        double ratio = presentMs <= firstMs ? 1 : (simulatedMs - firstMs) / (double) (presentMs - firstMs);
        if (ratio < 1 || open) {
            draw(ratio, what + " " + Instant.ofEpochMilli(simulatedMs).truncatedTo(ChronoUnit.SECONDS));
        }
    }

    /** Draws the bar if the last one is old enough. */
    synchronized void draw(double ratio, String text) {
        long now = System.nanoTime();
        if (open && now - drawnAtNanos < pause().toNanos()) {
            return;
        }
        drawnAtNanos = now;
        open = true;
        double shown = Math.max(0, Math.min(1, ratio));
        int full = (int) (shown * BAR_CHARACTERS);
        String line = "[" + "#".repeat(full) + ".".repeat(BAR_CHARACTERS - full) + "] "
                + String.format("%3.0f %%  %s", shown * 100, text);
        out.print(terminal ? "\r" + line + "\u001b[K" : line + System.lineSeparator());
        out.flush();
    }

    @Override
    public void close() {
        finish();
    }

    /** Leaves the last bar standing. */
    synchronized void finish() {
        if (open && terminal) {
            out.println();
        }
        open = false;
    }
}
