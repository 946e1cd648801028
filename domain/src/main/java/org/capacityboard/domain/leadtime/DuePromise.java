package org.capacityboard.domain.leadtime;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An order line that falls due, as it stands right then.
 *
 * <p>It falls due at the first instant at which, by what happened before, the production day of its first promise ends. Nothing that happens later changes
 * that; an order nobody knew by the end of that day has no line due.
 *
 * @param atMs end of the day
 * @param monday of that day's week, an epoch day
 * @param groups by kind
 * @param unitsOnTime accepted by then, at most what was ordered
 */
record DuePromise(long atMs, long monday, OrderGroup[] groups, long units, long unitsOnTime) {
    /** Null if the line does not fall due, or was cancelled before. */
    static @Nullable DuePromise of(OrderHistory history, OrderReference reference, OrderGroups groups) {
        List<OrderHistory.Reign> reigns = history.reigns();
        for (int i = 0; i < reigns.size(); i++) {
            OrderHistory.Reign reign = reigns.get(i);
            String plantId = reign.highest().plantId();
            long promisedAtMs = reign.lowest().promisedAtMs();
            long endMs = reference.dueEndMs(plantId, promisedAtMs);
            boolean falls = endMs > reign.sinceMs()
                    && (i + 1 == reigns.size() || endMs <= reigns.get(i + 1).sinceMs());
            OrderStanding then = falls ? history.standingAt(endMs) : null;
            if (then != null) {
                return then.state() == OrderState.CANCELLED
                        ? null
                        : of(then, endMs, reference.dueDay(plantId, promisedAtMs), groups);
            }
        }
        return null;
    }

    private static DuePromise of(OrderStanding then, long endMs, long day, OrderGroups groups) {
        long onTime = 0;
        for (long units : then.acceptedUnits()) {
            onTime += units;
        }
        return new DuePromise(endMs, UtcDays.monday(day), groups.of(then), then.orderedUnits(), onTime);
    }

    boolean isInFull() {
        return unitsOnTime == units;
    }

    /** Whether it counts the same. */
    boolean isLike(@Nullable DuePromise other) {
        return other != null
                && atMs == other.atMs
                && monday == other.monday
                && groups == other.groups
                && units == other.units
                && unitsOnTime == other.unitsOnTime;
    }
}
