package org.capacityboard.domain.leadtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.capacityboard.domain.leadtime.BookScene.SHELL;
import static org.capacityboard.domain.leadtime.OrderSaid.DAY;
import static org.capacityboard.domain.leadtime.OrderSaid.HOUR;
import static org.capacityboard.domain.leadtime.OrderSaid.MINUTE;
import static org.capacityboard.domain.leadtime.OrderSaid.T0;
import static org.capacityboard.domain.leadtime.OrderSaid.accepted;
import static org.capacityboard.domain.leadtime.OrderSaid.confirmed;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class OnTimeTest {
    private static final String FIRST_WEEK = "2026-W02";

    private final BookScene scene = new BookScene();
    private final OrderSaid order = confirmed("o1", T0).promised(T0 + 3 * DAY + HOUR);

    private OnTimeWeek week(String isoWeek) {
        return scene.rows.week(isoWeek, SHELL);
    }

    @Test
    void an_order_of_ten_with_six_and_then_four_before_the_promise_is_on_time() {
        scene.take(order).take(accepted("d1", "o1", T0 + DAY, 6), accepted("d2", "o1", T0 + 2 * DAY, 4));

        scene.writeAll(T0 + 5 * DAY);

        OnTimeWeek row = week(FIRST_WEEK);
        assertThat(row.linesDue()).isEqualTo(1);
        assertThat(row.linesOnTimeInFull()).isEqualTo(1);
        assertThat(row.unitsDue()).isEqualTo(10);
        assertThat(row.unitsOnTime()).isEqualTo(10);
    }

    @Test
    void a_line_is_due_once_the_day_of_its_promise_is_past() {
        scene.take(order);

        scene.advance(T0 + 4 * DAY - 1, true);
        assertThat(scene.rows.weeks).isEmpty();
        scene.advance(T0 + 4 * DAY, true);

        assertThat(week(FIRST_WEEK).linesDue()).isEqualTo(1);
        assertThat(week(FIRST_WEEK).unitsOnTime()).isZero();
    }

    @Test
    void units_of_that_day_are_on_time_and_those_at_its_end_are_not() {
        scene.take(order).take(accepted("d1", "o1", T0 + 4 * DAY - 1, 6), accepted("d2", "o1", T0 + 4 * DAY, 4));

        scene.writeAll(T0 + 5 * DAY);

        assertThat(week(FIRST_WEEK).linesOnTimeInFull()).isZero();
        assertThat(week(FIRST_WEEK).unitsOnTime()).isEqualTo(6);
    }

    @Test
    void surplus_units_are_not_on_time_twice() {
        scene.take(order).take(accepted("d1", "o1", T0 + DAY, 15));

        scene.writeAll(T0 + 5 * DAY);

        assertThat(week(FIRST_WEEK).unitsOnTime()).isEqualTo(10);
    }

    @Test
    void a_line_cancelled_before_is_not_due_and_one_cancelled_after_is() {
        scene.take(order, order.cancelled(T0 + 4 * DAY - 1));
        OrderSaid other = confirmed("o2", T0).promised(T0 + 3 * DAY);
        scene.take(other, other.cancelled(T0 + 4 * DAY));

        scene.writeAll(T0 + 5 * DAY);

        assertThat(week(FIRST_WEEK).linesDue()).isEqualTo(1);
        assertThat(week(FIRST_WEEK).linesOnTimeInFull()).isZero();
    }

    @Test
    void a_completed_line_that_is_cancelled_is_due() {
        scene.take(order, order.cancelled(T0 + 3 * DAY)).take(accepted("d1", "o1", T0 + DAY, 10));

        scene.writeAll(T0 + 5 * DAY);

        assertThat(week(FIRST_WEEK).linesOnTimeInFull()).isEqualTo(1);
    }

    @Test
    void a_new_promise_never_heals_a_miss() {
        scene.take(order, order.amended(T0 + DAY).promised(T0 + 30 * DAY))
                .take(accepted("d1", "o1", T0 + 10 * DAY, 10));

        scene.writeAll(T0 + 40 * DAY);

        assertThat(week(FIRST_WEEK).linesDue()).isEqualTo(1);
        assertThat(week(FIRST_WEEK).linesOnTimeInFull()).isZero();
        assertThat(scene.rows.weeks.keySet()).allMatch(key -> key.startsWith(FIRST_WEEK));
    }

    @Test
    void an_amendment_after_the_line_was_due_does_not_heal_and_one_before_counts() {
        OrderSaid before = confirmed("o2", T0).promised(T0 + 3 * DAY);
        scene.take(order, order.amended(T0 + 5 * DAY).quantity(6))
                .take(before, before.amended(T0 + 2 * DAY).quantity(6))
                .take(accepted("d1", "o1", T0 + DAY, 6), accepted("d2", "o2", T0 + DAY, 6));

        scene.writeAll(T0 + 6 * DAY);

        assertThat(week(FIRST_WEEK).linesDue()).isEqualTo(2);
        assertThat(week(FIRST_WEEK).linesOnTimeInFull()).isEqualTo(1);
        assertThat(week(FIRST_WEEK).unitsDue()).isEqualTo(16);
        assertThat(week(FIRST_WEEK).unitsOnTime()).isEqualTo(12);
    }

    @Test
    void an_order_nobody_knew_by_the_end_of_its_day_has_no_line_due() {
        scene.take(confirmed("o1", T0 + 10 * DAY).confirmedAt(T0).promised(T0 + 3 * DAY));

        scene.writeAll(T0 + 20 * DAY);

        assertThat(scene.rows.weeks).isEmpty();
        assertThat(scene.rows.status("o1").state()).isEqualTo(OrderState.OPEN);
    }

    @ParameterizedTest
    @CsvSource({
        // in summer Warsaw is two hours ahead of UTC, in winter one; the day of the change has 25 hours
        "2026-10-24T10:00:00Z, 360, 2026-10-25T05:00:00Z, 2026-W43",
        "2026-10-25T04:59:59Z, 360, 2026-10-25T05:00:00Z, 2026-W43",
        "2026-10-25T05:00:00Z, 360, 2026-10-26T05:00:00Z, 2026-W43",
        "2026-10-26T05:00:00Z, 360, 2026-10-27T05:00:00Z, 2026-W44",
        "2026-10-25T10:00:00Z, 0, 2026-10-25T23:00:00Z, 2026-W43",
        "2026-03-29T10:00:00Z, 0, 2026-03-29T22:00:00Z, 2026-W13",
        "2026-03-29T22:00:00Z, 0, 2026-03-30T22:00:00Z, 2026-W14",
        "2026-03-29T22:00:00Z, 360, 2026-03-30T04:00:00Z, 2026-W13"
    })
    void the_day_is_that_of_the_plant(String promise, int dayStartsAtMinute, String end, String isoWeek) {
        long promisedMs = Instant.parse(promise).toEpochMilli();
        long endMs = Instant.parse(end).toEpochMilli();
        scene.plant("PWAW1", "POL", "Europe/Warsaw", dayStartsAtMinute);
        scene.take(confirmed("o1", promisedMs - 9 * DAY).plant("PWAW1").promised(promisedMs))
                .take(accepted("d1", "o1", endMs - 1, 9), accepted("d2", "o1", endMs, 1));

        scene.advance(endMs - 1, true);
        assertThat(scene.rows.weeks).isEmpty();
        scene.writeAll(endMs);

        assertThat(week(isoWeek).linesDue()).isEqualTo(1);
        assertThat(week(isoWeek).unitsOnTime()).isEqualTo(9);
    }

    @Test
    void the_clock_is_that_which_is_valid_at_the_promise() {
        scene.plant("P0001", "DEU", "UTC", 6 * 60, T0 + 3 * DAY, 0);
        scene.take(order).take(accepted("d1", "o1", T0 + 3 * DAY + 5 * HOUR, 10));

        scene.writeAll(T0 + 3 * DAY + 6 * HOUR);

        assertThat(week(FIRST_WEEK).linesOnTimeInFull()).isEqualTo(1);
    }

    @Test
    void a_clock_that_is_told_late_moves_what_is_due() {
        scene.take(confirmed("o1", T0).promised(T0 + 3 * DAY + 12 * HOUR))
                .take(accepted("d1", "o1", T0 + 4 * DAY + HOUR, 10))
                .advance(T0 + 5 * DAY, true);
        assertThat(week(FIRST_WEEK).linesOnTimeInFull()).isZero();

        scene.plant("P0001", "DEU", "UTC", 6 * 60, T0, 0).advance(T0 + 5 * DAY + HOUR, true);

        assertThat(week(FIRST_WEEK).linesDue()).isEqualTo(1);
        assertThat(week(FIRST_WEEK).linesOnTimeInFull()).isEqualTo(1);
        assertThat(week(FIRST_WEEK).version()).isEqualTo(2);
    }

    @Test
    void a_week_is_final_after_it_closed_everywhere_and_the_horizon_passed() {
        long finalMs = T0 + 7 * DAY + 36 * HOUR + 48 * HOUR;
        scene.take(order).advance(finalMs - 1, false);
        assertThat(week(FIRST_WEEK).isFinal()).isFalse();

        scene.advance(finalMs, false);
        assertThat(week(FIRST_WEEK).isFinal()).isTrue();
        scene.take(accepted("d1", "o1", T0 + DAY, 10)).advance(finalMs + MINUTE, true);
        scene.writeAll(finalMs + DAY);

        assertThat(week(FIRST_WEEK).linesOnTimeInFull()).isZero();
        assertThat(scene.rows.changedAfterFinal).isEmpty();
    }

    @Test
    void a_week_that_loses_its_last_line_becomes_zeros() {
        scene.take(order).advance(T0 + 5 * DAY, true);
        assertThat(week(FIRST_WEEK).linesDue()).isEqualTo(1);

        scene.take(order.cancelled(T0 + DAY)).advance(T0 + 6 * DAY, false);

        assertThat(week(FIRST_WEEK).linesDue()).isZero();
        assertThat(week(FIRST_WEEK).unitsDue()).isZero();
    }

    @Test
    void a_week_that_lost_its_last_line_before_a_restart_becomes_zeros_too() {
        scene.take(order).advance(T0 + 5 * DAY, true);

        scene.take(order.cancelled(T0 + DAY)).restart().writeAll(T0 + 5 * DAY);

        assertThat(week(FIRST_WEEK).linesDue()).isZero();
    }

    @Test
    void lines_that_fell_due_before_a_restart_are_still_counted() {
        scene.take(order, confirmed("o2", T0).promised(T0 + 4 * DAY)).advance(T0 + 4 * DAY + HOUR, true);
        scene.restart();
        scene.rows.log.clear();

        scene.advance(T0 + 4 * DAY + 2 * HOUR, true);
        assertThat(scene.rows.log).isEmpty();
        scene.advance(T0 + 5 * DAY, true);

        assertThat(week(FIRST_WEEK).linesDue()).isEqualTo(2);
    }
}
