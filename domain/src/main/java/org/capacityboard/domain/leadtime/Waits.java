package org.capacityboard.domain.leadtime;

/** What an order's wait is an observation of. */
final class Waits {
    private Waits() {}

    /** Waiting time at which the order came under observation, ms: only then was it known. */
    static long entryMs(OrderStanding order) {
        return Math.max(0, order.knownAtMs() - order.confirmedAtMs());
    }

    /** Observations of an order with each basis; those with {@code timeMs <= entryMs} are handed over too. */
    static void of(OrderStanding order, long instantMs, long entryMs, DroppedOrders.Taker taker) {
        long confirmedAtMs = order.confirmedAtMs();
        boolean isCancelled = order.state() == OrderState.CANCELLED;
        long waitedMs = (isCancelled ? order.cancelledAtMs() : instantMs) - confirmedAtMs;
        Ending waits = isCancelled ? Ending.CANCELLED : Ending.CENSORED;
        if (order.state() == OrderState.COMPLETED) {
            taker.take(Basis.LAST_UNIT, entryMs, order.completedAtMs() - confirmedAtMs, Ending.EVENT, 1);
        } else {
            taker.take(Basis.LAST_UNIT, entryMs, waitedMs, waits, 1);
        }
        if (order.firstAcceptedAtMs() != OrderStanding.NEVER) {
            taker.take(Basis.FIRST_UNIT, entryMs, order.firstAcceptedAtMs() - confirmedAtMs, Ending.EVENT, 1);
        } else {
            taker.take(Basis.FIRST_UNIT, entryMs, waitedMs, waits, 1);
        }
        long missing = order.orderedUnits();
        for (int i = 0; i < order.acceptedAtMs().length; i++) {
            long units = order.acceptedUnits()[i];
            taker.take(Basis.PER_UNIT, entryMs, order.acceptedAtMs()[i] - confirmedAtMs, Ending.EVENT, units);
            missing -= units;
        }
        if (missing > 0) {
            taker.take(Basis.PER_UNIT, entryMs, waitedMs, waits, missing);
        }
    }
}
