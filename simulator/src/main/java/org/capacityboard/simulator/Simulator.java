package org.capacityboard.simulator;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.capacityboard.process.errors.Problem;
import org.capacityboard.process.errors.UserError;

/** Plays a simulation into an output: history as fast as it is taken, then as time goes by. */
public final class Simulator {
    private static final long CHECK_EVERY_EVENTS = 1024;
    private static final long PROGRESS_EVERY_MS = 250;
    private static final long POSITION_EVERY_MS = 1000;
    private static final long LONGEST_PAUSE_MS = 100;

    /** How time is let pass. */
    interface Wait {
        void pause(Duration length) throws InterruptedException;
    }

    private final Simulation simulation;
    private final Playback playback;
    private final EventOutput output;
    private final Pacing pacing;
    private final StopSignal stop;
    private final SimulatorProgress progress;
    private final InstantSource clock;
    private final Wait wait;
    private final long fromMs;
    private long anchorWallMs = Long.MAX_VALUE;
    private long anchorSimulatedMs;
    private long eventsSent;
    private long progressAtMs;
    private long positionAtMs;

    Simulator(
            Simulation wanted,
            Playback playback,
            EventOutput output,
            Pacing pacing,
            StopSignal stop,
            SimulatorProgress progress,
            InstantSource clock,
            Wait wait) {
        this.playback = playback;
        this.output = output;
        this.pacing = pacing;
        this.stop = stop;
        this.progress = progress;
        this.clock = clock;
        this.wait = wait;
        this.positionAtMs = clock.millis();
        Path file = playback.positionFile();
        SimulatorPosition position = file == null ? null : SimulatorPosition.read(file);
        if (position != null && !position.identity().equals(wanted.identity())) {
            throw UserError.failed(new Problem(
                    "The simulation in " + file,
                    position.identity(),
                    "cannot be continued as " + wanted.identity(),
                    "use another data directory, or the scenario, seed and number of lines it was begun with"));
        }
        this.simulation = position == null ? wanted : wanted.startingAt(position.start());
        this.fromMs = (position == null ? wanted.start() : position.next()).toEpochMilli();
    }

    /**
     * Plays until the end, or until somebody stops it; then everything sent is acknowledged and the position is noted.
     * A position already in the file decides where to go on, and when the simulation started.
     *
     * @return how many events were sent
     */
    public static long run(
            Simulation simulation,
            Playback playback,
            EventOutput output,
            Pacing pacing,
            StopSignal stop,
            SimulatorProgress progress)
            throws InterruptedException {
        return new Simulator(simulation, playback, output, pacing, stop, progress, InstantSource.system(), stop::pause)
                .run();
    }

    long run() throws InterruptedException {
        SimulatedEvents events = SimulatedEvents.from(simulation, fromMs);
        Instant end = playback.end();
        long endMs = end == null ? Long.MAX_VALUE : end.toEpochMilli();
        long allowedMs = Long.MIN_VALUE;
        long lastMs = Long.MIN_VALUE;
        while (events.hasNext() && events.nextSendTimeMs() < endMs) {
            long dueMs = events.nextSendTimeMs();
            if (dueMs > lastMs && stop.isStopped()) {
                break;
            }
            if (dueMs > allowedMs) {
                allowedMs = Math.min(presentMs(dueMs), pacing.mayRunUntilMs());
                if (dueMs > allowedMs) {
                    report(dueMs, endMs);
                    wait.pause(Duration.ofMillis(Math.max(1, Math.min(dueMs - allowedMs, LONGEST_PAUSE_MS))));
                    continue;
                }
            }
            output.send(events.next());
            lastMs = dueMs;
            if (++eventsSent % CHECK_EVERY_EVENTS == 0) {
                report(dueMs, endMs);
            }
        }
        long nextMs = Math.min(events.nextSendTimeMs(), endMs);
        notePosition(nextMs);
        progress.advanced(eventsSent, Math.min(nextMs, clock.millis()), Math.min(clock.millis(), endMs));
        return eventsSent;
    }

    /** The latest instant whose events may go out by the clock. */
    private long presentMs(long dueMs) {
        long nowMs = clock.millis();
        if (playback.speed() <= 1) {
            return nowMs;
        }
        long historyUntilMs = playback.historyUntil().toEpochMilli();
        if (dueMs <= historyUntilMs) {
            return Math.min(nowMs, historyUntilMs);
        }
        if (anchorWallMs == Long.MAX_VALUE) {
            anchorWallMs = nowMs;
            anchorSimulatedMs = Math.max(historyUntilMs, fromMs);
        }
        return Math.min(nowMs, anchorSimulatedMs + (long) ((nowMs - anchorWallMs) * playback.speed()));
    }

    private void report(long dueMs, long endMs) {
        long nowMs = clock.millis();
        if (nowMs - progressAtMs >= PROGRESS_EVERY_MS) {
            progressAtMs = nowMs;
            progress.advanced(eventsSent, Math.min(dueMs, nowMs), Math.min(nowMs, endMs));
        }
        if (nowMs - positionAtMs >= POSITION_EVERY_MS) {
            positionAtMs = nowMs;
            notePosition(dueMs);
        }
    }

    /** Everything due earlier was sent; of what is due at this very instant some may be sent again. */
    private void notePosition(long nextMs) {
        output.flush();
        if (playback.positionFile() != null) {
            Instant next = Instant.ofEpochMilli(nextMs);
            new SimulatorPosition(simulation.identity(), simulation.start(), next).write(playback.positionFile());
        }
    }
}
