package org.capacityboard.domain.leadtime;

import java.util.Arrays;
import java.util.List;

/**
 * Orders of a group that ended before all days that are still written: what they say no longer depends on the day, so it stands here side by side, to be read
 * quickly.
 *
 * <p>An order is a number (confirmedAt in ms x 2 ^ 16 + acceptances x 4 + flags); if flagged, waiting time at its entry; if cancelled, waiting time then and
 * missing units; and of each acceptance the waiting time in ms x 2 ^ 24 + units.
 */
final class PackedOrders {
    private static final int CANCELLED = 1;
    private static final int HAS_ENTRY = 2;
    private static final int STEPS_SHIFT = 2;
    private static final int MOST_STEPS = (1 << 14) - 1;
    private static final int CONFIRMED_SHIFT = 16;
    private static final long LATEST_CONFIRMED_MS = (1L << 46) - 1;
    private static final int UNITS_BITS = 24;
    private static final long MOST_UNITS = (1L << UNITS_BITS) - 1;
    private static final long LONGEST_WAIT_MS = (1L << 38) - 1;

    private OrderLine[] lines = {};
    private int[] offsets = {};
    private int count;
    private long[] numbers = {};
    private int length;

    /** Adds an order that ended; returns false if it is too odd to be packed. */
    boolean add(OrderLine line, OrderWait wait) {
        OrderStanding order = line.standing();
        wait.set(order, 0);
        if (!fits(order, wait)) {
            return false;
        }
        boolean isCancelled = wait.state == OrderState.CANCELLED;
        ensureRoom(4 + wait.steps);
        lines[count] = line;
        offsets[count++] = length;
        numbers[length++] = wait.confirmedAtMs << CONFIRMED_SHIFT
                | (long) wait.steps << STEPS_SHIFT
                | (isCancelled ? CANCELLED : 0)
                | (wait.entryMs == 0 ? 0 : HAS_ENTRY);
        if (wait.entryMs != 0) {
            numbers[length++] = wait.entryMs;
        }
        if (isCancelled) {
            numbers[length++] = wait.missingMs;
            numbers[length++] = wait.missingUnits;
        }
        for (int i = 0; i < wait.steps; i++) {
            numbers[length++] = wait.stepMs[i] << UNITS_BITS | wait.stepUnits[i];
        }
        return true;
    }

    private static boolean fits(OrderStanding order, OrderWait wait) {
        long output = 0;
        for (int i = 0; i < wait.steps; i++) {
            output += wait.stepUnits[i];
            if (wait.stepMs[i] < 0 || wait.stepMs[i] > LONGEST_WAIT_MS || wait.stepUnits[i] > MOST_UNITS) {
                return false;
            }
        }
        return wait.state != OrderState.OPEN
                && output == order.outputUnits()
                && wait.steps <= MOST_STEPS
                && wait.confirmedAtMs >= 0
                && wait.confirmedAtMs <= LATEST_CONFIRMED_MS;
    }

    private void ensureRoom(int more) {
        if (count == lines.length) {
            int room = Math.max(8, count + (count >> 2));
            lines = Arrays.copyOf(lines, room);
            offsets = Arrays.copyOf(offsets, room);
        }
        if (length + more > numbers.length) {
            numbers = Arrays.copyOf(numbers, length + more + (length >> 2));
        }
    }

    /** Tells of each order. */
    void forEach(OrderWait wait, Runnable look) {
        for (int at = 0; at < length; ) {
            long head = numbers[at++];
            boolean isCancelled = (head & CANCELLED) != 0;
            wait.confirmedAtMs = head >>> CONFIRMED_SHIFT;
            wait.state = isCancelled ? OrderState.CANCELLED : OrderState.COMPLETED;
            wait.entryMs = (head & HAS_ENTRY) == 0 ? 0 : numbers[at++];
            wait.missingMs = isCancelled ? numbers[at++] : 0;
            wait.missingUnits = isCancelled ? numbers[at++] : 0;
            wait.ensureSteps((int) (head >>> STEPS_SHIFT) & MOST_STEPS);
            for (int i = 0; i < wait.steps; i++) {
                wait.stepMs[i] = numbers[at] >>> UNITS_BITS;
                wait.stepUnits[i] = numbers[at++] & MOST_UNITS;
            }
            look.run();
        }
    }

    /** Removes the orders that are not packed any more. */
    void clearLeft() {
        int kept = 0;
        int keptLength = 0;
        for (int i = 0; i < count; i++) {
            int from = offsets[i];
            int to = i + 1 < count ? offsets[i + 1] : length;
            if (lines[i].isPacked) {
                System.arraycopy(numbers, from, numbers, keptLength, to - from);
                lines[kept] = lines[i];
                offsets[kept++] = keptLength;
                keptLength += to - from;
            }
        }
        Arrays.fill(lines, kept, count, null);
        count = kept;
        length = keptLength;
    }

    void addLinesTo(List<OrderLine> all) {
        for (int i = 0; i < count; i++) {
            if (lines[i].isPacked) {
                all.add(lines[i]);
            }
        }
    }
}
