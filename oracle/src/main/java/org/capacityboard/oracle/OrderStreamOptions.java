package org.capacityboard.oracle;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Size and kind of a seeded stream of orders.
 *
 * @param maxOrders the seed draws 5 to this many orders, 5 at least
 * @param weeks how long orders come in
 * @param horizon correction horizon, at least 6 hours; null: drawn from the seed, 6 to 96 h
 * @param oldOrders orders that came more than a year before all others
 * @param rubbishShare share of records that must be refused, 0..1
 */
public record OrderStreamOptions(
        int maxOrders, int weeks, @Nullable Duration horizon, int oldOrders, double rubbishShare) {
    /** What tests use unless they say otherwise. */
    public static final OrderStreamOptions DEFAULT = new OrderStreamOptions(40, 20, null, 0, 0.02);

    private static final Duration LEAST_HORIZON = Duration.ofHours(6);

    public OrderStreamOptions {
        if (horizon != null && horizon.compareTo(LEAST_HORIZON) < 0) {
            throw new IllegalArgumentException("horizon is " + horizon + ", must be at least " + LEAST_HORIZON);
        }
    }

    public OrderStreamOptions withOldOrders(int oldOrders) {
        return new OrderStreamOptions(maxOrders, weeks, horizon, oldOrders, rubbishShare);
    }

    public OrderStreamOptions withHorizon(Duration horizon) {
        return new OrderStreamOptions(maxOrders, weeks, horizon, oldOrders, rubbishShare);
    }

    public OrderStreamOptions withMaxOrders(int maxOrders) {
        return new OrderStreamOptions(maxOrders, weeks, horizon, oldOrders, rubbishShare);
    }
}
