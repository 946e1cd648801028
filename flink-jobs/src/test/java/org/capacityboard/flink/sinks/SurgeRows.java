package org.capacityboard.flink.sinks;

import static org.capacityboard.flink.sinks.ThroughputRows.DAY_0;

import org.capacityboard.domain.surge.ConstraintKind;
import org.capacityboard.domain.surge.ConstraintRow;
import org.capacityboard.domain.surge.CoverRow;
import org.capacityboard.domain.surge.CriticalityRow;
import org.capacityboard.domain.surge.Evidence;
import org.capacityboard.domain.surge.LadderRow;
import org.capacityboard.domain.surge.LineConstraint;
import org.capacityboard.domain.surge.LossKind;
import org.capacityboard.domain.surge.LossRow;
import org.capacityboard.domain.surge.Posture;
import org.capacityboard.domain.surge.ReadinessRow;
import org.capacityboard.flink.rows.RowStamp;
import org.capacityboard.flink.rows.SurgeRow;
import org.jspecify.annotations.Nullable;

/** Rows of surge readiness, in one line each. */
final class SurgeRows {
    private SurgeRows() {}

    /** A product of which 100,000 a month are needed in conflict, bound by its charges. */
    static SurgeRow readiness(String product, double achievable, RowStamp stamp) {
        return readiness(product, DAY_0, Posture.CONFLICT, Evidence.CONTRACTED, achievable, stamp);
    }

    static SurgeRow readiness(
            String product, long asOf, Posture posture, Evidence evidence, double achievable, RowStamp stamp) {
        return new SurgeRow.Readiness(
                asOf,
                new ReadinessRow(
                        product,
                        posture,
                        evidence,
                        100_000,
                        achievable,
                        achievable / 100_000,
                        0.0,
                        achievable / 100_000,
                        ConstraintKind.LINES,
                        "charge",
                        ConstraintKind.MATERIAL,
                        "powder",
                        60_000.0,
                        58,
                        91,
                        100_000 - achievable,
                        "Parent",
                        "Why, in words."),
                false,
                stamp);
    }

    /** A product of which nobody knows how it is made. */
    static SurgeRow unknown(String product, RowStamp stamp) {
        return new SurgeRow.Readiness(
                DAY_0,
                new ReadinessRow(
                        product,
                        Posture.PEACETIME,
                        Evidence.DEMONSTRATED,
                        10,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        "Unknown."),
                true,
                stamp);
    }

    /** A step at which 40,000 a month draw without end if nothing else is said. */
    static SurgeRow ladder(String product, int step, double achievable, @Nullable Double drawn, RowStamp stamp) {
        return new SurgeRow.Ladder(
                DAY_0,
                new LadderRow(
                        product,
                        Posture.CONFLICT,
                        Evidence.CONTRACTED,
                        step,
                        ConstraintKind.MATERIAL,
                        "powder",
                        "Powder",
                        achievable,
                        40_000,
                        drawn,
                        "kg"),
                false,
                stamp);
    }

    static SurgeRow loss(String product, LossKind kind, String lossId, double achievableAfter, RowStamp stamp) {
        return new SurgeRow.Loss(
                DAY_0,
                new LossRow(
                        product,
                        Posture.CONFLICT,
                        kind,
                        lossId,
                        0.18,
                        achievableAfter / 100_000,
                        18_000.0,
                        achievableAfter,
                        100_000 - achievableAfter,
                        ConstraintKind.MATERIAL,
                        "powder",
                        "Why then, in words."),
                true,
                stamp);
    }

    static SurgeRow lossesWhole(int tried, RowStamp stamp) {
        return lossesWhole(tried, stamp.watermarkMs(), stamp);
    }

    static SurgeRow lossesWhole(int tried, long triedUpToMs, RowStamp stamp) {
        return new SurgeRow.LossesWhole(DAY_0, tried, triedUpToMs, true, stamp);
    }

    static SurgeRow snapshot(String json, RowStamp stamp) {
        return new SurgeRow.Snapshot(DAY_0, json, false, stamp);
    }

    static SurgeRow constraint(String line, LineConstraint constraint, @Nullable Double unitsPerMonth, RowStamp stamp) {
        return new SurgeRow.Constraint(
                DAY_0, new ConstraintRow(line, Posture.CRISIS, constraint, unitsPerMonth), false, stamp);
    }

    /** A stock of 5,000. */
    static SurgeRow cover(
            String material,
            String plant,
            @Nullable Double dailyDraw,
            @Nullable Boolean singleSource,
            @Nullable Integer leadTimeDays,
            RowStamp stamp) {
        return new SurgeRow.Cover(
                DAY_0,
                new CoverRow(
                        plant,
                        material,
                        Posture.CRISIS,
                        dailyDraw == null || dailyDraw == 0 ? null : 5_000 / dailyDraw,
                        5_000,
                        dailyDraw,
                        singleSource,
                        singleSource == null ? null : "Parent",
                        singleSource == null ? null : singleSource ? 0.95 : 0.5),
                leadTimeDays,
                false,
                stamp);
    }

    static SurgeRow criticality(String parent, String product, double readinessWithout, RowStamp stamp) {
        return new SurgeRow.Criticality(
                DAY_0,
                new CriticalityRow(parent, product, Posture.CRISIS, readinessWithout, 1 - readinessWithout),
                false,
                stamp);
    }

    static SurgeRow whole(RowStamp stamp) {
        return whole(DAY_0, stamp);
    }

    static SurgeRow whole(long asOf, RowStamp stamp) {
        return new SurgeRow.Whole(asOf, false, stamp);
    }
}
