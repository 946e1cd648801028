package org.capacityboard.oracle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.TreeSet;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.capacityboard.events.DeliveryEvent;
import org.capacityboard.events.OrderEvent;
import org.junit.jupiter.api.Test;

class OrderStreamTest {
    private static final OrderStreamOptions SMALL = OrderStreamOptions.DEFAULT.withMaxOrders(15);

    private static Stream<OrderStream> tenStreams() {
        return LongStream.range(0, 10).mapToObj(seed -> OrderStream.of(seed, OrderStreamOptions.DEFAULT));
    }

    @Test
    void the_same_seed_makes_the_same_bytes() {
        assertThat(bytes(7)).isEqualTo(bytes(7)).isNotEqualTo(bytes(8));
    }

    private static List<String> bytes(long seed) {
        return OrderStream.of(seed, SMALL).arrivals().stream()
                .map(arrival -> arrival.receivedAt() + Arrays.toString(arrival.value()))
                .toList();
    }

    @Test
    void streams_hold_every_kind_of_rubbish() {
        TreeSet<String> reasons = new TreeSet<>();
        tenStreams()
                .flatMap(stream -> stream.arrivals().stream())
                .filter(arrival -> arrival.refusedAs() != null)
                .forEach(arrival -> reasons.add(Objects.requireNonNull(arrival.refusedAs())));

        assertThat(reasons)
                .containsExactly(
                        "ANCIENT_EVENT",
                        "BAD_INTERVAL",
                        "BAD_VALUE",
                        "FUTURE_EVENT",
                        "NEGATIVE_COUNT",
                        "UNKNOWN_ORDER",
                        "UNKNOWN_REFERENCE");
    }

    @Test
    void streams_hold_orders_of_every_state_every_flag_forecasts_and_standstills() {
        TreeSet<String> seen = new TreeSet<>();
        tenStreams().forEach(stream -> {
            LeadTimeRows rows = Oracle.leadTimes(stream.input(stream.until()));
            for (LeadTimeKey key : rows.rows().keySet()) {
                if (key.table() == LeadTimeTable.ORDER_STATUS) {
                    seen.add(rows.text(key, "state"));
                    seen.addAll(List.of(rows.text(key, "flags").split(",")));
                    seen.add(rows.text(key, "forecast_p50_at").isEmpty() ? "" : "forecast");
                    seen.add(rows.text(key, "stalled").equals("true") ? "stalled" : "");
                }
            }
        });

        assertThat(seen)
                .containsExactly(
                        "",
                        "ACCEPTED_AFTER_CANCELLATION",
                        "ACCEPTED_BEFORE_CONFIRMATION",
                        "ACCEPTED_BEFORE_DISPATCH",
                        "ACCEPTED_MORE_THAN_DISPATCHED",
                        "ACCEPTED_MORE_THAN_ORDERED",
                        "CANCELLED",
                        "CANCELLED_AFTER_COMPLETION",
                        "COMPLETED",
                        "OPEN",
                        "forecast",
                        "stalled");
    }

    @Test
    void rubbish_changes_no_row() {
        OrderStream stream = OrderStream.of(3, SMALL);
        List<Arrival> valid = stream.arrivals().stream()
                .filter(arrival -> arrival.refusedAs() == null)
                .toList();

        assertThat(valid).hasSizeLessThan(stream.arrivals().size());
        assertThat(LeadTimeDifference.between(
                        Oracle.leadTimes(OrderStream.input(valid, stream.until(), stream.horizon())),
                        Oracle.leadTimes(stream.input(stream.until()))))
                .isEmpty();
    }

    @Test
    void no_valid_record_is_received_later_than_the_horizon_allows() {
        tenStreams().forEach(stream -> {
            Instant highest = Instant.EPOCH;
            for (Arrival arrival : stream.arrivals()) {
                if (arrival.refusedAs() == null && !arrival.topic().isReference()) {
                    Instant eventTime = arrival.event() instanceof OrderEvent order
                            ? order.getEventTime()
                            : ((DeliveryEvent) Objects.requireNonNull(arrival.event())).getEventTime();
                    assertThat(eventTime).isAfter(highest.minus(stream.horizon()));
                    highest = eventTime.isAfter(highest) ? eventTime : highest;
                }
            }
            assertThat(highest).isBefore(stream.until());
        });
    }

    @Test
    void every_arrival_is_received_later_than_the_one_before() {
        OrderStream stream = OrderStream.of(9, SMALL);
        for (List<Arrival> arrivals : List.of(stream.arrivals(), stream.arrivalsInOtherOrder())) {
            List<Instant> times = arrivals.stream().map(Arrival::receivedAt).toList();
            assertThat(times).isSorted().doesNotHaveDuplicates();
            assertThat(times.get(times.size() - 1)).isBefore(stream.until());
        }
    }

    @Test
    void a_horizon_too_short_for_what_comes_before_its_order_is_refused() {
        assertThatThrownBy(() -> SMALL.withHorizon(Duration.ofHours(5)))
                .hasMessage("horizon is PT5H, must be at least PT6H");
    }
}
