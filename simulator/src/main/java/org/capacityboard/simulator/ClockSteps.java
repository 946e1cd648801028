package org.capacityboard.simulator;

/** The clock of the edge steps back, is behind for a while, and steps forward again. */
final class ClockSteps implements Reports {
    private final Reports inner;
    private final Episodes steps;
    private final long behindMs;

    ClockSteps(Reports inner, Episodes steps, long behindMs) {
        this.inner = inner;
        this.steps = steps;
        this.behindMs = behindMs;
    }

    @Override
    public void seek(long sendTimeMs) {
        inner.seek(sendTimeMs);
    }

    @Override
    public void next(Report into) {
        inner.next(into);
        if (steps.contains(into.sendTimeMs)) {
            into.eventTimeMs -= behindMs;
        }
    }
}
