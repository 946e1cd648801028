package org.capacityboard.domain.reference;

import java.util.List;

/**
 * Planned production time of a line: one shift, less its breaks.
 *
 * @param planId the plan; later revisions of it replace earlier ones
 * @param lineId the line
 * @param validFromMs instant from which this version of the plan counts, ms since 1970 UTC; {@link Versions#ALWAYS} if always
 * @param revision highest wins among versions of one {@code validFromMs}
 * @param startMs first planned instant, ms since 1970 UTC
 * @param endMs first instant after it
 * @param breaks intervals inside that are not planned time
 * @param cancelled true if the plan counts no longer
 */
public record ShiftPlanVersion(
        String planId,
        String lineId,
        long validFromMs,
        long revision,
        long startMs,
        long endMs,
        List<Break> breaks,
        boolean cancelled) {
    public ShiftPlanVersion {
        breaks = List.copyOf(breaks);
    }

    /** A pause in a shift: [startMs, endMs), ms since 1970 UTC. */
    public record Break(long startMs, long endMs) {}
}
