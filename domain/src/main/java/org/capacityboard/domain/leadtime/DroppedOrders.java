package org.capacityboard.domain.leadtime;

import java.util.Arrays;
import java.util.List;

/**
 * Observations of orders that ended long ago, as equal ones counted together. Unchangeable.
 *
 * <p>Ids are not kept: an order that is confirmed anew after it was dropped counts a second time.
 */
public final class DroppedOrders {
    /** No order was dropped. */
    public static final DroppedOrders NONE = new DroppedOrders(new long[0]);

    private static final int FIRST_KNOWN = 0;
    private static final int COMPLETED = 1;
    private static final int CANCELLED = 2;
    private static final int WITH_A_UNIT = 3;
    private static final int HEAD = 4;

    private static final Basis[] BASES = Basis.values();
    private static final Ending[] ENDINGS = Ending.values();

    /**
     * Since when the group was known by them, how many were completed, cancelled, and had a unit accepted; then observations in ascending order. Each is a
     * number (waiting time in ms x 16 + basis x 4 + ending) x 4, + 1 if its entry in ms follows, + 2 if its weight follows; else these are 0 and 1.
     */
    private final long[] numbers;

    private DroppedOrders(long[] numbers) {
        this.numbers = numbers;
    }

    /** As {@link #numbers} gave them. */
    public static DroppedOrders of(long[] numbers) {
        return numbers.length == 0 ? NONE : new DroppedOrders(numbers.clone());
    }

    /** All of it, to be stored. */
    public long[] numbers() {
        return numbers.clone();
    }

    boolean isEmpty() {
        return numbers.length == 0;
    }

    /** First instant at which one of them stood in the group; {@link OrderStanding#NEVER} if there are none. */
    long firstKnownAtMs() {
        return isEmpty() ? OrderStanding.NEVER : numbers[FIRST_KNOWN];
    }

    long completed(Basis basis) {
        if (isEmpty()) {
            return 0;
        }
        return basis == Basis.FIRST_UNIT ? numbers[WITH_A_UNIT] : numbers[COMPLETED];
    }

    long cancelled(Basis basis) {
        return isEmpty() ? 0 : numbers[COMPLETED] + numbers[CANCELLED] - completed(basis);
    }

    void forEach(OrderWait.Taker taker) {
        for (int at = HEAD; at < numbers.length; ) {
            long code = numbers[at++];
            long entryMs = (code & 1) == 0 ? 0 : numbers[at++];
            long weight = (code & 2) == 0 ? 1 : numbers[at++];
            taker.take(BASES[(int) (code >> 4 & 3)], entryMs, code >> 6, ENDINGS[(int) (code >> 2 & 3)], weight);
        }
    }

    /** With orders more. */
    DroppedOrders with(List<OrderStanding> ended, long firstKnownAtMs) {
        Gathering gathering = new Gathering();
        OrderWait wait = new OrderWait();
        long completed = completed(Basis.LAST_UNIT);
        long cancelled = cancelled(Basis.LAST_UNIT);
        long withAUnit = completed(Basis.FIRST_UNIT);
        for (OrderStanding order : ended) {
            if (order.state() == OrderState.COMPLETED) {
                completed++;
            } else {
                cancelled++;
            }
            if (order.firstAcceptedAtMs() != OrderStanding.NEVER) {
                withAUnit++;
            }
            wait.set(order, OrderStanding.NEVER);
            wait.observe(wait.entryMs, gathering);
        }
        long[] head = {Math.min(firstKnownAtMs(), firstKnownAtMs), completed, cancelled, withAUnit};
        return new DroppedOrders(gathering.mergedWith(this, head));
    }

    /** Observations to be added, by code and entry. */
    private static final class Gathering implements OrderWait.Taker {
        private long[][] gathered = new long[16][];
        private int size;
        private long[] merged = {};
        private int mergedSize;
        private int next;
        private long openCode = -1;
        private long openEntryMs;
        private long openWeight;

        @Override
        public void take(Basis basis, long entryMs, long timeMs, Ending ending, long weight) {
            if (timeMs > entryMs) {
                if (size == gathered.length) {
                    gathered = Arrays.copyOf(gathered, 2 * size);
                }
                gathered[size++] = new long[] {code(basis, timeMs, ending), entryMs, weight};
            }
        }

        private static long code(Basis basis, long timeMs, Ending ending) {
            return timeMs << 4 | (long) basis.ordinal() << 2 | ending.ordinal();
        }

        long[] mergedWith(DroppedOrders there, long[] head) {
            Arrays.sort(gathered, 0, size, (a, b) -> compare(a[0], a[1], b[0], b[1]));
            merged = Arrays.copyOf(head, Math.max(HEAD, there.numbers.length) + 3 * size);
            mergedSize = HEAD;
            there.forEach((basis, entryMs, timeMs, ending, weight) -> {
                long code = code(basis, timeMs, ending);
                while (next < size && compare(gathered[next][0], gathered[next][1], code, entryMs) < 0) {
                    put(gathered[next][0], gathered[next][1], gathered[next][2]);
                    next++;
                }
                put(code, entryMs, weight);
            });
            for (; next < size; next++) {
                put(gathered[next][0], gathered[next][1], gathered[next][2]);
            }
            close();
            return Arrays.copyOf(merged, mergedSize);
        }

        private static int compare(long code, long entryMs, long otherCode, long otherEntryMs) {
            return code == otherCode ? Long.compare(entryMs, otherEntryMs) : Long.compare(code, otherCode);
        }

        private void put(long code, long entryMs, long weight) {
            if (code == openCode && entryMs == openEntryMs) {
                openWeight += weight;
            } else {
                close();
                openCode = code;
                openEntryMs = entryMs;
                openWeight = weight;
            }
        }

        private void close() {
            if (openCode >= 0) {
                merged[mergedSize++] = openCode << 2 | (openEntryMs == 0 ? 0 : 1) | (openWeight == 1 ? 0 : 2);
                if (openEntryMs != 0) {
                    merged[mergedSize++] = openEntryMs;
                }
                if (openWeight != 1) {
                    merged[mergedSize++] = openWeight;
                }
            }
        }
    }
}
