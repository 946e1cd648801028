package org.capacityboard.domain.leadtime;

import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/** Which order is due next to something, by watermark. */
final class Deadlines {
    private final PriorityQueue<Deadline> queue = new PriorityQueue<>();

    /** Sets or moves an order's deadline; {@link OrderStanding#NEVER}: it has none. */
    void set(OrderLine line, long atMs) {
        if (line.deadlineMs != atMs) {
            line.deadlineMs = atMs;
            if (atMs != OrderStanding.NEVER) {
                queue.add(new Deadline(atMs, line));
            }
        }
    }

    /** Takes an order whose deadline has come; null if there is none. */
    @Nullable
    OrderLine take(long watermarkMs) {
        while (true) {
            Deadline next = queue.peek();
            if (next == null || next.atMs > watermarkMs) {
                return null;
            }
            queue.remove();
            if (next.line.deadlineMs == next.atMs) {
                next.line.deadlineMs = OrderStanding.NEVER;
                return next.line;
            }
        }
    }

    private record Deadline(long atMs, OrderLine line) implements Comparable<Deadline> {
        @Override
        public int compareTo(Deadline other) {
            return Long.compare(atMs, other.atMs);
        }
    }
}
