package org.capacityboard.domain.leadtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.capacityboard.domain.leadtime.BookScene.day;
import static org.capacityboard.domain.leadtime.OrderSaid.DAY;
import static org.capacityboard.domain.leadtime.OrderSaid.T0;
import static org.capacityboard.domain.leadtime.OrderSaid.accepted;
import static org.capacityboard.domain.leadtime.OrderSaid.confirmed;

import org.junit.jupiter.api.Test;

final class LeadTimeRowsTest {
    private final BookScene scene = new BookScene();

    private void order(String id, long confirmedAtMs, long completedAtMs) {
        scene.take(confirmed(id, confirmedAtMs)).take(accepted("d-" + id, id, completedAtMs, 10));
    }

    private LeadTime row(long day, Cohort cohort, Basis basis) {
        return scene.rows.leadTime(day, Group.ALLIANCE, cohort, basis);
    }

    @Test
    void eight_orders_have_a_median_of_five_days_and_a_mean_of_seven() {
        long asOf = T0 + 30 * DAY;
        int[] days = {1, 1, 4, 5, 22};
        for (int i = 0; i < days.length; i++) {
            order("o" + i, T0, T0 + days[i] * DAY);
        }
        order("nine", T0, T0 + 9 * DAY);
        scene.take(confirmed("open6", asOf - 6 * DAY), confirmed("open9", asOf - 9 * DAY));

        scene.writeAll(asOf);

        LeadTime row = row(day(asOf - 1), Cohort.ALL, Basis.LAST_UNIT);
        assertThat(row.p50Days()).isEqualTo(5.0);
        assertThat(row.completedOnlyMeanDays()).isEqualTo(7.0);
        assertThat(row.ordersTotal()).isEqualTo(8);
        assertThat(row.ordersCompleted()).isEqualTo(6);
        assertThat(row.ordersOpen()).isEqualTo(2);
        assertThat(row.p50AtRisk()).isEqualTo(5);
        LeadTimeCurve curve = scene.rows.curve(Group.ALLIANCE, Cohort.ALL, Basis.LAST_UNIT);
        assertThat(curve.asOf()).isEqualTo(day(asOf - 1));
        assertThat(curve.survival()[0]).isCloseTo(.750, within(1e-9));
        assertThat(curve.survival()[3]).isCloseTo(.625, within(1e-9));
        assertThat(curve.survival()[4]).isCloseTo(.5, within(1e-9));
        assertThat(curve.survival()[8]).isCloseTo(1 / 3.0, within(1e-9));
        assertThat(curve.survival()[21]).isZero();
    }

    @Test
    void cancelled_orders_stand_beside_the_delivered_ones() {
        long asOf = T0 + 30 * DAY;
        order("two", T0, T0 + 2 * DAY);
        order("six", T0, T0 + 6 * DAY);
        order("ten", T0, T0 + 10 * DAY);
        OrderSaid four = confirmed("four", T0);
        scene.take(four, four.cancelled(T0 + 4 * DAY), confirmed("open8", asOf - 8 * DAY));

        scene.writeAll(asOf);

        LeadTime row = row(day(asOf - 1), Cohort.ALL, Basis.LAST_UNIT);
        assertThat(row.p50Days()).isEqualTo(10.0);
        assertThat(row.cancelledShare()).isCloseTo(.2, within(1e-9));
        assertThat(row.ordersCancelled()).isEqualTo(1);
        LeadTimeCurve curve = scene.rows.curve(Group.ALLIANCE, Cohort.ALL, Basis.LAST_UNIT);
        assertThat(curve.survival()[1]).isCloseTo(.8, within(1e-9));
        assertThat(curve.survival()[5]).isCloseTo(.5333, within(1e-4));
        assertThat(curve.cancelledShare()[9]).isCloseTo(.2, within(1e-9));
    }

    @Test
    void each_unit_is_an_observation_of_its_own() {
        scene.take(confirmed("o1", T0).quantity(10))
                .take(accepted("d1", "o1", T0 + DAY, 6), accepted("d2", "o1", T0 + 3 * DAY, 2));

        scene.writeAll(T0 + 4 * DAY);

        LeadTime unit = row(day(T0) + 3, Cohort.ALL, Basis.PER_UNIT);
        assertThat(unit.p50Days()).isEqualTo(1.0);
        assertThat(unit.p80Days()).isEqualTo(3.0);
        assertThat(unit.p80AtRisk()).isEqualTo(4);
        assertThat(unit.p90Days()).isNull();
        assertThat(unit.ordersOpen()).isEqualTo(1);
        assertThat(unit.completedOnlyMeanDays()).isEqualTo(1.5);
        LeadTime first = row(day(T0) + 3, Cohort.ALL, Basis.FIRST_UNIT);
        assertThat(first.ordersCompleted()).isEqualTo(1);
        assertThat(first.p90Days()).isEqualTo(1.0);
        LeadTime last = row(day(T0) + 3, Cohort.ALL, Basis.LAST_UNIT);
        assertThat(last.ordersCompleted()).isZero();
        assertThat(last.p50Days()).isNull();
        assertThat(last.completedOnlyMeanDays()).isNull();
    }

    @Test
    void first_unit_of_an_order_that_is_cancelled_later_did_come() {
        OrderSaid order = confirmed("o1", T0);
        scene.take(order, order.cancelled(T0 + 2 * DAY)).take(accepted("d1", "o1", T0 + DAY, 6));

        scene.writeAll(T0 + 4 * DAY);

        assertThat(row(day(T0) + 3, Cohort.ALL, Basis.FIRST_UNIT).ordersCompleted())
                .isEqualTo(1);
        assertThat(row(day(T0) + 3, Cohort.ALL, Basis.LAST_UNIT).ordersCancelled())
                .isEqualTo(1);
        assertThat(row(day(T0) + 3, Cohort.ALL, Basis.PER_UNIT).cancelledShare())
                .isCloseTo(.4, within(1e-9));
    }

    @Test
    void an_order_that_becomes_known_late_is_at_risk_only_from_then_on() {
        order("o1", T0, T0 + 2 * DAY);
        scene.take(confirmed("o2", T0 + 5 * DAY).confirmedAt(T0)).take(accepted("d2", "o2", T0 + 6 * DAY, 10));
        scene.take(confirmed("o3", T0)).take(accepted("d3", "o3", T0 + 6 * DAY, 10));

        scene.writeAll(T0 + 8 * DAY);

        LeadTime row = row(day(T0) + 7, Cohort.ALL, Basis.LAST_UNIT);
        assertThat(row.p50Days()).isEqualTo(2.0);
        assertThat(row.p50AtRisk()).isEqualTo(2);
        assertThat(row.p80AtRisk()).isEqualTo(2);
        assertThat(row.ordersTotal()).isEqualTo(3);
    }

    @Test
    void an_order_completed_before_it_was_known_counts_but_says_nothing() {
        scene.take(confirmed("o1", T0 + 5 * DAY).confirmedAt(T0)).take(accepted("d1", "o1", T0 + 3 * DAY, 10));
        scene.take(confirmed("o2", T0)).take(accepted("d2", "o2", T0 - DAY, 10));

        scene.writeAll(T0 + 8 * DAY);

        LeadTime all = row(day(T0) + 7, Cohort.ALL, Basis.LAST_UNIT);
        assertThat(all.ordersTotal()).isEqualTo(2);
        assertThat(all.ordersCompleted()).isEqualTo(2);
        assertThat(all.p50Days()).isNull();
        assertThat(all.p50AtRisk()).isZero();
        assertThat(all.cancelledShare()).isNull();
        assertThat(all.completedOnlyMeanDays()).isNull();
        assertThat(row(day(T0) + 7, Cohort.TRAILING, Basis.LAST_UNIT).ordersTotal())
                .isZero();
    }

    @Test
    void the_trailing_cohort_sees_the_last_365_days() {
        order("old", T0, T0 + 10 * DAY);
        order("long", T0, T0 + 380 * DAY);
        long asOf = T0 + 390 * DAY;

        scene.writeAll(asOf);

        LeadTime trailing = row(day(asOf) - 1, Cohort.TRAILING, Basis.LAST_UNIT);
        assertThat(trailing.ordersTotal()).isEqualTo(1);
        assertThat(trailing.p50Days()).isEqualTo(380.0);
        assertThat(row(day(asOf) - 1, Cohort.ALL, Basis.LAST_UNIT).p50Days()).isEqualTo(10.0);
        long whileItCounts = day(T0) + 10 + 363;
        assertThat(row(whileItCounts, Cohort.TRAILING, Basis.LAST_UNIT).ordersTotal())
                .isEqualTo(2);
        assertThat(row(whileItCounts + 1, Cohort.TRAILING, Basis.LAST_UNIT).ordersTotal())
                .isEqualTo(1);
    }

    @Test
    void of_a_cancellation_only_the_time_counts() {
        OrderSaid order = confirmed("o1", T0).quantity(10).buyer("DEU").priority(3);
        OrderSaid cancelled = order.cancelled(T0 + 2 * DAY)
                .quantity(4)
                .product("charge")
                .plant("P0002")
                .buyer("POL")
                .priority(1)
                .framework("f1")
                .confirmedAt(T0 - DAY)
                .promised(T0 + 90 * DAY);
        scene.take(order, cancelled).take(accepted("d1", "o1", T0 + DAY, 6)).writeAll(T0 + 5 * DAY);

        OrderStatus status = scene.rows.status("o1");
        assertThat(status.state()).isEqualTo(OrderState.CANCELLED);
        assertThat(status.cancelledAtMs()).isEqualTo(T0 + 2 * DAY);
        assertThat(status.orderedUnits()).isEqualTo(10);
        assertThat(status.acceptedUnits()).isEqualTo(6);
        assertThat(status.productId()).isEqualTo("shell");
        assertThat(status.plantId()).isEqualTo("P0001");
        assertThat(status.buyerNation()).isEqualTo("DEU");
        assertThat(status.priority()).isEqualTo(3);
        assertThat(status.frameworkId()).isNull();
        assertThat(status.confirmedAtMs()).isEqualTo(T0);
        assertThat(status.promisedAtMs()).isEqualTo(T0 + 30 * DAY);
        assertThat(scene.rows.backlogs.keySet()).noneMatch(key -> key.contains("charge") || key.contains("POL"));
    }
}
