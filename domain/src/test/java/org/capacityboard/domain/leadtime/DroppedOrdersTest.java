package org.capacityboard.domain.leadtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.capacityboard.domain.leadtime.OrderSaid.DAY;
import static org.capacityboard.domain.leadtime.OrderSaid.T0;
import static org.capacityboard.domain.leadtime.OrderSaid.accepted;
import static org.capacityboard.domain.leadtime.OrderSaid.confirmed;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

final class DroppedOrdersTest {
    private static OrderStanding completed(long confirmedMs, int... days) {
        OrderHistory history = OrderHistory.of("o1")
                .with(confirmed("o1", confirmedMs)
                        .confirmedAt(T0)
                        .quantity(10L * days.length)
                        .record());
        for (int day : days) {
            history = history.with(accepted("d" + day, "o1", T0 + day * DAY, 10));
        }
        return history.standing();
    }

    private static OrderStanding cancelled(int day) {
        OrderSaid said = confirmed("o1", T0);
        return OrderHistory.of("o1")
                .with(said.record())
                .with(said.cancelled(T0 + day * DAY).record())
                .standing();
    }

    private static Map<String, Long> weights(DroppedOrders dropped) {
        Map<String, Long> weights = new TreeMap<>();
        dropped.forEach((basis, entryMs, timeMs, ending, weight) ->
                weights.merge(basis + " " + entryMs / DAY + "-" + timeMs / DAY + " " + ending, weight, Long::sum));
        return weights;
    }

    @Test
    void equal_observations_are_counted_together() {
        DroppedOrders dropped = DroppedOrders.NONE.with(List.of(completed(T0, 5), completed(T0, 5)), T0);
        dropped = dropped.with(List.of(completed(T0, 5), cancelled(5), completed(T0 + 2 * DAY, 3, 5)), T0);

        assertThat(weights(dropped))
                .containsEntry("LAST_UNIT 0-5 EVENT", 3L)
                .containsEntry("LAST_UNIT 2-5 EVENT", 1L)
                .containsEntry("LAST_UNIT 0-5 CANCELLED", 1L)
                .containsEntry("FIRST_UNIT 2-3 EVENT", 1L)
                .containsEntry("PER_UNIT 0-5 EVENT", 30L)
                .containsEntry("PER_UNIT 0-5 CANCELLED", 10L)
                .containsEntry("PER_UNIT 2-3 EVENT", 10L)
                .hasSize(10);
        assertThat(dropped.completed(Basis.LAST_UNIT)).isEqualTo(4);
        assertThat(dropped.cancelled(Basis.PER_UNIT)).isEqualTo(1);
    }

    @Test
    void what_was_over_before_it_was_known_is_counted_but_no_observation() {
        DroppedOrders dropped = DroppedOrders.NONE.with(List.of(completed(T0 + 9 * DAY, 5)), T0 + 9 * DAY);

        assertThat(weights(dropped)).isEmpty();
        assertThat(dropped.completed(Basis.FIRST_UNIT)).isEqualTo(1);
        assertThat(dropped.firstKnownAtMs()).isEqualTo(T0 + 9 * DAY);
    }

    @Test
    void in_parts_it_is_the_same_as_at_once_and_survives_storing() {
        Random random = new Random(7);
        List<OrderStanding> all = new ArrayList<>();
        DroppedOrders parts = DroppedOrders.NONE;
        for (int i = 0; i < 200; i++) {
            OrderStanding one = random.nextInt(4) == 0
                    ? cancelled(1 + random.nextInt(9))
                    : completed(T0 + random.nextInt(3) * DAY, 4 + random.nextInt(3), 8 + random.nextInt(3));
            all.add(one);
            parts = DroppedOrders.of(parts.with(List.of(one), T0 + i).numbers());
        }

        assertThat(parts.numbers()).isEqualTo(DroppedOrders.NONE.with(all, T0).numbers());
        assertThat(parts.numbers().length).isLessThan(200);
    }

    @Test
    void nothing_dropped_is_no_numbers() {
        assertThat(DroppedOrders.NONE.numbers()).isEmpty();
        assertThat(DroppedOrders.of(new long[0])).isSameAs(DroppedOrders.NONE);
        assertThat(DroppedOrders.NONE.completed(Basis.LAST_UNIT)).isZero();
        assertThat(weights(DroppedOrders.NONE)).isEmpty();
    }
}
