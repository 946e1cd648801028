package org.capacityboard.simulator;

/**
 * A plant is cut off. Its edges buffer, and when the connection is back they send everything a hundred times as fast as it
 * came up, oldest first, until they have caught up with the present.
 */
final class PlantOutages implements Reports {
    private static final long DRAIN_FACTOR = 100;

    private final Reports inner;
    private final Episodes outages;

    PlantOutages(Reports inner, Episodes outages) {
        this.inner = inner;
        this.outages = outages;
    }

    @Override
    public void seek(long sendTimeMs) {
        inner.seek(isHeldUp(sendTimeMs) ? outages.startMs() : sendTimeMs);
    }

    @Override
    public void next(Report into) {
        inner.next(into);
        if (isHeldUp(into.sendTimeMs)) {
            into.sendTimeMs = outages.endMs() + (into.sendTimeMs - outages.startMs()) / DRAIN_FACTOR;
        }
    }

    /** From the cut to the moment at which the buffer is empty again. */
    private boolean isHeldUp(long timeMs) {
        outages.around(timeMs);
        long caughtUpMs = outages.endMs() + (outages.endMs() - outages.startMs()) / (DRAIN_FACTOR - 1);
        return timeMs >= outages.startMs() && timeMs < caughtUpMs;
    }
}
