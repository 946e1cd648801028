package org.capacityboard.flink.rows;

import org.capacityboard.domain.surge.ConstraintRow;
import org.capacityboard.domain.surge.CoverRow;
import org.capacityboard.domain.surge.CriticalityRow;
import org.capacityboard.domain.surge.LadderRow;
import org.capacityboard.domain.surge.LossRow;
import org.capacityboard.domain.surge.ReadinessRow;
import org.jspecify.annotations.Nullable;

/**
 * A row of the surge readiness job. Each is absolute, so writing it twice changes nothing. Everything is computed together, so the version of a stamp counts
 * the records that the whole computation had accepted.
 */
public sealed interface SurgeRow extends StampedRow {
    /** UTC date that it is about, an epoch day. */
    long asOf();

    /** True once only a restatement may change it. */
    boolean isFinal();

    /** How far a product can be made at the rate required of it. */
    record Readiness(long asOf, ReadinessRow row, boolean isFinal, RowStamp stamp) implements SurgeRow {}

    /** One step of the ladder of what stops a product. */
    record Ladder(long asOf, LadderRow row, boolean isFinal, RowStamp stamp) implements SurgeRow {}

    /** One of the limits of a line. */
    record Constraint(long asOf, ConstraintRow row, boolean isFinal, RowStamp stamp) implements SurgeRow {}

    /**
     * How long the stock of a material lasts.
     *
     * @param leadTimeDays days from order to receipt of the material; null: not known. Only the topic carries it, for the database knows the material
     */
    record Cover(long asOf, CoverRow row, @Nullable Integer leadTimeDays, boolean isFinal, RowStamp stamp)
            implements SurgeRow {}

    /** What the loss of a supplier parent would do to a product. */
    record Criticality(long asOf, CriticalityRow row, boolean isFinal, RowStamp stamp) implements SurgeRow {}

    /**
     * All that readiness, ladder, limits, cover and criticality of a date were computed from.
     *
     * @param snapshot as {@link SurgeSnapshotJson} writes it
     */
    record Snapshot(long asOf, String snapshot, boolean isFinal, RowStamp stamp) implements SurgeRow {}

    /** What a loss would do to a product. */
    record Loss(long asOf, LossRow row, boolean isFinal, RowStamp stamp) implements SurgeRow {}

    /**
     * All losses of the date were tried, and what they do carries this stamp or a newer one and comes before this. It says of losses what {@link Whole} says
     * of the rest.
     *
     * @param lossesTried parents, plants and nations
     * @param triedUpToMs event time up to which the newest trial covers, which may have changed less than all rows; ms since 1970 UTC
     */
    record LossesWhole(long asOf, int lossesTried, long triedUpToMs, boolean isFinal, RowStamp stamp)
            implements SurgeRow {}

    /**
     * All rows that hold of the date, but for losses, carry this stamp or a newer one and come before this, in one stream to one writer. Readers see nothing of
     * a date before its first one, and no longer see what is older: that is how a row goes that is not computed any more, such as that of a requirement taken
     * back.
     */
    record Whole(long asOf, boolean isFinal, RowStamp stamp) implements SurgeRow {}
}
