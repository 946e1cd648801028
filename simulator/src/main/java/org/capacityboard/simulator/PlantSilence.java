package org.capacityboard.simulator;

/** A plant is not heard of for hours, and what its lines reported meanwhile is lost. */
final class PlantSilence implements Reports {
    private final Reports inner;
    private final Episodes silences;

    PlantSilence(Reports inner, Episodes silences) {
        this.inner = inner;
        this.silences = silences;
    }

    @Override
    public void seek(long sendTimeMs) {
        inner.seek(sendTimeMs);
    }

    @Override
    public void next(Report into) {
        do {
            inner.next(into);
        } while (silences.contains(into.sendTimeMs));
    }
}
