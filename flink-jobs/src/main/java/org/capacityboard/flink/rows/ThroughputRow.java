package org.capacityboard.flink.rows;

import org.capacityboard.domain.throughput.CurrentState;
import org.capacityboard.domain.throughput.LossCategory;

/** A row of the throughput job. Each is absolute, so writing it twice changes nothing. */
public sealed interface ThroughputRow extends StampedRow {
    String lineId();

    /**
     * Facts of a line and product in a window.
     *
     * @param windowStart MINUTE and HOUR: ms since 1970 UTC; DAY: the production day as an epoch day
     * @param facts one entry per {@link org.capacityboard.domain.throughput.Fact}, in its order
     */
    record Facts(
            FactWindow window,
            String lineId,
            String productId,
            long windowStart,
            long[] facts,
            boolean isFinal,
            RowStamp stamp)
            implements ThroughputRow {}

    /** Planned time that a line lost on a production day (an epoch day) in one category, for one reason (empty if none was given). */
    record Loss(
            String lineId,
            long productionDay,
            LossCategory category,
            String reasonCode,
            long lostMs,
            boolean isFinal,
            RowStamp stamp)
            implements ThroughputRow {}

    /** What a line is doing now. */
    record Current(String lineId, CurrentState state, RowStamp stamp) implements ThroughputRow {}
}
