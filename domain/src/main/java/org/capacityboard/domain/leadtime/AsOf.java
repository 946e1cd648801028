package org.capacityboard.domain.leadtime;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Looks at orders from one instant. Remembers what it saw of orders that went on since, until it is closed. */
final class AsOf implements AutoCloseable {
    private final long instantMs;
    private final OrderReference reference;
    private final OrderGroups groups;
    private final List<OrderLine> seen = new ArrayList<>();

    AsOf(long instantMs, OrderReference reference, OrderGroups groups) {
        this.instantMs = instantMs;
        this.reference = reference;
        this.groups = groups;
    }

    long instantMs() {
        return instantMs;
    }

    /** How an order stood then; null if it was not known. */
    @Nullable
    Placement of(OrderLine line) {
        if (line.lastEventMs() < instantMs) {
            return line.now();
        }
        if (line.knownSinceMs() >= instantMs) {
            return null;
        }
        if (line.pastSeenBy != this) {
            OrderStanding then = line.history.standingAt(instantMs);
            line.past = then == null ? null : Placement.of(then, reference, groups);
            line.pastSeenBy = this;
            seen.add(line);
        }
        return line.past;
    }

    @Override
    public void close() {
        for (OrderLine line : seen) {
            if (line.pastSeenBy == this) {
                line.past = null;
                line.pastSeenBy = null;
            }
        }
    }
}
