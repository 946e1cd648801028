package org.capacityboard.domain.leadtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.capacityboard.domain.leadtime.BookScene.SHELL;
import static org.capacityboard.domain.leadtime.BookScene.day;
import static org.capacityboard.domain.leadtime.OrderSaid.DAY;
import static org.capacityboard.domain.leadtime.OrderSaid.HOUR;
import static org.capacityboard.domain.leadtime.OrderSaid.MINUTE;
import static org.capacityboard.domain.leadtime.OrderSaid.T0;
import static org.capacityboard.domain.leadtime.OrderSaid.accepted;
import static org.capacityboard.domain.leadtime.OrderSaid.confirmed;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

final class LeadTimeDaysTest {
    private final BookScene scene = new BookScene();

    private void order(String id, long confirmedAtMs, long completedAtMs) {
        scene.take(confirmed(id, confirmedAtMs)).take(accepted("d-" + id, id, completedAtMs, 10));
    }

    private LeadTime row(long day, Cohort cohort, Basis basis) {
        return scene.rows.leadTime(day, Group.ALLIANCE, cohort, basis);
    }

    @Test
    void there_is_a_row_for_every_day_and_each_group_from_the_first_order_on() {
        order("o1", T0 + HOUR, T0 + DAY);

        scene.advance(T0 + 5 * DAY + HOUR, false);

        assertThat(scene.rows.leadTimes).hasSize(5 * 6 * 6);
        assertThat(scene.rows.backlogs).hasSize(5 * 6);
        for (Group group : new Group[] {
            SHELL,
            Group.ALLIANCE,
            new Group(GroupKind.CAPABILITY_AREA, "AMMUNITION"),
            new Group(GroupKind.PLANT, "P0001"),
            new Group(GroupKind.NATION, "DEU"),
            new Group(GroupKind.BUYER_NATION, "DEU")
        }) {
            assertThat(scene.rows
                            .leadTime(day(T0) + 4, group, Cohort.ALL, Basis.LAST_UNIT)
                            .ordersTotal())
                    .isEqualTo(1);
        }
    }

    @Test
    void an_event_at_midnight_belongs_to_the_next_day() {
        order("o1", T0, T0 + 2 * DAY);

        scene.advance(T0 + 4 * DAY, false);

        assertThat(row(day(T0) + 1, Cohort.ALL, Basis.LAST_UNIT).ordersCompleted())
                .isZero();
        assertThat(row(day(T0) + 2, Cohort.ALL, Basis.LAST_UNIT).ordersCompleted())
                .isEqualTo(1);
        assertThat(scene.rows.leadTimes).doesNotContainKey((day(T0) - 1) + " " + Group.ALLIANCE + " ALL LAST_UNIT");
    }

    @Test
    void rows_tell_only_what_had_happened_by_the_end_of_their_day() {
        OrderSaid order = confirmed("o1", T0 + HOUR);
        scene.take(order, order.amended(T0 + 2 * DAY + HOUR).product("charge").quantity(4));

        scene.advance(T0 + 4 * DAY, false);

        Group charge = new Group(GroupKind.PRODUCT, "charge");
        assertThat(scene.rows.backlog(day(T0) + 1, SHELL).backlogUnits()).isEqualTo(10);
        assertThat(scene.rows.backlog(day(T0) + 2, SHELL).backlogUnits()).isZero();
        assertThat(scene.rows.backlog(day(T0) + 2, charge).backlogUnits()).isEqualTo(4);
        assertThat(scene.rows.backlogs).doesNotContainKey((day(T0) + 1) + " " + charge);
        assertThat(scene.rows.backlog(day(T0) + 2, charge).rateWeeks()).isCloseTo(23 / 168.0, within(1e-12));
    }

    @Test
    void at_midnight_the_last_row_is_that_of_the_day_before() {
        order("o1", T0 + HOUR, T0 + DAY);

        scene.writeAll(T0 + 3 * DAY);
        assertThat(scene.rows.leadTimes).hasSize(3 * 36);
        scene.writeAll(T0 + 3 * DAY + 1);

        assertThat(scene.rows.leadTimes).hasSize(4 * 36);
        assertThat(scene.rows.curve(Group.ALLIANCE, Cohort.ALL, Basis.LAST_UNIT).asOf())
                .isEqualTo(day(T0) + 3);
    }

    @Test
    void closed_days_are_final_once_the_horizon_has_passed() {
        order("o1", T0 + HOUR, T0 + DAY);

        scene.advance(T0 + DAY, false);
        assertThat(row(day(T0), Cohort.ALL, Basis.LAST_UNIT).isFinal()).isFalse();
        scene.advance(T0 + 3 * DAY - 1, false);
        assertThat(row(day(T0), Cohort.ALL, Basis.LAST_UNIT).isFinal()).isFalse();
        scene.advance(T0 + 3 * DAY, false);

        assertThat(row(day(T0), Cohort.ALL, Basis.LAST_UNIT).isFinal()).isTrue();
        assertThat(row(day(T0) + 1, Cohort.ALL, Basis.LAST_UNIT).isFinal()).isFalse();
    }

    @Test
    void late_records_change_only_days_that_are_not_final() {
        order("o1", T0 + HOUR, T0 + DAY);
        scene.advance(T0 + 5 * DAY + HOUR, false);
        scene.rows.log.clear();

        order("late", T0 + HOUR, T0 + 4 * DAY + HOUR);
        scene.advance(T0 + 8 * DAY + HOUR, false);

        assertThat(row(day(T0) + 2, Cohort.ALL, Basis.LAST_UNIT).ordersTotal()).isEqualTo(1);
        assertThat(row(day(T0) + 3, Cohort.ALL, Basis.LAST_UNIT).ordersTotal()).isEqualTo(2);
        assertThat(row(day(T0) + 3, Cohort.ALL, Basis.LAST_UNIT).ordersOpen()).isEqualTo(1);
        assertThat(row(day(T0) + 4, Cohort.ALL, Basis.LAST_UNIT).ordersOpen()).isZero();
        assertThat(scene.rows.changedAfterFinal).isEmpty();
        assertThat(scene.rows.log).noneMatch(line -> line.startsWith("lead " + (day(T0) + 2)));
    }

    @Test
    void after_many_days_at_once_only_the_last_state_of_each_is_written() {
        order("o1", T0 + HOUR, T0 + DAY);

        scene.advance(T0 + 280 * DAY + HOUR, false);

        assertThat(scene.rows.log.stream().filter(line -> line.startsWith("lead")))
                .hasSize(280 * 36)
                .doesNotHaveDuplicates();
    }

    @Test
    void early_rows_come_at_most_once_a_minute() {
        order("o1", T0 + HOUR, T0 + DAY);
        scene.advance(T0 + 2 * HOUR, true);
        assertThat(row(day(T0), Cohort.ALL, Basis.LAST_UNIT).ordersOpen()).isEqualTo(1);

        scene.take(confirmed("o2", T0 + 2 * HOUR - MINUTE)).advance(T0 + 2 * HOUR + MINUTE - 1, true);
        assertThat(row(day(T0), Cohort.ALL, Basis.LAST_UNIT).ordersOpen()).isEqualTo(1);
        scene.advance(T0 + 2 * HOUR + MINUTE, true);

        assertThat(row(day(T0), Cohort.ALL, Basis.LAST_UNIT).ordersOpen()).isEqualTo(2);
    }

    @Test
    void an_early_row_shows_an_event_once_the_watermark_has_passed_it() {
        scene.take(confirmed("o1", T0 + HOUR)).advance(T0 + 2 * HOUR, true);
        scene.take(confirmed("o2", T0 + 2 * HOUR + 5 * MINUTE)).advance(T0 + 2 * HOUR + 2 * MINUTE, true);
        assertThat(row(day(T0), Cohort.ALL, Basis.LAST_UNIT).ordersOpen()).isEqualTo(1);

        scene.advance(T0 + 2 * HOUR + 5 * MINUTE + 1, true);

        assertThat(row(day(T0), Cohort.ALL, Basis.LAST_UNIT).ordersOpen()).isEqualTo(2);
    }

    @Test
    void early_rows_of_closed_days_show_what_came_late() {
        scene.take(confirmed("o1", T0 + HOUR)).advance(T0 + 2 * DAY + HOUR, true);

        scene.take(confirmed("late", T0 + DAY + HOUR)).advance(T0 + 2 * DAY + 2 * HOUR, true);

        assertThat(row(day(T0), Cohort.ALL, Basis.LAST_UNIT).ordersOpen()).isEqualTo(1);
        assertThat(row(day(T0) + 1, Cohort.ALL, Basis.LAST_UNIT).ordersOpen()).isEqualTo(2);
        assertThat(row(day(T0) + 2, Cohort.ALL, Basis.LAST_UNIT).ordersOpen()).isEqualTo(2);
    }

    @Test
    void nothing_is_written_when_nothing_is_due() {
        order("o1", T0 + HOUR, T0 + 90 * MINUTE);
        scene.advance(T0 + 2 * HOUR, true);
        scene.rows.log.clear();

        scene.advance(T0 + 3 * HOUR, true).advance(T0 + 20 * HOUR, true);

        assertThat(scene.rows.log).isEmpty();
    }

    @Test
    void curves_come_when_a_day_closes_and_once_an_hour() {
        scene.take(confirmed("o1", T0 + HOUR)).advance(T0 + 2 * HOUR, true);
        scene.take(confirmed("o2", T0 + HOUR)).advance(T0 + 2 * HOUR + 2 * MINUTE, true);
        assertThat(scene.rows.curve(SHELL, Cohort.ALL, Basis.LAST_UNIT).atRisk())
                .hasSize(1);
        assertThat(scene.rows.curve(SHELL, Cohort.ALL, Basis.LAST_UNIT).version())
                .isEqualTo(1);

        scene.advance(T0 + 2 * DAY, true);

        assertThat(scene.rows.curve(SHELL, Cohort.ALL, Basis.LAST_UNIT).version())
                .isEqualTo(2);
        assertThat(scene.rows.curve(SHELL, Cohort.ALL, Basis.LAST_UNIT).asOf()).isEqualTo(day(T0) + 1);
        assertThat(scene.rows.curve(SHELL, Cohort.ALL, Basis.LAST_UNIT).survival())
                .hasSize(2);
    }

    @Test
    void while_catching_up_there_are_no_curves_and_no_open_days() {
        order("o1", T0 + HOUR, T0 + DAY);

        scene.advance(T0 + 3 * HOUR, false);
        assertThat(scene.rows.leadTimes).isEmpty();
        scene.advance(T0 + 2 * DAY + HOUR, false);

        assertThat(scene.rows.curves).isEmpty();
        assertThat(scene.rows.leadTimes).hasSize(2 * 36);
    }

    @Test
    void versions_count_the_records_of_a_group() {
        OrderSaid order = confirmed("o1", T0 + HOUR);
        scene.take(order).take(accepted("d1", "o1", T0 + 2 * HOUR, 1), accepted("d1", "o1", T0 + 2 * HOUR, 1));
        scene.take(order, confirmed("o2", T0 + HOUR).product("charge"));

        scene.writeAll(T0 + DAY);

        assertThat(row(day(T0), Cohort.ALL, Basis.LAST_UNIT).version()).isEqualTo(3);
        assertThat(scene.rows
                        .leadTime(day(T0), SHELL, Cohort.ALL, Basis.LAST_UNIT)
                        .version())
                .isEqualTo(2);
        assertThat(scene.rows.status("o1").version()).isEqualTo(2);
    }

    @Test
    void versions_do_not_depend_on_how_orders_and_deliveries_interleave() {
        Group charge = new Group(GroupKind.PRODUCT, "charge");
        OrderSaid order = confirmed("o1", T0 + HOUR);
        OrderSaid moved = order.amended(T0 + 3 * HOUR).product("charge");
        DeliveryRecord first = accepted("d1", "o1", T0 + 2 * HOUR, 1);
        DeliveryRecord second = accepted("d2", "o1", T0 + 4 * HOUR, 1);
        BookScene ordersFirst = new BookScene().take(order, moved).take(first, second);
        BookScene deliveriesFirst =
                new BookScene().take(order).take(first, second).restart().take(moved);
        BookScene restored = new BookScene().take(order, moved).take(first, second);
        restored.restart();

        for (BookScene one : List.of(ordersFirst, deliveriesFirst, restored)) {
            one.writeAll(T0 + DAY);
            for (Group group : List.of(SHELL, charge, Group.ALLIANCE)) {
                assertThat(one.rows.backlog(day(T0), group).version())
                        .as(group.toString())
                        .isEqualTo(4);
            }
        }
    }

    @Test
    void orders_that_were_dropped_stay_in_the_version() {
        BookScene dropping = new BookScene(BookScene.HORIZON, 10 * DAY);
        OrderSaid order = confirmed("o1", T0 + HOUR);
        dropping.take(order, order.cancelled(T0 + 2 * HOUR), confirmed("o2", T0 + HOUR));
        dropping.advance(T0 + 5 * DAY, false).advance(T0 + 20 * DAY, false);
        assertThat(dropping.stored).containsOnlyKeys("o2");

        dropping.restart().writeAll(T0 + 21 * DAY);

        assertThat(dropping.rows.backlog(day(T0) + 20, SHELL).version()).isEqualTo(3);
    }

    @Test
    void a_line_is_overdue_once_its_due_day_ended_though_nothing_happens_to_it() {
        scene.plant("P0001", "DEU", "UTC", 6 * 60, T0, 0);
        scene.take(confirmed("o1", T0 + HOUR).promised(T0 + 3 * DAY)).advance(T0 + 3 * DAY + 6 * HOUR - 1, true);
        assertThat(scene.rows.backlog(day(T0) + 3, SHELL).overdueOrders()).isZero();

        scene.advance(T0 + 3 * DAY + 6 * HOUR + 2 * MINUTE, true);

        assertThat(scene.rows.backlog(day(T0) + 3, SHELL).overdueOrders()).isEqualTo(1);
        assertThat(scene.rows.backlog(day(T0) + 3, SHELL).overdueUnits()).isEqualTo(10);
    }

    @Test
    void a_product_that_becomes_another_moves_its_orders() {
        Group artillery = new Group(GroupKind.CAPABILITY_AREA, "ARTILLERY");
        Group ammunition = new Group(GroupKind.CAPABILITY_AREA, "AMMUNITION");
        scene.take(confirmed("o1", T0 + HOUR), confirmed("o2", T0 + 5 * DAY)).advance(T0 + 6 * DAY + HOUR, true);

        scene.product("shell", "ARTILLERY", T0 + 3 * DAY, 0).advance(T0 + 6 * DAY + 2 * HOUR, true);

        assertThat(scene.rows
                        .leadTime(day(T0) + 5, ammunition, Cohort.ALL, Basis.LAST_UNIT)
                        .ordersTotal())
                .isEqualTo(1);
        assertThat(scene.rows
                        .leadTime(day(T0) + 5, artillery, Cohort.ALL, Basis.LAST_UNIT)
                        .ordersTotal())
                .isEqualTo(1);
        assertThat(scene.rows
                        .leadTime(day(T0) + 5, artillery, Cohort.ALL, Basis.LAST_UNIT)
                        .version())
                .isEqualTo(1);
        assertThat(scene.rows
                        .leadTime(day(T0) + 5, ammunition, Cohort.ALL, Basis.LAST_UNIT)
                        .version())
                .isEqualTo(2);
        assertThat(scene.rows.changedAfterFinal).isEmpty();
    }

    @Test
    void a_group_that_lost_its_orders_keeps_rows_of_nothing() {
        OrderSaid order = confirmed("o1", T0 + HOUR);
        scene.take(order).advance(T0 + 2 * HOUR, true);
        scene.take(order.then(OrderChange.CONFIRMED, T0 + HOUR).product("charge"))
                .advance(T0 + DAY + HOUR, true);

        LeadTime row = scene.rows.leadTime(day(T0), SHELL, Cohort.ALL, Basis.LAST_UNIT);
        assertThat(row.ordersTotal()).isZero();
        assertThat(row.version()).isEqualTo(2);
        assertThat(scene.rows.backlog(day(T0), SHELL).rateWeeks()).isPositive();
    }

    @Test
    void a_book_that_was_closed_goes_on_where_it_stopped() {
        order("o1", T0 + HOUR, T0 + DAY + HOUR);
        scene.advance(T0 + 4 * DAY + HOUR, false);
        scene.rows.log.clear();

        scene.restart();
        scene.advance(T0 + 4 * DAY + 2 * HOUR, true);
        assertThat(scene.rows.log).isEmpty();
        scene.advance(T0 + 5 * DAY + HOUR, true);
        assertThat(scene.rows.log.stream().filter(line -> line.startsWith("lead")))
                .hasSize(2 * 36)
                .allMatch(line -> line.startsWith("lead " + (day(T0) + 2)) || line.startsWith("lead " + (day(T0) + 4)));

        scene.writeAll(T0 + 5 * DAY + HOUR);

        assertThat(row(day(T0) + 5, Cohort.ALL, Basis.LAST_UNIT).version()).isEqualTo(2);
        assertThat(scene.rows.changedAfterFinal).isEmpty();
    }

    @Test
    void without_a_horizon_days_are_final_at_once() {
        BookScene strict = new BookScene(Duration.ZERO, BookScene.AS_USUAL);
        strict.take(confirmed("o1", T0 + HOUR)).writeAll(T0 + 2 * DAY);

        assertThat(strict.rows
                        .leadTime(day(T0) + 1, SHELL, Cohort.ALL, Basis.LAST_UNIT)
                        .isFinal())
                .isTrue();
        assertThat(strict.rows.curve(SHELL, Cohort.ALL, Basis.LAST_UNIT).isFinal())
                .isTrue();
    }

    @Test
    void records_of_an_order_nobody_confirmed_are_not_taken() {
        assertThatThrownBy(() -> scene.take(confirmed("o1", T0).amended(T0)))
                .hasMessageContaining("Order o1 is AMENDED");
        assertThatThrownBy(() -> scene.take(accepted("d1", "o1", T0, 1))).hasMessageContaining("Delivery d1");
        assertThat(scene.book.knowsOrder("o1")).isFalse();
        assertThat(scene.book.standing("o1")).isNull();
    }

    @Test
    void a_watermark_beyond_all_time_is_refused() {
        assertThatThrownBy(() -> scene.advance(Long.MAX_VALUE, false)).hasMessageContaining("must be before");
    }

    @Test
    void without_a_watermark_nothing_is_written() {
        scene.take(confirmed("o1", T0)).advance(OrderBook.NO_WATERMARK, true).writeAll(OrderBook.NO_WATERMARK);

        assertThat(scene.rows.log).isEmpty();
    }
}
