package org.capacityboard.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;
import org.capacityboard.events.ShiftPlan;
import org.capacityboard.schemas.EventCodec;
import org.capacityboard.schemas.RegisteredSchema;
import org.capacityboard.schemas.Topic;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SimulatedEventsTest {
    private static final int A_MILLION = 1_000_000;

    @Test
    void same_seed_gives_the_same_million_events() throws Exception {
        assertThat(hash(Feed.alliance())).isEqualTo(hash(Feed.alliance()));
    }

    @Test
    void other_seed_gives_other_events() throws Exception {
        Simulation first = Feed.alliance();
        Simulation other = new Simulation(first.scenario(), first.seed() + 1, 0, first.reportInterval(), first.start());
        assertThat(hash(other)).isNotEqualTo(hash(first));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2026-09-07T00:00:00Z",
                "2026-09-07T00:00:00.001Z",
                "2026-09-08T00:00:00Z",
                "2026-09-09T10:20:30.456Z",
                "2026-09-20T23:59:59.999Z",
                "2026-10-25T02:30:00Z"
            })
    void entering_anywhere_gives_what_an_uninterrupted_run_sends_from_there(Instant entry) throws Exception {
        SimulatedEvents uninterrupted = SimulatedEvents.from(Feed.alliance(), Feed.START.toEpochMilli());
        while (uninterrupted.nextSendTimeMs() < entry.toEpochMilli()) {
            uninterrupted.next();
        }
        SimulatedEvents entered = SimulatedEvents.from(Feed.alliance(), entry.toEpochMilli());
        for (int i = 0; i < 20_000; i++) {
            SimulatedEvent expected = uninterrupted.next();
            assertThat(Feed.text(entered.next())).isEqualTo(Feed.text(expected));
        }
    }

    @Test
    void every_moment_of_ten_days_can_be_entered() throws Exception {
        Simulation simulation = new Simulation(Feed.alliance().scenario(), 7, 0, Duration.ofSeconds(60), Feed.START);
        Map<Long, Integer> firstBySendTime = new HashMap<>();
        List<SimulatedEvent> all = Feed.events(simulation, Feed.START, Duration.ofDays(10));
        for (int i = all.size() - 1; i >= 0; i--) {
            firstBySendTime.put(all.get(i).sendTimeMs(), i);
        }
        for (int i = 5_000; i < all.size(); i += 2_003) {
            long timeMs = all.get(i).sendTimeMs();
            SimulatedEvents entered = SimulatedEvents.from(simulation, timeMs);
            int first = firstBySendTime.getOrDefault(timeMs, -1);
            for (int j = first; j < Math.min(first + 400, all.size()); j++) {
                assertThat(Feed.text(entered.next())).isEqualTo(Feed.text(all.get(j)));
            }
        }
    }

    @Test
    void events_come_in_the_order_of_sending_and_never_from_the_future() throws Exception {
        long lastMs = 0;
        for (SimulatedEvent event : Feed.events(Feed.alliance(), Feed.START, Feed.ONE_DAY)) {
            assertThat(event.sendTimeMs()).isGreaterThanOrEqualTo(lastMs);
            assertThat(event.eventTimeMs()).isLessThanOrEqualTo(event.sendTimeMs());
            lastMs = event.sendTimeMs();
        }
    }

    @Test
    void handwritten_bytes_are_those_of_the_codec() throws Exception {
        Scenario perfect = without(Feed.alliance().scenario());
        Simulation simulation = Simulation.of(perfect, Feed.START);
        for (SimulatedEvent event : Feed.events(simulation, Feed.START, Feed.ONE_DAY)) {
            if (event.topic() == Topic.SCHEMAS) {
                String json = new String(event.value(), StandardCharsets.UTF_8);
                assertThat(RegisteredSchema.parse(event.key(), json).key()).isEqualTo(event.key());
            } else {
                SpecificRecord record = Feed.decoded(event);
                assertThat(record).isNotNull();
                assertThat(EventCodec.encode(record)).isEqualTo(event.value());
                assertThat(event.topic().key(record)).isEqualTo(event.key());
            }
        }
    }

    @Test
    void schemas_then_reference_data_then_plans_come_before_the_first_report() throws Exception {
        List<Topic> order = Feed.events(Feed.alliance(), Feed.START, Duration.ofMinutes(2)).stream()
                .map(SimulatedEvent::topic)
                .distinct()
                .toList();
        assertThat(order)
                .containsExactly(
                        Topic.SCHEMAS,
                        Topic.PLANTS,
                        Topic.PRODUCTS,
                        Topic.MATERIALS,
                        Topic.SUPPLIERS,
                        Topic.LINES,
                        Topic.SURGE_REQUIREMENTS,
                        Topic.SHIFT_PLANS,
                        Topic.MATERIAL_STOCKS,
                        Topic.WORKFORCE,
                        Topic.ORDERS,
                        Topic.DELIVERIES,
                        Topic.LINE_TELEMETRY);
    }

    @Test
    void every_plan_is_sent_once_and_before_its_shift_and_some_are_cancelled() throws Exception {
        Map<String, SimulatedEvent> sent = new HashMap<>();
        int cancelled = 0;
        for (SimulatedEvent event : Feed.events(Feed.alliance(), Feed.START, Duration.ofDays(15))) {
            if (event.topic() == Topic.SHIFT_PLANS && Feed.decoded(event) instanceof ShiftPlan plan) {
                assertThat(sent.put(plan.getPlanId() + "/" + plan.getRevision(), event))
                        .isNull();
                assertThat(plan.getRevision()).isEqualTo(plan.getCancelled() ? 1 : 0);
                if (event.sendTimeMs() > Feed.START.toEpochMilli()) {
                    assertThat(plan.getStart()).isAfter(Instant.ofEpochMilli(event.sendTimeMs()));
                }
                cancelled += plan.getCancelled() ? 1 : 0;
            }
        }
        assertThat(cancelled).isBetween(5, 50);
    }

    @Test
    void copies_of_lines_scale_a_scenario_up() throws Exception {
        Simulation many = new Simulation(Feed.alliance().scenario(), 155, 500, Duration.ofSeconds(1), Feed.START);
        List<SimulatedEvent> events = Feed.events(many, Feed.START.plusSeconds(120), Duration.ofSeconds(10));
        List<String> keys = events.stream().map(SimulatedEvent::key).distinct().toList();
        // Every line reports every second but the eleven copies of the one that is not yet accepted.
        assertThat(keys).hasSize(489).contains("9QA01-S1", "9QA01-S1-c1", "9QA01-S1-c10");
        assertThat(events).hasSizeBetween(4_800, 5_100);
    }

    private static Scenario without(Scenario scenario) {
        return new Scenario(
                scenario.name(),
                scenario.seed(),
                scenario.reportIntervalSeconds(),
                scenario.heartbeatSeconds(),
                scenario.shiftPlansAheadDays(),
                scenario.cancelledShiftRatio(),
                null,
                scenario.shiftPatterns(),
                scenario.stopPatterns(),
                scenario.plants(),
                scenario.lines(),
                scenario.products(),
                scenario.materials(),
                scenario.suppliers(),
                scenario.surgeRequirements(),
                scenario.orderBooks(),
                scenario.materialSupply(),
                scenario.workforce());
    }

    private static String hash(Simulation simulation) throws Exception {
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        SimulatedEvents events =
                SimulatedEvents.from(simulation, simulation.start().toEpochMilli());
        for (int i = 0; i < A_MILLION; i++) {
            SimulatedEvent event = events.next();
            digest.update(event.topic().baseName().getBytes(StandardCharsets.UTF_8));
            digest.update(event.key().getBytes(StandardCharsets.UTF_8));
            digest.update(event.value());
            digest.update(ByteBuffer.allocate(Long.BYTES).putLong(0, event.sendTimeMs()));
        }
        return HexFormat.of().formatHex(digest.digest());
    }
}
