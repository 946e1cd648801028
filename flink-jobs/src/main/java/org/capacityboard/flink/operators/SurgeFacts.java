package org.capacityboard.flink.operators;

import java.time.Duration;
import org.apache.flink.api.common.functions.FlatMapFunction;
import org.apache.flink.util.Collector;
import org.capacityboard.domain.throughput.Fact;
import org.capacityboard.flink.rows.FactWindow;
import org.capacityboard.flink.rows.ThroughputRow;

/** Takes from throughput rows what was made on each day, and in which hour each line was last heard of. */
final class SurgeFacts implements FlatMapFunction<ThroughputRow, SurgeInput> {
    private static final long serialVersionUID = 1L;
    private static final long HOUR_MS = Duration.ofHours(1).toMillis();

    @Override
    public void flatMap(ThroughputRow row, Collector<SurgeInput> out) {
        // A row covers all before its watermark, so it is there when that watermark comes.
        long readAtWatermarkMs = Math.max(Long.MIN_VALUE + 1, row.stamp().watermarkMs()) - 1;
        if (row instanceof ThroughputRow.Facts facts) {
            take(facts, readAtWatermarkMs, out);
        }
    }

    static void take(ThroughputRow.Facts facts, long readAtWatermarkMs, Collector<SurgeInput> out) {
        long[] values = facts.facts();
        if (facts.window() == FactWindow.DAY) {
            out.collect(new SurgeInput.Output(
                    facts.lineId(),
                    facts.productId(),
                    facts.windowStart(),
                    values[Fact.GOOD_UNITS.ordinal()],
                    values[Fact.SCRAP_UNITS.ordinal()],
                    facts.stamp(),
                    readAtWatermarkMs));
        } else if (facts.window() == FactWindow.HOUR && values[Fact.REPORTS.ordinal()] > 0) {
            out.collect(new SurgeInput.Heard(facts.lineId(), facts.windowStart() + HOUR_MS - 1, readAtWatermarkMs));
        }
    }
}
