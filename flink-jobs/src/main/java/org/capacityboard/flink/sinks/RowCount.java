package org.capacityboard.flink.sinks;

import java.util.HashMap;
import java.util.Map;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;
import org.capacityboard.process.meters.MeterTag;
import org.capacityboard.process.meters.Meters;

/** Counts the rows that each table took. */
final class RowCount {
    private final MetricGroup metrics;
    private final Map<String, Counter> counters = new HashMap<>();

    RowCount(MetricGroup metrics) {
        this.metrics = metrics;
    }

    void add(String table, int rows) {
        counters.computeIfAbsent(table, name -> metrics.addGroup(MeterTag.TABLE.key(), name)
                        .counter(Meters.ROWS_WRITTEN.meterName()))
                .inc(rows);
    }
}
