package org.capacityboard.simulator;

import java.util.Comparator;
import java.util.PriorityQueue;

/** The network holds some reports up, so that later ones overtake them; or it delivers a second copy of them later. */
final class NetworkDelays implements Reports {
    private final Reports inner;
    private final long seed;
    private final double ratio;
    private final long longestMs;
    private final boolean copies;
    private final Report ahead = new Report();
    private final PriorityQueue<Report> held = new PriorityQueue<>(Comparator.<Report>comparingLong(it -> it.sendTimeMs)
            .thenComparingLong(it -> it.sessionId)
            .thenComparingLong(it -> it.sequence));
    private boolean hasAhead;

    private NetworkDelays(Reports inner, long seed, double ratio, long longestMs, boolean copies) {
        this.inner = inner;
        this.seed = seed;
        this.ratio = ratio;
        this.longestMs = longestMs;
        this.copies = copies;
    }

    static NetworkDelays disorder(Reports inner, long seed, double ratio, long longestMs) {
        return new NetworkDelays(inner, seed, ratio, longestMs, false);
    }

    static NetworkDelays duplicates(Reports inner, long seed, double ratio, long longestMs) {
        return new NetworkDelays(inner, seed, ratio, longestMs, true);
    }

    @Override
    public void seek(long sendTimeMs) {
        held.clear();
        hasAhead = false;
        inner.seek(sendTimeMs - longestMs);
    }

    @Override
    public void next(Report into) {
        while (!hasAhead) {
            inner.next(ahead);
            hasAhead = true;
            double die = Dice.share(seed, ahead.sessionId ^ (ahead.sequence << 20));
            if (die < ratio) {
                Report late = new Report().set(ahead);
                late.sendTimeMs += 1 + (long) (die / ratio * (longestMs - 1));
                held.add(late);
                hasAhead = copies;
            }
        }
        Report first = held.peek();
        if (first != null && first.sendTimeMs <= ahead.sendTimeMs) {
            into.set(held.remove());
        } else {
            into.set(ahead);
            hasAhead = false;
        }
    }
}
