package org.capacityboard.domain.surge;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How far a node lets a product go.
 *
 * @param suppliedPerMonth units of the node a month
 * @param drawnPerMonth units of the node a month that all requirements draw
 * @param share supplied over drawn
 */
record Limit(Node node, double suppliedPerMonth, double drawnPerMonth, double share) {

    /** The tightest but for one; at equal shares the first. */
    static @Nullable Limit tightest(List<Limit> limits, @Nullable Limit except) {
        double least = Double.POSITIVE_INFINITY;
        for (Limit limit : limits) {
            if (limit != except) {
                least = Math.min(least, limit.share());
            }
        }
        for (Limit limit : limits) {
            if (limit != except && Supplies.isNoMore(limit.share(), least)) {
                return limit;
            }
        }
        return null;
    }
}
