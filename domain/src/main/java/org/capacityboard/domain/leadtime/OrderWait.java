package org.capacityboard.domain.leadtime;

import java.util.Arrays;

/** How long an order waited, as of an instant: what its observations are made of. One object serves many orders, one after the other. */
final class OrderWait {
    OrderState state = OrderState.OPEN;
    long confirmedAtMs;
    /** Waiting time at which the order came under observation, ms: only then was it known. */
    long entryMs;
    /** Units that were not accepted, and how long they waited until the instant or the cancellation, ms. */
    long missingUnits;

    long missingMs;
    /** How many acceptances there are; of each the waiting time, ms, and the units. */
    int steps;

    long[] stepMs = new long[4];
    long[] stepUnits = new long[4];

    /** An order as it stood at an instant. */
    void set(OrderStanding order, long instantMs) {
        state = order.state();
        confirmedAtMs = order.confirmedAtMs();
        entryMs = Math.max(0, order.knownAtMs() - confirmedAtMs);
        missingMs = (state == OrderState.CANCELLED ? order.cancelledAtMs() : instantMs) - confirmedAtMs;
        missingUnits = order.orderedUnits();
        long[] acceptedAtMs = order.acceptedAtMs();
        long[] acceptedUnits = order.acceptedUnits();
        ensureSteps(acceptedAtMs.length);
        for (int i = 0; i < steps; i++) {
            stepMs[i] = acceptedAtMs[i] - confirmedAtMs;
            stepUnits[i] = acceptedUnits[i];
            missingUnits -= stepUnits[i];
        }
    }

    void ensureSteps(int count) {
        steps = count;
        if (count > stepMs.length) {
            stepMs = Arrays.copyOf(stepMs, 2 * count);
            stepUnits = Arrays.copyOf(stepUnits, 2 * count);
        }
    }

    /** Whether what a basis waits for happened. */
    boolean isReached(Basis basis) {
        return state == OrderState.COMPLETED || basis == Basis.FIRST_UNIT && steps > 0;
    }

    /** Units accepted from an instant until before another. */
    long unitsAccepted(long fromMs, long toMs) {
        long units = 0;
        for (int i = 0; i < steps; i++) {
            long atMs = confirmedAtMs + stepMs[i];
            units += atMs >= fromMs && atMs < toMs ? stepUnits[i] : 0;
        }
        return units;
    }

    /** The observations with each basis; those that ended by {@code enterMs} are handed over too. */
    void observe(long enterMs, Taker taker) {
        Ending waits = state == OrderState.CANCELLED ? Ending.CANCELLED : Ending.CENSORED;
        if (state == OrderState.COMPLETED) {
            taker.take(Basis.LAST_UNIT, enterMs, stepMs[steps - 1], Ending.EVENT, 1);
        } else {
            taker.take(Basis.LAST_UNIT, enterMs, missingMs, waits, 1);
        }
        if (steps > 0) {
            taker.take(Basis.FIRST_UNIT, enterMs, stepMs[0], Ending.EVENT, 1);
        } else {
            taker.take(Basis.FIRST_UNIT, enterMs, missingMs, waits, 1);
        }
        for (int i = 0; i < steps; i++) {
            taker.take(Basis.PER_UNIT, enterMs, stepMs[i], Ending.EVENT, stepUnits[i]);
        }
        if (missingUnits > 0) {
            taker.take(Basis.PER_UNIT, enterMs, missingMs, waits, missingUnits);
        }
    }

    /** Takes an observation. */
    interface Taker {
        void take(Basis basis, long entryMs, long timeMs, Ending ending, long weight);
    }
}
