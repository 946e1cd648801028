package org.capacityboard.domain.throughput;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.capacityboard.domain.reference.ShiftPlanVersion;
import org.capacityboard.domain.reference.ShiftPlanVersion.Break;

/** Planned time of a line after its shift plans: disjoint intervals [start, end) in ascending order. Derived, never stored. */
final class PlannedTime {
    private final long[] starts;
    private final long[] ends;

    private PlannedTime(long[] starts, long[] ends) {
        this.starts = starts;
        this.ends = ends;
    }

    static PlannedTime of(List<Acting<ShiftPlanVersion>> plans) {
        Map<String, List<Acting<ShiftPlanVersion>>> byPlan = new LinkedHashMap<>();
        for (Acting<ShiftPlanVersion> plan : plans) {
            byPlan.computeIfAbsent(plan.version().planId(), id -> new ArrayList<>())
                    .add(plan);
        }
        List<long[]> intervals = new ArrayList<>();
        for (List<Acting<ShiftPlanVersion>> versions : byPlan.values()) {
            long[] bounds = versions.stream()
                    .mapToLong(Acting::actsFromMs)
                    .sorted()
                    .distinct()
                    .toArray();
            for (int i = 0; i < bounds.length; i++) {
                ShiftPlanVersion plan = Acting.at(versions, bounds[i]);
                if (plan != null && !plan.cancelled()) {
                    addWorkingTime(plan, bounds[i], i + 1 < bounds.length ? bounds[i + 1] : Long.MAX_VALUE, intervals);
                }
            }
        }
        intervals.sort(Comparator.comparingLong(interval -> interval[0]));
        return merged(intervals);
    }

    private static void addWorkingTime(ShiftPlanVersion plan, long fromMs, long toMs, List<long[]> intervals) {
        List<Break> breaks = new ArrayList<>(plan.breaks());
        breaks.sort(Comparator.comparingLong(Break::startMs));
        long workFrom = Math.max(plan.startMs(), fromMs);
        long end = Math.min(plan.endMs(), toMs);
        for (Break pause : breaks) {
            if (pause.startMs() < pause.endMs()) {
                add(workFrom, Math.min(pause.startMs(), end), intervals);
                workFrom = Math.max(workFrom, pause.endMs());
            }
        }
        add(workFrom, end, intervals);
    }

    private static void add(long start, long end, List<long[]> intervals) {
        if (start < end) {
            intervals.add(new long[] {start, end});
        }
    }

    private static PlannedTime merged(List<long[]> intervals) {
        List<long[]> merged = new ArrayList<>();
        for (long[] interval : intervals) {
            long[] last = merged.isEmpty() ? null : merged.get(merged.size() - 1);
            if (last != null && interval[0] <= last[1]) {
                last[1] = Math.max(last[1], interval[1]);
            } else {
                merged.add(interval);
            }
        }
        return new PlannedTime(
                merged.stream().mapToLong(interval -> interval[0]).toArray(),
                merged.stream().mapToLong(interval -> interval[1]).toArray());
    }

    int size() {
        return starts.length;
    }

    long start(int i) {
        return starts[i];
    }

    long end(int i) {
        return ends[i];
    }

    /** Index of the first interval that ends after an instant; {@link #size()} if none does. */
    int indexAfter(long ms) {
        int low = 0;
        int high = ends.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (ends[middle] > ms) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return low;
    }

    boolean contains(long ms) {
        int i = indexAfter(ms);
        return i < starts.length && starts[i] <= ms;
    }

    long msIn(long from, long to) {
        long sum = 0;
        for (int i = indexAfter(from); i < starts.length && starts[i] < to; i++) {
            sum += Math.min(ends[i], to) - Math.max(starts[i], from);
        }
        return sum;
    }

    /** First planned instant at or after an instant; {@code Long.MAX_VALUE} if there is none. */
    long nextFrom(long ms) {
        int i = indexAfter(ms);
        return i == starts.length ? Long.MAX_VALUE : Math.max(starts[i], ms);
    }
}
