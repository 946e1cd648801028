package org.capacityboard.flink.sinks;

import java.time.Instant;
import java.time.LocalDate;
import org.capacityboard.domain.throughput.CurrentState;
import org.capacityboard.domain.throughput.Fact;
import org.capacityboard.domain.throughput.LossCategory;
import org.capacityboard.domain.throughput.MachineState;
import org.capacityboard.flink.rows.FactWindow;
import org.capacityboard.flink.rows.RowStamp;
import org.capacityboard.flink.rows.ThroughputRow;

/** Rows of a line, in one line each. */
final class ThroughputRows {
    static final long T0 = Instant.parse("2026-11-20T10:00:00Z").toEpochMilli();
    static final long ONE_MINUTE = 60_000;
    static final long ONE_DAY = 86_400_000;
    static final long DAY_0 = LocalDate.of(2026, 11, 20).toEpochDay();

    private ThroughputRows() {}

    static RowStamp stamp(long version) {
        return new RowStamp(0, version, T0);
    }

    static ThroughputRow minute(String line, long start, long goodUnits, RowStamp stamp) {
        return facts(FactWindow.MINUTE, line, start, goodUnits, stamp);
    }

    static ThroughputRow facts(FactWindow window, String line, long start, long goodUnits, RowStamp stamp) {
        long[] facts = new long[Fact.COUNT];
        facts[Fact.GOOD_UNITS.ordinal()] = goodUnits;
        facts[Fact.REPORTS.ordinal()] = 6;
        return new ThroughputRow.Facts(window, line, "shell", start, facts, false, stamp);
    }

    static ThroughputRow loss(String line, String reason, long lostMs, RowStamp stamp) {
        return new ThroughputRow.Loss(line, DAY_0, LossCategory.DOWN, reason, lostMs, true, stamp);
    }

    static ThroughputRow producing(String line, RowStamp stamp) {
        return new ThroughputRow.Current(
                line, new CurrentState(MachineState.EXECUTE, T0, null, "shell", T0 + 5, true, 120, 60, 0.5), stamp);
    }

    static ThroughputRow neverHeardOf(String line, RowStamp stamp) {
        return new ThroughputRow.Current(
                line, new CurrentState(null, Long.MIN_VALUE, null, null, Long.MIN_VALUE, false, 0, 0, null), stamp);
    }
}
