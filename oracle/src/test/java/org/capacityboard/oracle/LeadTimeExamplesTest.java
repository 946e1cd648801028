package org.capacityboard.oracle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Objects;
import org.capacityboard.events.DeliveryStage;
import org.junit.jupiter.api.Test;

/** The worked examples of the lead time rules, each by name, on the oracle alone. */
class LeadTimeExamplesTest {
    private static double number(LeadTimeRows rows, LeadTimeKey key, String column) {
        return Objects.requireNonNull(rows.number(key, column), column);
    }

    /** Orders that are known late enough to be seen as long as the example says. */
    private static OrderStory observed(double... entryAndTime) {
        OrderStory story = new OrderStory().promisedOn(300);
        for (int i = 0; i < entryAndTime.length; i += 2) {
            String orderId = "order-" + i;
            double days = Math.abs(entryAndTime[i + 1]);
            // All are confirmed so that they end on day 200, where the open ones are cut off.
            double confirmedOn = 200 - days;
            story.confirmedLate(orderId, confirmedOn, confirmedOn + entryAndTime[i], 1);
            if (entryAndTime[i + 1] > 0) {
                story.accepted(orderId, confirmedOn + days - 1e-7, 1);
            }
        }
        return story;
    }

    @Test
    void median_of_eight_orders_counts_those_that_still_wait() {
        LeadTimeRows rows =
                observed(0, 1, 0, 1, 0, 4, 0, 5, 0, -6, 0, 9, 0, -9, 0, 22).until(200);
        LeadTimeKey all = OrderStory.ofAll(rows);

        assertThat(number(rows, all, "p50_days")).isEqualTo(5, within(1e-6));
        assertThat(number(rows, all, "completed_only_mean_days")).isEqualTo(7, within(1e-6));
        assertThat(OrderStory.survival(rows, 0, 3, 4, 8, 21)).satisfies(values -> {
            assertThat(values.get(0)).isEqualTo(.75, within(1e-12));
            assertThat(values.get(1)).isEqualTo(.625, within(1e-12));
            assertThat(values.get(2)).isEqualTo(.5, within(1e-12));
            assertThat(values.get(3)).isEqualTo(1 / 3.0, within(1e-12));
            assertThat(values.get(4)).isZero();
        });
    }

    @Test
    void four_of_five_orders_took_40_days_at_most() {
        LeadTimeRows rows = observed(0, 10, 0, 20, 0, 30, 0, 40, 0, 50).until(200);
        assertThat(number(rows, OrderStory.ofAll(rows), "p80_days")).isEqualTo(40, within(1e-6));
    }

    @Test
    void an_order_that_still_waits_moves_the_median_only_if_it_waited_longer() {
        LeadTimeRows waitsAsLong = observed(0, 4, 0, -4, 0, 8).until(200);
        LeadTimeRows waitsLess = observed(0, 4, 0, -3, 0, 8).until(200);

        assertThat(number(waitsAsLong, OrderStory.ofAll(waitsAsLong), "p50_days"))
                .isEqualTo(8, within(1e-6));
        assertThat(number(waitsLess, OrderStory.ofAll(waitsLess), "p50_days")).isEqualTo(4, within(1e-6));
    }

    @Test
    void orders_that_are_known_late_count_from_then_on() {
        LeadTimeRows rows = observed(0, 30, 0, -50, 0, 80, 40, 60, 40, 120, 70, -90, 70, 150)
                .until(200);
        LeadTimeKey all = OrderStory.ofAll(rows);

        assertThat(number(rows, all, "p50_days")).isEqualTo(60, within(1e-6));
        assertThat(number(rows, all, "p80_days")).isEqualTo(120, within(1e-6));
        assertThat(number(rows, all, "p90_days")).isEqualTo(150, within(1e-6));
    }

    @Test
    void cancelled_orders_neither_wait_nor_arrive() {
        LeadTimeRows rows = observed(0, 2, 0, 6, 0, -8, 0, 10)
                .confirmed("order-c", 190, 1)
                .cancelled("order-c", 190, 194, 1)
                .until(200);
        LeadTimeKey all = OrderStory.ofAll(rows);

        assertThat(number(rows, all, "p50_days")).isEqualTo(10, within(1e-6));
        assertThat(number(rows, all, "cancelled_share")).isEqualTo(.2, within(1e-12));
        assertThat(OrderStory.survival(rows, 1, 5, 9)).satisfies(values -> {
            assertThat(values.get(0)).isEqualTo(.8, within(1e-12));
            assertThat(values.get(1)).isEqualTo(.8 * 2 / 3, within(1e-12));
            assertThat(values.get(2)).isZero();
        });
    }

    @Test
    void a_cancellation_says_nothing_but_when() {
        LeadTimeRows rows = new OrderStory()
                .confirmed("order-c", 10, 10)
                .accepted("order-c", 12, 6)
                .cancelled("order-c", 9, 14, 4)
                .until(20);

        LeadTimeKey status = LeadTimeKey.of(LeadTimeTable.ORDER_STATUS, "order-c");
        assertThat(number(rows, status, "ordered_units")).isEqualTo(10);
        assertThat(number(rows, status, "accepted_units")).isEqualTo(6);
        assertThat(number(rows, OrderStory.ofAll(rows), "orders_cancelled")).isOne();
        assertThat(number(rows, OrderStory.ofAll(rows), "orders_completed")).isZero();
    }

    @Test
    void nothing_is_said_when_nobody_was_left_before_somebody_came() {
        LeadTimeRows rows = observed(0, 5, 0, 8, 10, 20).until(200);
        LeadTimeKey all = OrderStory.ofAll(rows);

        assertThat(rows.number(all, "p50_days")).isNull();
        assertThat(rows.number(all, "p90_days")).isNull();
        assertThat(OrderStory.survival(rows, 4, 6, 7, 15)).isEqualTo(List.of(.5, .5, Double.NaN, Double.NaN));
    }

    @Test
    void an_order_in_two_parts_before_the_promise_is_on_time_in_full() {
        LeadTimeRows rows = new OrderStory()
                .promisedOn(10.5)
                .confirmed("order-1", 0.25, 10)
                .accepted("order-1", 5, 6)
                .accepted("order-1", 10.9, 4)
                .delivered(DeliveryStage.REJECTED, "order-1", 10.95, 4)
                .until(20);
        LeadTimeKey week = LeadTimeKey.of(LeadTimeTable.ON_TIME_WEEK, "2026-W03", "alliance", "alliance");

        assertThat(rows.number(week, "on_time_in_full_ratio")).isEqualTo(1);
        assertThat(rows.number(week, "units_on_time_ratio")).isEqualTo(1);
    }

    @Test
    void a_new_promise_heals_no_old_miss() {
        LeadTimeRows rows = new OrderStory()
                .promisedOn(10.5)
                .confirmed("order-1", 0.25, 10)
                .promisedOn(30)
                .amended("order-1", 0.25, 8, 10)
                .accepted("order-1", 5, 6)
                .accepted("order-1", 11, 4)
                .until(20);
        LeadTimeKey week = LeadTimeKey.of(LeadTimeTable.ON_TIME_WEEK, "2026-W03", "alliance", "alliance");

        assertThat(rows.number(week, "on_time_in_full_ratio")).isZero();
        assertThat(rows.number(week, "units_on_time_ratio")).isEqualTo(.6);
    }

    @Test
    void each_unit_is_an_observation() {
        LeadTimeRows rows = new OrderStory()
                .confirmed("order-1", 0, 10)
                .accepted("order-1", 4, 6)
                .accepted("order-1", 9, 3)
                .until(20);

        LeadTimeKey units = OrderStory.of(rows, "all", "PER_UNIT");
        assertThat(number(rows, units, "p50_days")).isEqualTo(4);
        assertThat(number(rows, units, "p80_days")).isEqualTo(9);
        assertThat(number(rows, units, "at_risk")).isEqualTo(10);
        assertThat(number(rows, units, "p80_at_risk")).isEqualTo(4);
        assertThat(number(rows, units, "completed_only_mean_days")).isEqualTo((6 * 4 + 3 * 9) / 9.0, within(1e-12));
        assertThat(number(rows, units, "orders_open")).isEqualTo(1);
        assertThat(number(rows, OrderStory.of(rows, "all", "FIRST_UNIT"), "p50_days"))
                .isEqualTo(4);
        assertThat(rows.number(OrderStory.ofAll(rows), "p50_days")).isNull();
    }

    @Test
    void an_even_output_gives_an_even_forecast() {
        OrderStory story = new OrderStory().confirmed("order-1", 0, 1_000);
        for (int week = 0; week < 10; week++) {
            story.accepted("order-1", 2 + 7 * week, 10);
        }
        LeadTimeRows rows = story.until(70.5);
        LeadTimeKey order = LeadTimeKey.of(LeadTimeTable.ORDER_STATUS, "order-1");

        assertThat(rows.text(order, "queue_units")).isEqualTo("900");
        assertThat(rows.text(order, "forecast_p50_at"))
                .isEqualTo(OrderStory.on(70 + 7 * 90).toString());
        assertThat(rows.text(order, "forecast_p80_at"))
                .isEqualTo(OrderStory.on(70 + 7 * 90).toString());
        assertThat(number(rows, order, "slip_days")).isEqualTo(600);
    }

    @Test
    void four_weeks_without_output_are_a_standstill() {
        OrderStory story = new OrderStory().confirmed("order-1", 0, 1_000);
        for (int week = 0; week < 10; week++) {
            story.accepted("order-1", 2 + 7 * week, 10);
        }
        LeadTimeKey order = LeadTimeKey.of(LeadTimeTable.ORDER_STATUS, "order-1");

        assertThat(story.until(98 - 1e-6).text(order, "stalled")).isEqualTo("false");
        LeadTimeRows rows = story.until(98);
        assertThat(rows.text(order, "stalled")).isEqualTo("true");
        assertThat(rows.text(order, "forecast_p50_at")).isEmpty();
    }

    @Test
    void dice_are_those_of_the_publication() {
        // First numbers of SplitMix64 from seed 1234567, as its reference implementation gives them.
        assertThat(DeliveryDice.splitMix(1_234_567, 1)).isEqualTo(6_457_827_717_110_365_317L);
        assertThat(DeliveryDice.splitMix(1_234_567, 2)).isEqualTo(3_203_168_211_198_807_973L);
    }
}
