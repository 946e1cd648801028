package org.capacityboard.bench.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.avro.specific.SpecificRecord;
import org.capacityboard.events.DeliveryEvent;
import org.capacityboard.events.DeliveryStage;
import org.capacityboard.events.OrderEvent;
import org.capacityboard.events.OrderEventType;
import org.junit.jupiter.api.Test;

class OrderScriptTest {
    private static final Instant END = Instant.parse("2026-06-29T00:00:00Z");
    private static final OrderLoad LOAD = new OrderLoad(5_000, 500, Duration.ofDays(50), END, 3);

    private final OrderScript script = new OrderScript(LOAD);

    private static List<SpecificRecord> past(OrderScript script) {
        List<SpecificRecord> events = new ArrayList<>();
        for (SpecificRecord event = script.past(); event != null; event = script.past()) {
            events.add(event);
        }
        return events;
    }

    private static List<SpecificRecord> pastAndLive(OrderScript script, int liveEvents) {
        List<SpecificRecord> events = past(script);
        for (int i = 0; i < liveEvents; i++) {
            events.add(script.live(END.plusMillis(i)));
        }
        return events;
    }

    private static Instant eventTime(SpecificRecord event) {
        return event instanceof OrderEvent order ? order.getEventTime() : ((DeliveryEvent) event).getEventTime();
    }

    @Test
    void events_of_the_past_come_in_the_order_of_their_times() {
        assertThat(past(script)).extracting(OrderScriptTest::eventTime).isSorted();
    }

    @Test
    void as_many_orders_are_open_as_were_asked_for() {
        past(script);

        assertThat(script.outcome().orders()).isEqualTo(5_000);
        assertThat(script.outcome().open()).isBetween(400L, 600L);
        assertThat(script.outcome().cancelled()).isBetween(50L, 150L);
    }

    @Test
    void the_outcome_is_what_the_events_add_up_to() {
        List<SpecificRecord> events = pastAndLive(script, 3_000);

        Set<SpecificRecord> distinct = new HashSet<>(events);
        Map<String, Long> units = new HashMap<>();
        Set<String> confirmed = new HashSet<>();
        Set<String> cancelled = new HashSet<>();
        for (SpecificRecord event : distinct) {
            if (event instanceof DeliveryEvent delivery && delivery.getStage() == DeliveryStage.ACCEPTED) {
                units.merge(delivery.getOrderId(), delivery.getQuantity(), Long::sum);
            } else if (event instanceof OrderEvent order && order.getType() == OrderEventType.CONFIRMED) {
                confirmed.add(order.getOrderId());
            } else if (event instanceof OrderEvent order && order.getType() == OrderEventType.CANCELLED) {
                cancelled.add(order.getOrderId());
            }
        }
        long completed =
                units.values().stream().filter(of -> of == OrderLoad.UNITS).count();
        assertThat(script.outcome())
                .isEqualTo(new OrderScript.Outcome(
                        confirmed.size(),
                        confirmed.size() - completed - cancelled.size(),
                        completed,
                        cancelled.size(),
                        units.values().stream().mapToLong(Long::longValue).sum(),
                        distinct.size()));
        assertThat(events).hasSizeGreaterThan(distinct.size());
        assertThat(confirmed).containsAll(units.keySet());
        assertThat(units.values()).allMatch(of -> of <= OrderLoad.UNITS);
    }

    @Test
    void the_same_load_has_the_same_events() {
        assertThat(pastAndLive(script, 1_000)).isEqualTo(pastAndLive(new OrderScript(LOAD), 1_000));
    }
}
