package org.capacityboard.simulator;

/** The edge starts again now and then: a new session, its sequence and its counters at zero. */
final class EdgeRestarts implements Reports {
    /** A report made before this time was sent by now, so that it need not be told from those of the session before. */
    private static final long LONGEST_WAY_MS = 60_000;

    private final Reports inner;
    private final Episodes restarts;
    private final long firstMs;
    private final Report origin = new Report();
    private long nextRestartMs = Long.MIN_VALUE;
    private boolean restarted;

    EdgeRestarts(Reports inner, Episodes restarts, long firstMs) {
        this.inner = inner;
        this.restarts = restarts;
        this.firstMs = firstMs;
    }

    @Override
    public void seek(long sendTimeMs) {
        long timeMs = sendTimeMs - LONGEST_WAY_MS;
        restarted = false;
        nextRestartMs = startAfter(firstMs);
        if (timeMs >= nextRestartMs) {
            long latestMs = restarts.latestStart(timeMs);
            inner.seek(latestMs);
            do {
                inner.next(origin);
            } while (origin.eventTimeMs < latestMs);
            restartAt(latestMs);
        }
        inner.seek(timeMs);
    }

    @Override
    public void next(Report into) {
        inner.next(into);
        if (into.eventTimeMs >= nextRestartMs) {
            origin.set(into);
            restartAt(nextRestartMs);
        }
        if (restarted) {
            into.sessionId = origin.sessionId;
            into.sequence -= origin.sequence;
            into.goodCount -= origin.goodCount;
            into.scrapCount -= origin.scrapCount;
            if (into.reworkCount != Report.NOT_COUNTED) {
                into.reworkCount -= origin.reworkCount;
            }
        }
    }

    private void restartAt(long timeMs) {
        restarted = true;
        origin.sessionId = timeMs;
        nextRestartMs = startAfter(timeMs);
    }

    private long startAfter(long timeMs) {
        Episodes episode = restarts.around(timeMs);
        if (episode.startMs() <= timeMs) {
            episode = restarts.next();
        }
        return episode.startMs();
    }
}
