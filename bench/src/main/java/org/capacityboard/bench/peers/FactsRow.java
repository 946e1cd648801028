package org.capacityboard.bench.peers;

import org.capacityboard.domain.throughput.Fact;

/** Facts of a line and product in a window, in the form that Flink asks of a POJO. */
public final class FactsRow {
    public String lineId = "";
    public String productId = "";
    /** Start of the first window that it was summed from, ms since 1970. */
    public long windowStartMs;

    public long[] facts = new long[Fact.COUNT];

    public FactsRow() {}

    FactsRow(String lineId, String productId, long windowStartMs, long[] facts) {
        this.lineId = lineId;
        this.productId = productId;
        this.windowStartMs = windowStartMs;
        this.facts = facts;
    }

    /** The sum of two rows of one line and product. */
    FactsRow plus(FactsRow other) {
        long[] sum = facts.clone();
        for (int i = 0; i < sum.length; i++) {
            sum[i] += other.facts[i];
        }
        return new FactsRow(lineId, productId, Math.min(windowStartMs, other.windowStartMs), sum);
    }
}
