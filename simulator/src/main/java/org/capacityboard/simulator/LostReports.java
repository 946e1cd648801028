package org.capacityboard.simulator;

/** Some reports never arrive; their sequence numbers are missing. */
final class LostReports implements Reports {
    private final Reports inner;
    private final long seed;
    private final double ratio;

    LostReports(Reports inner, long seed, double ratio) {
        this.inner = inner;
        this.seed = seed;
        this.ratio = ratio;
    }

    @Override
    public void seek(long sendTimeMs) {
        inner.seek(sendTimeMs);
    }

    @Override
    public void next(Report into) {
        do {
            inner.next(into);
        } while (Dice.share(seed, into.eventTimeMs) < ratio);
    }
}
