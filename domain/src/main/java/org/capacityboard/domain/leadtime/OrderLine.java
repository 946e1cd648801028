package org.capacityboard.domain.leadtime;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An order of the book, with what follows from its records alone. */
final class OrderLine {
    private static final OrderGroup[] NOWHERE = {};

    OrderHistory history;
    /** The queue it stands in; null until it is placed. */
    @Nullable
    PlantQueue queue;

    @Nullable
    DuePromise due;
    /** Whether {@link #due} is in the rows of its week. */
    boolean isCounted;
    /** Whether its status is still to be written. */
    boolean isChanged;
    /** Whether its status was written as final. */
    boolean isFinal;

    boolean isDropped;
    /** Whether its groups hold it packed. */
    boolean isPacked;
    /** Watermark at which something is due to it; {@link OrderStanding#NEVER}: nothing is. */
    long deadlineMs = OrderStanding.NEVER;

    @Nullable
    AsOf pastSeenBy;

    @Nullable
    Placement past;

    private @Nullable Placement now;
    /** All groups in which it ever stood, and since when if that differs. */
    private OrderGroup[] groups = NOWHERE;

    private long @Nullable [] groupsSinceMs;
    private long knownSinceMs = OrderStanding.NEVER;
    private long lastEventMs = Long.MIN_VALUE;
    private long firstOutputMs = OrderStanding.NEVER;

    OrderLine(OrderHistory history) {
        this.history = history;
    }

    /** Works out where it stands, and stood. */
    void place(OrderReference reference, OrderGroups registry) {
        now = Placement.of(history.standing(), reference, registry);
        lastEventMs = history.lastEventMs();
        firstOutputMs = history.firstOutputMs();
        due = DuePromise.of(history, reference, registry);
        List<OrderHistory.Reign> reigns = history.reigns();
        knownSinceMs = reigns.get(0).sinceMs();
        groups = registry.of(reigns.get(0).highest());
        groupsSinceMs = null;
        for (int i = 1; i < reigns.size(); i++) {
            OrderGroup[] others = registry.of(reigns.get(i).highest());
            if (others != groups) {
                for (OrderGroup other : others) {
                    addGroup(other, reigns.get(i).sinceMs());
                }
            }
        }
    }

    private void addGroup(OrderGroup group, long sinceMs) {
        if (!standsIn(group)) {
            long[] since = groupsSinceMs;
            if (since == null) {
                since = new long[groups.length];
                Arrays.fill(since, knownSinceMs);
            }
            groups = Arrays.copyOf(groups, groups.length + 1);
            since = Arrays.copyOf(since, groups.length);
            groups[groups.length - 1] = group;
            since[groups.length - 1] = sinceMs;
            groupsSinceMs = since;
        }
    }

    Placement now() {
        Placement placed = now;
        if (placed == null) {
            throw new IllegalStateException("Order " + history.orderId() + " is not placed yet");
        }
        return placed;
    }

    OrderStanding standing() {
        return now().standing();
    }

    /** All groups in which it ever stood. */
    OrderGroup[] groups() {
        return groups;
    }

    /** Whether it ever stood in a group. */
    boolean standsIn(OrderGroup group) {
        for (OrderGroup one : groups) {
            if (one == group) {
                return true;
            }
        }
        return false;
    }

    /** First instant after which it stood in a group; {@link OrderStanding#NEVER} if it never did. */
    long sinceMs(OrderGroup group) {
        long[] since = groupsSinceMs;
        for (int i = 0; i < groups.length; i++) {
            if (groups[i] == group) {
                return since == null ? knownSinceMs : since[i];
            }
        }
        return OrderStanding.NEVER;
    }

    /** First instant after which it was known. */
    long knownSinceMs() {
        return knownSinceMs;
    }

    /** Event time of its newest record. */
    long lastEventMs() {
        return lastEventMs;
    }

    /** When its first unit was accepted, whatever its state then; {@link OrderStanding#NEVER} if none was. */
    long firstOutputMs() {
        return firstOutputMs;
    }

    long outputUnits(long fromMs, long toMs) {
        return lastEventMs < fromMs || firstOutputMs >= toMs ? 0 : history.outputUnits(fromMs, toMs);
    }

    boolean isOpen() {
        return standing().state() == OrderState.OPEN;
    }

    /** When it was completed or cancelled; {@link OrderStanding#NEVER} while it is open. */
    long endMs() {
        OrderStanding standing = standing();
        return Math.min(standing.completedAtMs(), standing.cancelledAtMs());
    }
}
