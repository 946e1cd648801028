package org.capacityboard.domain.throughput;

import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Keeps the last row written of every key, as a table does. */
final class RowBook implements RowSink {
    final Map<String, String> rows = new TreeMap<>();
    final Map<String, long[]> days = new TreeMap<>();
    final Map<String, long[]> minutes = new TreeMap<>();
    final Map<String, Boolean> finals = new TreeMap<>();

    @Nullable
    CurrentState current;

    int written;
    int changedAfterFinal;

    @Override
    public void minute(String productId, long windowStartMs, long[] facts, boolean isFinal) {
        minutes.put(productId + " " + windowStartMs, facts);
        put("minute " + productId + " " + windowStartMs, facts, isFinal);
    }

    @Override
    public void hour(String productId, long windowStartMs, long[] facts, boolean isFinal) {
        put("hour " + productId + " " + windowStartMs, facts, isFinal);
    }

    @Override
    public void day(String productId, long productionDay, long[] facts, boolean isFinal) {
        days.put(productId + " " + productionDay, facts);
        put("day " + productId + " " + productionDay, facts, isFinal);
    }

    @Override
    public void loss(long productionDay, LossCategory category, String reasonCode, long lostMs, boolean isFinal) {
        put("loss " + productionDay + " " + category + " " + reasonCode, new long[] {lostMs}, isFinal);
    }

    @Override
    public void current(CurrentState state) {
        current = state;
    }

    private void put(String key, long[] facts, boolean isFinal) {
        written++;
        if (Boolean.TRUE.equals(finals.put(key, isFinal))
                && !Arrays.toString(facts).equals(rows.get(key))) {
            changedAfterFinal++;
        }
        rows.put(key, Arrays.toString(facts));
    }

    /** Rows that hold something, without the facts that depend on how a report arrived. */
    Map<String, String> comparable() {
        Map<String, String> comparable = new TreeMap<>();
        rows.forEach((key, row) -> {
            long[] facts = Arrays.stream(row.substring(1, row.length() - 1).split(", "))
                    .mapToLong(Long::parseLong)
                    .toArray();
            if (facts.length == Fact.COUNT) {
                facts[Fact.DUPLICATES.ordinal()] = 0;
                facts[Fact.LATE_REPORTS.ordinal()] = 0;
            }
            if (Arrays.stream(facts).anyMatch(fact -> fact != 0)) {
                comparable.put(key, Arrays.toString(facts));
            }
        });
        return comparable;
    }

    /** All facts of all days. */
    long[] total() {
        long[] total = new long[Fact.COUNT];
        for (long[] facts : days.values()) {
            total = Effectiveness.sum(total, facts);
        }
        return total;
    }
}
