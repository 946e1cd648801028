package org.capacityboard.domain.leadtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.capacityboard.domain.leadtime.BookScene.SHELL;
import static org.capacityboard.domain.leadtime.BookScene.day;
import static org.capacityboard.domain.leadtime.OrderSaid.DAY;
import static org.capacityboard.domain.leadtime.OrderSaid.HOUR;
import static org.capacityboard.domain.leadtime.OrderSaid.MINUTE;
import static org.capacityboard.domain.leadtime.OrderSaid.T0;
import static org.capacityboard.domain.leadtime.OrderSaid.WEEK;
import static org.capacityboard.domain.leadtime.OrderSaid.accepted;
import static org.capacityboard.domain.leadtime.OrderSaid.confirmed;

import java.time.ZoneOffset;
import java.util.Objects;
import org.capacityboard.domain.reference.PlantVersion;
import org.junit.jupiter.api.Test;

final class PlantQueueTest {
    private final BookScene scene = new BookScene();

    /** Ten units a week from a first week on. */
    private void output(long fromMs, int weeks) {
        scene.take(confirmed("served", fromMs).quantity(10L * weeks).promised(fromMs + 600 * DAY));
        for (int week = 0; week < weeks; week++) {
            scene.take(accepted("s" + week, "served", fromMs + week * WEEK + 3 * DAY, 10));
        }
    }

    private OrderStatus status(String orderId) {
        return scene.rows.status(orderId);
    }

    @Test
    void backlog_is_what_open_orders_still_miss() {
        OrderSaid cancelled = confirmed("o3", T0);
        scene.take(
                        confirmed("o1", T0).quantity(10).promised(T0 + DAY),
                        confirmed("o2", T0).quantity(5))
                .take(cancelled, cancelled.cancelled(T0 + DAY))
                .take(accepted("d1", "o1", T0 + DAY, 4), accepted("d2", "o2", T0 + DAY, 6));
        scene.take(accepted("d3", "o3", T0 + DAY + 1, 3));

        scene.writeAll(T0 + 2 * DAY);

        OrderBacklog row = scene.rows.backlog(day(T0) + 1, SHELL);
        assertThat(row.openOrders()).isEqualTo(1);
        assertThat(row.backlogUnits()).isEqualTo(6);
        assertThat(row.overdueOrders()).isEqualTo(1);
        assertThat(row.overdueUnits()).isEqualTo(6);
        assertThat(row.acceptedUnits()).isEqualTo(13);
        assertThat(row.rateWeeks()).isCloseTo(2 / 7.0, within(1e-12));
    }

    @Test
    void an_order_is_overdue_when_the_day_of_its_first_promise_is_past() {
        OrderSaid order = confirmed("o1", T0).promised(T0 + 2 * DAY);
        scene.take(order, order.amended(T0 + DAY).promised(T0 + 50 * DAY));

        scene.writeAll(T0 + 4 * DAY);

        assertThat(scene.rows.backlog(day(T0) + 1, SHELL).overdueOrders()).isZero();
        assertThat(scene.rows.backlog(day(T0) + 2, SHELL).overdueOrders()).isEqualTo(1);
    }

    @Test
    void the_rate_is_that_of_thirteen_weeks() {
        scene.take(confirmed("o1", T0).quantity(100))
                .take(accepted("d1", "o1", T0 + DAY, 4), accepted("d2", "o1", T0 + DAY + 1, 7));

        scene.writeAll(T0 + DAY + 13 * WEEK + 2 * DAY);

        long asOf = day(T0) + 13 * 7;
        assertThat(scene.rows.backlog(asOf, SHELL).acceptedUnits()).isEqualTo(11);
        assertThat(scene.rows.backlog(asOf, SHELL).rateWeeks()).isEqualTo(13);
        assertThat(scene.rows.backlog(asOf + 1, SHELL).acceptedUnits()).isZero();
    }

    @Test
    void the_queue_goes_by_priority_then_promise_then_id() {
        scene.take(
                confirmed("c", T0).quantity(1).promised(T0 + 9 * DAY),
                confirmed("b", T0).quantity(2).promised(T0 + 9 * DAY),
                confirmed("late", T0).quantity(4).promised(T0 + 10 * DAY),
                confirmed("first", T0).quantity(8).promised(T0 + 90 * DAY).priority(1),
                confirmed("second", T0).quantity(16).promised(T0 + 80 * DAY).priority(2),
                confirmed("elsewhere", T0).quantity(32).plant("P0002"));

        scene.writeAll(T0 + 2 * DAY);

        assertThat(status("first").queueUnits()).isEqualTo(8);
        assertThat(status("second").queueUnits()).isEqualTo(24);
        assertThat(status("b").queueUnits()).isEqualTo(26);
        assertThat(status("c").queueUnits()).isEqualTo(27);
        assertThat(status("late").queueUnits()).isEqualTo(31);
        assertThat(status("elsewhere").queueUnits()).isEqualTo(32);
        assertThat(status("first").forecastP50AtMs()).isNull();
        assertThat(status("first").slipDays()).isNull();
    }

    @Test
    void the_forecast_counts_weeks_of_output_from_today_on() {
        output(T0, 10);
        long now = T0 + 10 * WEEK + 2 * DAY + 5 * HOUR;
        scene.take(
                confirmed("o1", T0 + 9 * WEEK).quantity(20).promised(T0 + 11 * WEEK),
                confirmed("o2", T0 + 9 * WEEK).quantity(15).promised(T0 + 12 * WEEK));

        scene.writeAll(now);

        long today = T0 + 10 * WEEK + 2 * DAY;
        assertThat(status("o1").forecastP50AtMs()).isEqualTo(today + 2 * WEEK);
        assertThat(status("o1").forecastP80AtMs()).isEqualTo(today + 2 * WEEK);
        assertThat(status("o1").slipDays()).isEqualTo(9.0);
        assertThat(status("o2").forecastP50AtMs()).isEqualTo(today + 4 * WEEK);
        assertThat(status("o2").isStalled()).isFalse();
        assertThat(status("served").forecastP50AtMs()).isNull();
        assertThat(status("served").queueUnits()).isNull();
    }

    @Test
    void with_fewer_than_eight_whole_weeks_there_is_no_forecast() {
        output(T0 + DAY, 8);
        scene.take(confirmed("o1", T0 + 7 * WEEK).quantity(20));

        scene.writeAll(T0 + 8 * WEEK - 1);
        assertThat(status("o1").forecastP50AtMs()).isNull();
        assertThat(status("o1").isStalled()).isFalse();
        scene.writeAll(T0 + 8 * WEEK);

        assertThat(status("o1").forecastP50AtMs()).isEqualTo(T0 + 10 * WEEK);
    }

    @Test
    void four_weeks_without_output_are_a_stall() {
        output(T0, 10);
        scene.take(confirmed("o1", T0 + 9 * WEEK).quantity(20));

        scene.writeAll(T0 + 14 * WEEK - 1);
        assertThat(status("o1").isStalled()).isFalse();
        assertThat(status("o1").forecastP50AtMs()).isNotNull();
        scene.writeAll(T0 + 14 * WEEK);

        assertThat(status("o1").isStalled()).isTrue();
        assertThat(status("o1").forecastP50AtMs()).isNull();
        assertThat(status("served").isStalled()).isFalse();
    }

    @Test
    void weeks_of_output_are_the_newest_26_from_the_first_acceptance_on() {
        output(T0 + 2 * DAY, 30);
        PlantQueue queue = new PlantQueue("P0001", "shell", 0);
        queue.lines.add(placed(Objects.requireNonNull(scene.stored.get("served"))));

        assertThat(queue.weeklyOutput(T0 + 5 * DAY)).isEmpty();
        assertThat(queue.weeklyOutput(T0 + WEEK)).containsExactly(10);
        assertThat(queue.weeklyOutput(T0 + 3 * WEEK - DAY)).containsExactly(10, 10);
        assertThat(queue.weeklyOutput(T0 + 32 * WEEK)).hasSize(26).endsWith(10, 10, 0, 0);
    }

    private static OrderLine placed(OrderHistory history) {
        OrderReference reference = new OrderReference();
        reference.add(new OrderPlant(new PlantVersion("P0001", 0, 0, ZoneOffset.UTC, 0), "DEU"));
        reference.add(new OrderProduct("shell", 0, 0, "AMMUNITION"));
        OrderLine line = new OrderLine(history);
        line.place(reference, new OrderGroups(reference));
        return line;
    }

    @Test
    void what_changes_is_shown_at_once_and_the_rest_when_the_day_closes() {
        output(T0, 10);
        long now = T0 + 10 * WEEK + 5 * HOUR;
        scene.take(confirmed("o1", T0 + 9 * WEEK).quantity(20)).advance(now, true);
        scene.rows.log.clear();

        scene.take(confirmed("o2", T0 + 9 * WEEK).quantity(20).priority(1)).advance(now + MINUTE, true);
        assertThat(scene.rows.log).contains("status o2").doesNotContain("status o1");
        assertThat(status("o1").queueUnits()).isEqualTo(20);
        scene.rows.log.clear();
        scene.advance(T0 + 10 * WEEK + DAY, true);

        assertThat(scene.rows.log).contains("status o1", "status o2").doesNotContain("status served");
        assertThat(status("o1").queueUnits()).isEqualTo(40);
        assertThat(status("o1").forecastP50AtMs()).isEqualTo(T0 + 14 * WEEK + DAY);
    }

    @Test
    void while_catching_up_orders_are_shown_when_a_day_closes() {
        output(T0, 10);
        scene.take(confirmed("o1", T0 + 9 * WEEK)).advance(T0 + 20 * WEEK, false);

        assertThat(status("served").isFinal()).isTrue();
        assertThat(status("o1").isFinal()).isFalse();
        scene.rows.log.clear();
        scene.take(confirmed("o2", T0 + 20 * WEEK)).advance(T0 + 20 * WEEK + HOUR, false);

        assertThat(scene.rows.log).isEmpty();
        scene.advance(T0 + 20 * WEEK + DAY, false);

        assertThat(scene.rows.log).contains("status o2").doesNotContain("status o1");
    }

    @Test
    void a_status_is_final_a_horizon_after_the_end_and_opens_again_with_an_amendment() {
        OrderSaid order = confirmed("o1", T0);
        scene.take(order).take(accepted("d1", "o1", T0 + DAY, 10)).advance(T0 + 3 * DAY - 1, true);
        assertThat(status("o1").isFinal()).isFalse();
        scene.advance(T0 + 3 * DAY, true);
        assertThat(status("o1").isFinal()).isTrue();

        scene.take(order.amended(T0 + 5 * DAY).quantity(12)).advance(T0 + 6 * DAY, true);

        assertThat(status("o1").isFinal()).isFalse();
        assertThat(status("o1").state()).isEqualTo(OrderState.OPEN);
        assertThat(status("o1").queueUnits()).isEqualTo(2);
    }

    @Test
    void what_came_for_a_final_order_right_before_a_restart_is_shown_after_it() {
        scene.take(confirmed("o1", T0)).take(accepted("d1", "o1", T0 + DAY, 10)).advance(T0 + 9 * DAY, true);

        scene.take(accepted("d2", "o1", T0 + 8 * DAY, 1)).restart().writeAll(T0 + 9 * DAY);

        assertThat(status("o1").acceptedUnits()).isEqualTo(11);
        assertThat(status("o1").isFinal()).isTrue();
    }

    @Test
    void units_accepted_after_a_cancellation_are_output_but_not_the_orders() {
        OrderSaid order = confirmed("o1", T0);
        scene.take(order, order.cancelled(T0 + DAY))
                .take(accepted("d1", "o1", T0 + HOUR, 2), accepted("d2", "o1", T0 + 2 * DAY, 3));

        scene.writeAll(T0 + 3 * DAY);

        assertThat(status("o1").acceptedUnits()).isEqualTo(2);
        assertThat(status("o1").flags()).containsExactly(OrderFlag.ACCEPTED_AFTER_CANCELLATION);
        assertThat(scene.rows.backlog(day(T0) + 2, SHELL).acceptedUnits()).isEqualTo(5);
    }

    @Test
    void an_order_that_changes_its_plant_leaves_the_queue() {
        OrderSaid order = confirmed("o1", T0).quantity(3);
        scene.take(order, confirmed("o2", T0).quantity(5).promised(T0 + 40 * DAY));
        scene.take(order.amended(T0 + DAY).plant("P0002")).writeAll(T0 + 2 * DAY);

        assertThat(status("o1").plantId()).isEqualTo("P0002");
        assertThat(status("o1").queueUnits()).isEqualTo(3);
        assertThat(status("o2").queueUnits()).isEqualTo(5);
    }
}
