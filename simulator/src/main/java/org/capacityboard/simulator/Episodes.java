package org.capacityboard.simulator;

/** Things that befall one subject now and then: one episode in every period, at a place and of a length that chance decides. */
final class Episodes {
    private final long seed;
    private final long periodMs;
    private final long shortestMs;
    private final long longestMs;
    private long startMs;
    private long endMs;
    private long fromMs = Long.MAX_VALUE;
    private long untilMs = Long.MIN_VALUE;

    Episodes(long seed, Imperfections.Episode episode) {
        this.seed = seed;
        this.periodMs = Math.round(episode.everyDays() * 86_400_000);
        this.shortestMs = Math.round(episode.minMinutes() * 60_000);
        this.longestMs = Math.round(episode.maxMinutes() * 60_000);
    }

    /** Finds the episode of the period that this instant lies in, be it before, within or after the episode. */
    Episodes around(long timeMs) {
        if (timeMs < fromMs || timeMs >= untilMs) {
            long period = Math.floorDiv(timeMs, periodMs);
            fromMs = period * periodMs;
            untilMs = fromMs + periodMs;
            long lengthMs = shortestMs + (long) ((longestMs - shortestMs) * Dice.share(seed, 2 * period));
            startMs = fromMs + (long) ((periodMs - 2 * longestMs) * Dice.share(seed, 2 * period + 1));
            endMs = startMs + lengthMs;
        }
        return this;
    }

    /** The episode of the next period. */
    Episodes next() {
        return around(untilMs);
    }

    long startMs() {
        return startMs;
    }

    long endMs() {
        return endMs;
    }

    boolean contains(long timeMs) {
        around(timeMs);
        return timeMs >= startMs && timeMs < endMs;
    }

    /** Start of the newest episode that has begun by this instant. */
    long latestStart(long timeMs) {
        return around(timeMs).startMs <= timeMs ? startMs : around(fromMs - 1).startMs;
    }
}
