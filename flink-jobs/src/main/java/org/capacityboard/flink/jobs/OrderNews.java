package org.capacityboard.flink.jobs;

import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.apache.flink.api.common.functions.FilterFunction;
import org.capacityboard.domain.leadtime.OrderStatus;
import org.capacityboard.flink.rows.LeadTimeRow;
import org.jspecify.annotations.Nullable;

/**
 * Lets an order's status through when it says something new. Stands in one chain with the order book, so it meets every order. What it remembers, until the
 * order's status is final, is lost with the job; then each status is sent once more, which readers expect.
 */
final class OrderNews implements FilterFunction<LeadTimeRow> {
    private static final long serialVersionUID = 1L;

    /** What was last said of an order, by its id: its content in few bytes, for there may be a million. */
    private final Map<String, Long> said = new HashMap<>();

    @Override
    public boolean filter(LeadTimeRow row) {
        if (!(row instanceof LeadTimeRow.Status given)) {
            return false;
        }
        OrderStatus status = given.row();
        if (status.isFinal()) {
            said.remove(status.orderId());
            return true;
        }
        long now = content(status);
        Long before = said.put(status.orderId(), now);
        return before == null || before != now;
    }

    /** Equal for equal contents, and practically never for others. */
    private static long content(OrderStatus status) {
        long content = Objects.hash(status.productId(), status.plantId(), status.buyerNation(), status.frameworkId());
        long[] numbers = {
            status.priority(),
            status.state().ordinal(),
            status.orderedUnits(),
            status.dispatchedUnits(),
            status.acceptedUnits(),
            status.rejectedUnits(),
            orNone(status.queueUnits()),
            status.confirmedAtMs(),
            status.baselinePromisedAtMs(),
            status.promisedAtMs(),
            status.firstAcceptedAtMs(),
            status.completedAtMs(),
            status.cancelledAtMs(),
            orNone(status.forecastP50AtMs()),
            orNone(status.forecastP80AtMs()),
            status.isStalled() ? 1 : 0,
            status.flags().stream().mapToLong(flag -> 1L << flag.ordinal()).sum()
        };
        for (long number : numbers) {
            content = mixed(content + number);
        }
        return content;
    }

    private static long orNone(@Nullable Long number) {
        return number == null ? Long.MIN_VALUE : number;
    }

    /** The finalizer of SplitMix64: every bit of the result hangs on every bit of the number. */
    private static long mixed(long number) {
        long mixed = (number ^ (number >>> 30)) * 0xBF58476D1CE4E5B9L;
        mixed = (mixed ^ (mixed >>> 27)) * 0x94D049BB133111EBL;
        return mixed ^ (mixed >>> 31);
    }
}
