package org.capacityboard.oracle;

import java.util.HashMap;
import java.util.Map;

/**
 * Recomputes the figures of the Board from all events at once: sort, walk once, add up.
 *
 * <p>It is slow and plain on purpose. It shares no code with the streaming computation, so a mistake has to be made twice
 * to stay unseen.
 */
public final class Oracle {
    private Oracle() {}

    /** Facts of every line per minute, hour and production day, and its lost time per production day. */
    public static OracleRows throughput(OracleInput input) {
        Intake intake = new Intake(input);
        Map<OracleKey, OracleRow> rows = new HashMap<>();
        intake.lines.forEach((lineId, line) -> new LineWalk(
                        lineId,
                        line,
                        intake.plants,
                        input.until().toEpochMilli(),
                        input.until().minus(input.horizon()).toEpochMilli())
                .rowsInto(rows));
        return new OracleRows(rows);
    }

    /** Lead times of all groups of orders, what they wait for, what came on time, and where each order stands. */
    public static LeadTimeRows leadTimes(OracleInput input) {
        return new OrderWalk(input).rows();
    }

    /**
     * Surge readiness of every UTC day from the first watermark on, and of the last one so far. A closed day rests on what had come in
     * before the watermark passed its end.
     */
    public static SurgeRows surge(OracleInput input) {
        SurgeRows rows = new SurgeRows();
        new SurgeDays(input).worlds().forEach(world -> new SurgeSums(world, rows).addRows());
        return rows;
    }
}
