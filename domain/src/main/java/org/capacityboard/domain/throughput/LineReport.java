package org.capacityboard.domain.throughput;

import org.jspecify.annotations.Nullable;

/**
 * What a line said of itself at one instant: its state and its cumulative counters.
 *
 * @param lineId the line
 * @param sessionId start of the edge's session, ms; grows when the edge restarts
 * @param sequence grows by one with every report of a session
 * @param eventTimeMs the edge's clock, ms since 1970 UTC
 * @param state state from now on
 * @param reasonCode why, in the plant's own code
 * @param orderId order being worked on
 * @param productId product being made; null for the line's own
 * @param goodCount cumulative good units
 * @param scrapCount cumulative scrapped units
 * @param reworkCount cumulative reworked units, {@link #NOT_REPORTED} if the line does not count them
 */
public record LineReport(
        String lineId,
        long sessionId,
        long sequence,
        long eventTimeMs,
        MachineState state,
        @Nullable String reasonCode,
        @Nullable String orderId,
        @Nullable String productId,
        long goodCount,
        long scrapCount,
        long reworkCount) {
    /** {@code reworkCount} of a line that does not count rework. */
    public static final long NOT_REPORTED = -1;
}
