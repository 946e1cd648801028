package org.capacityboard.flink.jobs;

import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.apache.flink.api.common.functions.FilterFunction;
import org.capacityboard.domain.throughput.CurrentState;
import org.capacityboard.flink.rows.ThroughputRow;

/**
 * Lets a line's current state through when it says something new, and once a minute of event time in between. Stands in one chain with the timelines, so a
 * line is always met by the same copy. What it remembers is lost with the job; then each state is sent once more, which readers expect.
 */
final class StatusChanges implements FilterFunction<ThroughputRow> {
    private static final long serialVersionUID = 1L;
    private static final long REPEAT_AFTER_MS = 60_000;

    private final Map<String, ThroughputRow.Current> sent = new HashMap<>();

    @Override
    public boolean filter(ThroughputRow row) {
        if (!(row instanceof ThroughputRow.Current now)) {
            return false;
        }
        ThroughputRow.Current before = sent.get(now.lineId());
        if (before != null && saysTheSame(before.state(), now.state()) && !isDue(before, now)) {
            return false;
        }
        sent.put(now.lineId(), now);
        return true;
    }

    private static boolean saysTheSame(CurrentState before, CurrentState now) {
        return before.state() == now.state()
                && before.sinceMs() == now.sinceMs()
                && before.plannedNow() == now.plannedNow()
                && Objects.equals(before.reasonCode(), now.reasonCode())
                && Objects.equals(before.productId(), now.productId());
    }

    private static boolean isDue(ThroughputRow.Current before, ThroughputRow.Current now) {
        return now.stamp().watermarkMs() - before.stamp().watermarkMs() >= REPEAT_AFTER_MS;
    }
}
