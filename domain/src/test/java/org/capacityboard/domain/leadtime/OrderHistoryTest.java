package org.capacityboard.domain.leadtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.capacityboard.domain.leadtime.OrderSaid.DAY;
import static org.capacityboard.domain.leadtime.OrderSaid.HOUR;
import static org.capacityboard.domain.leadtime.OrderSaid.T0;
import static org.capacityboard.domain.leadtime.OrderSaid.accepted;
import static org.capacityboard.domain.leadtime.OrderSaid.confirmed;
import static org.capacityboard.domain.leadtime.OrderSaid.dispatched;
import static org.capacityboard.domain.leadtime.OrderSaid.rejected;
import static org.capacityboard.domain.leadtime.OrderStanding.NEVER;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class OrderHistoryTest {
    private final OrderSaid ten = confirmed("o1", T0);

    private static OrderHistory history(OrderSaid... said) {
        OrderHistory history = OrderHistory.of("o1");
        for (OrderSaid one : said) {
            history = history.with(one.record());
        }
        return history;
    }

    private static OrderHistory with(OrderHistory history, DeliveryRecord... deliveries) {
        OrderHistory more = history;
        for (DeliveryRecord delivery : deliveries) {
            more = more.with(delivery);
        }
        return more;
    }

    private static OrderStanding later(OrderHistory history) {
        return history.standing();
    }

    @Test
    void an_event_counts_only_after_its_instant() {
        OrderHistory history = with(history(ten), accepted("d1", "o1", T0 + DAY, 10));

        assertThat(history.standingAt(T0)).isNull();
        assertThat(history.standingAt(T0 + 1)).extracting(OrderStanding::state).isEqualTo(OrderState.OPEN);
        assertThat(history.standingAt(T0 + DAY))
                .extracting(OrderStanding::state)
                .isEqualTo(OrderState.OPEN);
        assertThat(history.standingAt(T0 + DAY + 1))
                .extracting(OrderStanding::state)
                .isEqualTo(OrderState.COMPLETED);
    }

    @Test
    void split_deliveries_complete_with_the_one_that_reaches_what_is_ordered() {
        OrderStanding standing = later(with(
                history(ten),
                accepted("d2", "o1", T0 + 2 * DAY, 3),
                accepted("d1", "o1", T0 + DAY, 4),
                accepted("d3", "o1", T0 + 3 * DAY, 5)));

        assertThat(standing.completedAtMs()).isEqualTo(T0 + 3 * DAY);
        assertThat(standing.firstAcceptedAtMs()).isEqualTo(T0 + DAY);
        assertThat(standing.acceptedAtMs()).containsExactly(T0 + DAY, T0 + 2 * DAY, T0 + 3 * DAY);
        assertThat(standing.acceptedUnits()).containsExactly(4, 3, 3);
        assertThat(standing.outputUnits()).isEqualTo(12);
        assertThat(standing.flags()).containsExactly(OrderFlag.ACCEPTED_MORE_THAN_ORDERED);
    }

    @Test
    void acceptances_of_one_instant_count_by_delivery() {
        OrderStanding standing =
                later(with(history(ten), accepted("b", "o1", T0 + DAY, 9), accepted("a", "o1", T0 + DAY, 2)));

        assertThat(standing.acceptedUnits()).containsExactly(2, 8);
    }

    @Test
    void the_same_record_again_changes_nothing() {
        OrderHistory history = with(history(ten), accepted("d1", "o1", T0 + DAY, 4));

        assertThat(history.with(ten.record())).isSameAs(history);
        assertThat(history.with(accepted("d1", "o1", T0 + DAY, 4))).isSameAs(history);
        assertThat(history.version()).isEqualTo(2);
    }

    @Test
    void of_two_contents_of_a_delivery_the_later_counts() {
        OrderHistory one = with(history(ten), accepted("d1", "o1", T0 + DAY, 4), accepted("d1", "o1", T0 + 2 * DAY, 6));
        OrderHistory other =
                with(history(ten), accepted("d1", "o1", T0 + 2 * DAY, 6), accepted("d1", "o1", T0 + DAY, 4));

        assertThat(later(one)).usingRecursiveComparison().isEqualTo(later(other));
        assertThat(later(one).acceptedUnits()).containsExactly(6);
        assertThat(one.standingAt(T0 + 2 * DAY))
                .extracting(OrderStanding::outputUnits)
                .isEqualTo(0L);
    }

    @Test
    void the_highest_revision_counts_however_early_it_is() {
        OrderHistory history = history(
                ten,
                ten.amended(T0 + DAY).quantity(7),
                ten.then(OrderChange.AMENDED, T0 + HOUR).revision(2).quantity(8));

        assertThat(later(history).orderedUnits()).isEqualTo(8);
        assertThat(history.standingAt(T0 + HOUR))
                .extracting(OrderStanding::orderedUnits)
                .isEqualTo(10L);
    }

    @Test
    void the_first_promise_stays_the_baseline() {
        OrderStanding standing =
                later(history(ten.promised(T0 + 30 * DAY), ten.amended(T0 + DAY).promised(T0 + 60 * DAY)));

        assertThat(standing.baselinePromisedAtMs()).isEqualTo(T0 + 30 * DAY);
        assertThat(standing.promisedAtMs()).isEqualTo(T0 + 60 * DAY);
    }

    @Test
    void an_amendment_down_completes_with_an_earlier_acceptance() {
        OrderHistory history = with(
                history(ten, ten.amended(T0 + 5 * DAY).quantity(4)),
                accepted("d1", "o1", T0 + DAY, 4),
                accepted("d2", "o1", T0 + 2 * DAY, 1));

        assertThat(history.standingAt(T0 + 5 * DAY))
                .extracting(OrderStanding::state)
                .isEqualTo(OrderState.OPEN);
        assertThat(later(history).completedAtMs()).isEqualTo(T0 + DAY);
        assertThat(later(history).flags()).containsExactly(OrderFlag.ACCEPTED_MORE_THAN_ORDERED);
    }

    @Test
    void an_amendment_up_opens_a_completed_order_again() {
        OrderHistory history = with(
                history(ten, ten.amended(T0 + 5 * DAY).quantity(12)),
                accepted("d1", "o1", T0 + DAY, 10),
                accepted("d2", "o1", T0 + 7 * DAY, 2));

        assertThat(history.standingAt(T0 + 5 * DAY))
                .extracting(OrderStanding::state)
                .isEqualTo(OrderState.COMPLETED);
        assertThat(history.standingAt(T0 + 6 * DAY))
                .extracting(OrderStanding::state)
                .isEqualTo(OrderState.OPEN);
        assertThat(later(history).completedAtMs()).isEqualTo(T0 + 7 * DAY);
    }

    @Test
    void rejected_units_that_come_again_count_once() {
        OrderStanding standing = later(with(
                history(ten),
                dispatched("d1", "o1", T0 + DAY, 10),
                accepted("d1", "o1", T0 + 2 * DAY, 7),
                rejected("d1", "o1", T0 + 2 * DAY, 3),
                dispatched("d2", "o1", T0 + 3 * DAY, 3),
                accepted("d2", "o1", T0 + 4 * DAY, 3)));

        assertThat(standing.state()).isEqualTo(OrderState.COMPLETED);
        assertThat(standing.completedAtMs()).isEqualTo(T0 + 4 * DAY);
        assertThat(standing.dispatchedUnits()).isEqualTo(13);
        assertThat(standing.rejectedUnits()).isEqualTo(3);
        assertThat(standing.flags()).isEmpty();
    }

    @Test
    void a_cancelled_order_keeps_what_was_accepted_up_to_then() {
        OrderStanding standing = later(with(
                history(ten, ten.cancelled(T0 + 3 * DAY)),
                accepted("d1", "o1", T0 + 3 * DAY, 4),
                accepted("d2", "o1", T0 + 3 * DAY + 1, 6)));

        assertThat(standing.state()).isEqualTo(OrderState.CANCELLED);
        assertThat(standing.cancelledAtMs()).isEqualTo(T0 + 3 * DAY);
        assertThat(standing.acceptedUnits()).containsExactly(4);
        assertThat(standing.completedAtMs()).isEqualTo(NEVER);
        assertThat(standing.outputUnits()).isEqualTo(10);
        assertThat(standing.flags()).containsExactly(OrderFlag.ACCEPTED_AFTER_CANCELLATION);
    }

    @Test
    void a_completed_order_that_is_cancelled_stays_completed() {
        OrderStanding standing = later(with(
                history(ten, ten.cancelled(T0 + 3 * DAY)),
                accepted("d1", "o1", T0 + 3 * DAY, 10),
                accepted("d2", "o1", T0 + 4 * DAY, 1)));

        assertThat(standing.state()).isEqualTo(OrderState.COMPLETED);
        assertThat(standing.cancelledAtMs()).isEqualTo(NEVER);
        assertThat(standing.flags())
                .containsExactlyInAnyOrder(OrderFlag.CANCELLED_AFTER_COMPLETION, OrderFlag.ACCEPTED_MORE_THAN_ORDERED);
    }

    @Test
    void what_ranks_above_a_cancellation_opens_the_order_again() {
        OrderHistory history = with(
                history(
                        ten,
                        ten.cancelled(T0 + 3 * DAY),
                        ten.amended(T0 + 5 * DAY).revision(2)),
                accepted("d1", "o1", T0 + 4 * DAY, 6));

        assertThat(history.standingAt(T0 + 5 * DAY))
                .extracting(OrderStanding::state)
                .isEqualTo(OrderState.CANCELLED);
        assertThat(later(history).state()).isEqualTo(OrderState.OPEN);
        assertThat(later(history).acceptedUnits()).containsExactly(6);
    }

    @Test
    void an_acceptance_before_the_dispatch_is_flagged_and_so_is_a_larger_one() {
        OrderHistory history =
                with(history(ten), dispatched("d1", "o1", T0 + 2 * DAY, 3), accepted("d1", "o1", T0 + DAY, 4));

        assertThat(later(history).flags())
                .containsExactlyInAnyOrder(OrderFlag.ACCEPTED_BEFORE_DISPATCH, OrderFlag.ACCEPTED_MORE_THAN_DISPATCHED);
        assertThat(history.standingAt(T0 + 2 * DAY))
                .extracting(OrderStanding::flags)
                .isEqualTo(Set.of());
    }

    @Test
    void a_larger_dispatch_that_is_told_later_takes_the_flag_back() {
        OrderHistory history = with(
                history(ten),
                dispatched("d1", "o1", T0 + HOUR, 3),
                accepted("d1", "o1", T0 + DAY, 4),
                dispatched("d1", "o1", T0 + 2 * HOUR, 4));

        assertThat(later(history).flags()).isEmpty();
    }

    @Test
    void an_acceptance_before_the_confirmation_is_flagged() {
        OrderStanding standing = later(with(history(ten), accepted("d1", "o1", T0 - DAY, 4)));

        assertThat(standing.flags()).containsExactly(OrderFlag.ACCEPTED_BEFORE_CONFIRMATION);
    }

    @Test
    void it_is_known_from_its_first_confirmation_on() {
        OrderHistory history =
                history(ten.confirmedAt(T0 - DAY), ten.amended(T0 + DAY).confirmedAt(T0 - 2 * DAY));

        assertThat(later(history).knownAtMs()).isEqualTo(T0);
        assertThat(later(history).confirmedAtMs()).isEqualTo(T0 - 2 * DAY);
        OrderWait wait = new OrderWait();
        wait.set(later(history), T0 + 3 * DAY);
        assertThat(wait.entryMs).isEqualTo(2 * DAY);
        assertThat(wait.missingMs).isEqualTo(5 * DAY);
    }

    @Test
    void what_was_stored_comes_back_in_any_order() {
        OrderHistory history = with(
                history(ten, ten.amended(T0 + DAY).quantity(7)),
                accepted("d2", "o1", T0 + DAY, 4),
                dispatched("d1", "o1", T0 + DAY, 4));

        OrderHistory back = OrderHistory.of(
                new String("o1"),
                List.of(history.orders().get(1), history.orders().get(0)),
                List.of(history.deliveries().get(1), history.deliveries().get(0)),
                history.version());

        assertThat(back.standing()).usingRecursiveComparison().isEqualTo(history.standing());
        assertThat(back.version()).isEqualTo(4);
        assertThat(back.orders()).first().extracting(OrderRecord::change).isEqualTo(OrderChange.CONFIRMED);
    }
}
