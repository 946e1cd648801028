package org.capacityboard.domain.reference;

/** Instants that stand for "always" in versioned reference data. */
public final class Versions {
    /** {@code validFrom} of a version without a start: it holds since always. */
    public static final long ALWAYS = Long.MIN_VALUE;

    private Versions() {}
}
