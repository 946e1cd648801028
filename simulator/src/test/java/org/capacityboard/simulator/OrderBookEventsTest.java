package org.capacityboard.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.avro.specific.SpecificRecord;
import org.capacityboard.events.DeliveryEvent;
import org.capacityboard.events.DeliveryStage;
import org.capacityboard.events.OrderEvent;
import org.capacityboard.events.OrderEventType;
import org.capacityboard.schemas.Topic;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

@TestInstance(Lifecycle.PER_CLASS)
class OrderBookEventsTest {
    private static final Duration HALF_A_YEAR = Duration.ofDays(182);
    private static final Duration HANDOVER = Duration.ofMinutes(1);
    private static final Duration ONE_DAY = Duration.ofDays(1);
    private static final long WEEK_MS = 7 * 86_400_000L;
    private static final Instant END = Feed.START.plus(HALF_A_YEAR);

    private final List<SimulatedEvent> sent;
    private final List<SpecificRecord> records;
    private final Map<String, OrderEvent> confirmed = new HashMap<>();

    OrderBookEventsTest() throws IOException {
        sent = until(source(alliance(), 0), END);
        records = sent.stream().map(Feed::decoded).distinct().toList();
        orders().stream()
                .filter(it -> it.getType() == OrderEventType.CONFIRMED)
                .forEach(it -> confirmed.put(it.getOrderId(), it));
    }

    @Test
    void same_seed_gives_the_same_events_and_another_seed_others() throws IOException {
        assertThat(texts(until(source(alliance(), 0), END))).isEqualTo(texts(sent));
        Simulation first = alliance();
        Simulation other = new Simulation(first.scenario(), first.seed() + 1, 0, first.reportInterval(), first.start());
        assertThat(texts(until(source(other, 0), Feed.START.plus(HANDOVER)))).doesNotContainAnyElementsOf(texts(sent));
    }

    @Test
    void every_instant_can_be_entered() throws IOException {
        OrderBookEvents entered = source(alliance(), 0);
        Map<Long, Integer> firstAt = new HashMap<>();
        for (int i = sent.size() - 1; i >= 0; i--) {
            firstAt.put(sent.get(i).sendTimeMs(), i);
        }
        for (int i = 0; i < sent.size(); i += 397) {
            long timeMs = sent.get(i).sendTimeMs();
            int first = firstAt.getOrDefault(timeMs, -1);
            entered.seek(timeMs);
            for (int j = first; j < Math.min(first + 100, sent.size()); j++) {
                assertThat(Feed.text(entered.next())).isEqualTo(Feed.text(sent.get(j)));
            }
            entered.seek(timeMs + 1);
            assertThat(entered.nextSendTimeMs()).isGreaterThan(timeMs);
        }
    }

    @Test
    void copies_of_lines_change_no_order_and_fewer_lines_leave_fewer_books() throws IOException {
        List<SimulatedEvent> ofCopies = until(source(alliance(), 500), Feed.START.plus(HANDOVER));
        assertThat(texts(ofCopies)).isEqualTo(texts(until(source(alliance(), 0), Feed.START.plus(HANDOVER))));
        Set<String> plants = new HashSet<>();
        for (SimulatedEvent event : until(source(alliance(), 4), Feed.START.plus(HANDOVER))) {
            if (Feed.decoded(event) instanceof OrderEvent order) {
                plants.add(order.getPlantId() + " " + order.getProductId());
            }
        }
        assertThat(plants).containsExactlyInAnyOrder("9QA01 shell-155-he", "9QA04 shell-155-he");
    }

    @Test
    void the_past_is_handed_over_oldest_first_and_nothing_is_sent_before_it_happens() {
        long lastMs = Feed.START.toEpochMilli();
        long lastPastMs = 0;
        int past = 0;
        for (SimulatedEvent event : sent) {
            assertThat(event.sendTimeMs()).isGreaterThanOrEqualTo(lastMs);
            assertThat(event.eventTimeMs()).isLessThanOrEqualTo(event.sendTimeMs());
            lastMs = event.sendTimeMs();
            if (event.sendTimeMs() < Feed.START.plus(HANDOVER).toEpochMilli()) {
                assertThat(event.eventTimeMs()).isGreaterThanOrEqualTo(lastPastMs);
                lastPastMs = event.eventTimeMs();
                past++;
            }
        }
        assertThat(past).isGreaterThan(sent.size() / 3);
        assertThat(sent.get(0).eventTimeMs())
                .isBetween(Feed.START.toEpochMilli() - 40 * WEEK_MS, Feed.START.toEpochMilli() - 39 * WEEK_MS);
    }

    @Test
    void revisions_and_times_of_an_order_rise_from_its_confirmation() {
        Map<String, TreeMap<Long, OrderEvent>> byOrder = new HashMap<>();
        orders().forEach(it -> assertThat(byOrder.computeIfAbsent(it.getOrderId(), id -> new TreeMap<>())
                        .put(it.getRevision(), it))
                .isNull());
        byOrder.values().forEach(events -> {
            Instant last = Instant.EPOCH;
            for (OrderEvent it : events.values()) {
                assertThat(it.getType() == OrderEventType.CONFIRMED).isEqualTo(it.getRevision() == 0);
                assertThat(it.getEventTime()).isAfter(last);
                assertThat(it.getQuantity()).isPositive();
                assertThat(it.getPromisedAt()).isAfter(it.getConfirmedAt());
                assertThat(it.getConfirmedAt()).isBeforeOrEqualTo(it.getEventTime());
                last = it.getEventTime();
            }
            assertThat(events.firstKey()).isZero();
            assertThat(events.lastKey()).isEqualTo(events.size() - 1L);
        });
        long enteredLate = confirmed.values().stream()
                .filter(it -> it.getConfirmedAt().isBefore(it.getEventTime().minus(ONE_DAY)))
                .count();
        assertThat(enteredLate).isBetween(50L, 250L);
    }

    @Test
    void every_delivery_has_its_order_and_is_accepted_or_rejected_once_after_it_left() {
        Map<String, DeliveryEvent> dispatched = new HashMap<>();
        Map<String, DeliveryEvent> ended = new HashMap<>();
        for (DeliveryEvent it : deliveries()) {
            Map<String, DeliveryEvent> stage = it.getStage() == DeliveryStage.DISPATCHED ? dispatched : ended;
            assertThat(stage.put(it.getDeliveryId(), it)).isNull();
            assertThat(confirmed).containsKey(it.getOrderId());
            assertThat(it.getDeliveryId()).startsWith(it.getOrderId() + ".").matches("[A-Za-z0-9._-]{1,64}");
        }
        ended.values().forEach(it -> {
            DeliveryEvent sentOff = dispatched.get(it.getDeliveryId());
            assertThat(sentOff).isNotNull();
            assertThat(sentOff.getEventTime()).isBefore(it.getEventTime());
            assertThat(sentOff.getQuantity()).isEqualTo(it.getQuantity());
            OrderEvent order = confirmed.get(it.getOrderId());
            assertThat(order).isNotNull();
            assertThat(order.getEventTime()).isBefore(sentOff.getEventTime());
        });
        long rejected = ended.values().stream()
                .filter(it -> it.getStage() == DeliveryStage.REJECTED)
                .count();
        assertThat(rejected / (double) ended.size()).isBetween(0.015, 0.035);
    }

    @Test
    void no_plant_delivers_more_than_its_lines_have_made() throws IOException {
        Map<String, Long> leftPlant = new HashMap<>();
        Map<String, Long> madeUntil = new HashMap<>();
        Map<String, LocalDate> nextDate = new HashMap<>();
        Map<String, PlantOutput> outputs = outputs();
        List<DeliveryEvent> inTime = new ArrayList<>(deliveries());
        inTime.sort((a, b) -> a.getEventTime().compareTo(b.getEventTime()));
        for (DeliveryEvent it : inTime) {
            OrderEvent order = orderOf(it);
            String book = order.getProductId() + " " + order.getPlantId();
            PlantOutput output = outputs.get(book);
            assertThat(output).isNotNull();
            // A rejected lot is back in the plant when it is sent again.
            long units = it.getStage() == DeliveryStage.ACCEPTED
                    ? 0
                    : it.getStage() == DeliveryStage.REJECTED ? -it.getQuantity() : it.getQuantity();
            leftPlant.merge(book, units, Long::sum);
            Instant historyStart = Feed.START.minus(Duration.ofDays(7 * 40 + 1));
            LocalDate date = nextDate.computeIfAbsent(book, any -> output.productionDate(historyStart.toEpochMilli()));
            while (output.dayStartMs(date.plusDays(1)) <= it.getEventTime().toEpochMilli()) {
                madeUntil.merge(book, output.units(date), Long::sum);
                date = date.plusDays(1);
            }
            nextDate.put(book, date);
            assertThat(leftPlant.get(book)).as(book).isLessThanOrEqualTo(madeUntil.getOrDefault(book, 0L));
        }
        assertThat(madeUntil).hasSizeGreaterThan(25);
    }

    @Test
    void what_is_dispatched_follows_the_counters_of_the_lines() throws IOException {
        long counted = 0;
        long counters = 0;
        for (SimulatedLine line : lines(alliance(), 0)) {
            if (line.plant().getPlantId().equals("9QA02")) {
                LineReports reports = new LineReports(line, 0.01, 60_000, false);
                Report report = new Report();
                reports.seek(END.toEpochMilli());
                reports.next(report);
                counters += report.goodCount;
            }
        }
        for (DeliveryEvent it : deliveries()) {
            boolean counts = orderOf(it).getPlantId().equals("9QA02")
                    && it.getStage() == DeliveryStage.DISPATCHED
                    && it.getEventTime().isAfter(Feed.START);
            counted += counts ? it.getQuantity() : 0;
        }
        assertThat(counted / (double) counters).isBetween(0.97, 1.06);
    }

    @Test
    void fifteen_to_forty_orders_come_in_every_week() {
        Map<Long, Integer> perWeek = new TreeMap<>();
        confirmed.values().forEach(it -> perWeek.merge(week(it.getEventTime()), 1, Integer::sum));
        perWeek.remove(-40L);
        assertThat(perWeek).hasSize(39 + 26);
        assertThat(perWeek.values()).allSatisfy(it -> assertThat(it).isBetween(10, 45));
        assertThat(perWeek.values().stream().mapToInt(it -> it).average().orElse(0))
                .isBetween(20.0, 30.0);
    }

    @Test
    void buyers_order_their_shares_and_frameworks_are_called_off_by_several_nations() {
        Map<String, Integer> byNation = new HashMap<>();
        Map<String, Set<String>> byCallOff = new HashMap<>();
        int ofShells = 0;
        for (OrderEvent it : confirmed.values()) {
            if (it.getProductId().equals("shell-155-he")) {
                byNation.merge(it.getBuyerNation(), 1, Integer::sum);
                ofShells++;
            }
            if (it.getFrameworkId() != null) {
                byCallOff
                        .computeIfAbsent(it.getFrameworkId() + " " + week(it.getEventTime()), call -> new HashSet<>())
                        .add(it.getBuyerNation());
            }
        }
        assertThat(byNation).containsOnlyKeys("USA", "DEU", "POL", "FRA", "ITA");
        assertThat(byNation.getOrDefault("USA", 0) / (double) ofShells).isBetween(0.22, 0.38);
        assertThat(byNation.getOrDefault("ITA", 0) / (double) ofShells).isBetween(0.05, 0.16);
        assertThat(byCallOff).hasSizeGreaterThan(12);
        assertThat(byCallOff.values()).allSatisfy(nations -> assertThat(nations).hasSizeGreaterThan(1));
    }

    @Test
    void most_orders_are_on_time_but_not_those_of_the_plants_in_trouble() {
        assertThat(onTimeRatio("9QA")).isBetween(0.6, 0.85);
        assertThat(onTimeRatio("9QA10")).isLessThan(0.55);
        assertThat(onTimeRatio("9QA01")).isGreaterThan(0.6);
        Instant lastOfStalled = deliveries().stream()
                .filter(it -> it.getOrderId().startsWith("9QA12-charge-155-"))
                .map(DeliveryEvent::getEventTime)
                .max(Instant::compareTo)
                .orElseThrow();
        assertThat(lastOfStalled).isBetween(Feed.START.minusMillis(8 * WEEK_MS), Feed.START);
    }

    @Test
    void lead_times_are_months() {
        Map<String, Instant> lastAccepted = new HashMap<>();
        Map<String, Long> units = new HashMap<>();
        deliveries().stream()
                .filter(it -> it.getStage() == DeliveryStage.ACCEPTED)
                .forEach(it -> {
                    lastAccepted.merge(it.getOrderId(), it.getEventTime(), (a, b) -> a.isAfter(b) ? a : b);
                    units.merge(it.getOrderId(), it.getQuantity(), Long::sum);
                });
        List<Long> days = new ArrayList<>();
        lastAccepted.forEach((orderId, last) -> {
            OrderEvent order = confirmed.get(orderId);
            assertThat(order).isNotNull();
            if (units.getOrDefault(orderId, 0L) >= order.getQuantity()) {
                days.add(Duration.between(order.getConfirmedAt(), last).toDays());
            }
        });
        days.sort(Long::compare);
        assertThat(days).hasSizeGreaterThan(1_000);
        assertThat(days.get(days.size() / 2)).isBetween(55L, 120L);
        assertThat(days.get(days.size() * 9 / 10)).isBetween(90L, 240L);
    }

    @Test
    void some_events_come_twice_some_late_and_some_before_their_order() {
        assertThat(1 - records.size() / (double) sent.size()).isBetween(0.006, 0.014);
        long handedOverMs = Feed.START.plus(HANDOVER).toEpochMilli();
        List<SimulatedEvent> live =
                sent.stream().filter(it -> it.sendTimeMs() > handedOverMs).toList();
        long late = live.stream()
                .filter(it -> it.sendTimeMs() - it.eventTimeMs() > 600_000)
                .count();
        assertThat(late / (double) live.size()).isBetween(0.01, 0.04);
        assertThat(live).allSatisfy(it -> assertThat(it.sendTimeMs() - it.eventTimeMs())
                .isLessThan(Duration.ofHours(36).toMillis()));
        Set<String> known = new HashSet<>();
        int beforeOrder = 0;
        for (SimulatedEvent it : sent) {
            if (it.topic() == Topic.ORDERS) {
                known.add(it.key());
            } else if (!known.contains(it.key())) {
                beforeOrder++;
            }
        }
        assertThat(beforeOrder).isBetween(3, 40);
    }

    @Test
    void one_order_system_sends_rubbish_of_every_kind_and_touches_no_order() throws IOException {
        List<SimulatedEvent> all = Feed.events(
                new Simulation(alliance().scenario(), 155, 2, Duration.ofMinutes(10), Feed.START),
                Feed.START,
                Duration.ofDays(18));
        List<SpecificRecord> rubbish = all.stream()
                .filter(it -> it.key().startsWith("9QA14-misentered-"))
                .map(Feed::decoded)
                .toList();
        assertThat(rubbish).hasSizeBetween(11, 12);
        assertThat(rubbish.stream().filter(OrderEvent.class::isInstance)).hasSizeBetween(7, 8);
        assertThat(rubbish).allSatisfy(it -> {
            if (it instanceof OrderEvent order) {
                assertThat(order.getQuantity() < 0
                                || order.getPromisedAt().isBefore(order.getConfirmedAt())
                                || order.getType() == OrderEventType.CANCELLED
                                || order.getProductId().equals("shell-of-old-catalogue"))
                        .isTrue();
            }
        });
    }

    @Test
    void the_clean_line_gets_an_order_a_week_and_delivers_it_in_five_lots_on_time() throws IOException {
        List<SpecificRecord> sixWeeks =
                until(source(Feed.cleanLine(), 0), Feed.START.plus(Duration.ofDays(42))).stream()
                        .map(Feed::decoded)
                        .toList();
        List<OrderEvent> ordered = sixWeeks.stream()
                .filter(OrderEvent.class::isInstance)
                .map(OrderEvent.class::cast)
                .toList();
        assertThat(ordered).hasSize(6).allSatisfy(it -> {
            assertThat(it.getType()).isEqualTo(OrderEventType.CONFIRMED);
            assertThat(it.getQuantity()).isEqualTo(4800);
        });
        for (OrderEvent order : ordered.subList(0, 4)) {
            List<DeliveryEvent> accepted = sixWeeks.stream()
                    .filter(DeliveryEvent.class::isInstance)
                    .map(DeliveryEvent.class::cast)
                    .filter(it -> it.getOrderId().equals(order.getOrderId()))
                    .filter(it -> it.getStage() == DeliveryStage.ACCEPTED)
                    .toList();
            assertThat(accepted).hasSize(5).allSatisfy(it -> {
                assertThat(it.getQuantity()).isEqualTo(960);
                assertThat(it.getEventTime()).isBefore(order.getPromisedAt());
            });
        }
    }

    private List<OrderEvent> orders() {
        return records.stream()
                .filter(OrderEvent.class::isInstance)
                .map(OrderEvent.class::cast)
                .toList();
    }

    private List<DeliveryEvent> deliveries() {
        return records.stream()
                .filter(DeliveryEvent.class::isInstance)
                .map(DeliveryEvent.class::cast)
                .toList();
    }

    private OrderEvent orderOf(DeliveryEvent delivery) {
        OrderEvent order = confirmed.get(delivery.getOrderId());
        assertThat(order).isNotNull();
        return order;
    }

    /** Share of the orders promised since the start that were accepted in full by then. */
    private double onTimeRatio(String plantPrefix) {
        Map<String, Long> inTime = new HashMap<>();
        for (DeliveryEvent it : deliveries()) {
            boolean counts = it.getStage() == DeliveryStage.ACCEPTED
                    && !it.getEventTime().isAfter(orderOf(it).getPromisedAt().plus(ONE_DAY));
            inTime.merge(it.getOrderId(), counts ? it.getQuantity() : 0, Long::sum);
        }
        Set<String> cancelled = new HashSet<>();
        orders().stream()
                .filter(it -> it.getType() == OrderEventType.CANCELLED)
                .forEach(it -> cancelled.add(it.getOrderId()));
        int due = 0;
        int met = 0;
        for (OrderEvent it : confirmed.values()) {
            boolean counts = it.getPlantId().startsWith(plantPrefix)
                    && it.getPromisedAt().isAfter(Feed.START)
                    && it.getPromisedAt().isBefore(END.minus(ONE_DAY))
                    && !cancelled.contains(it.getOrderId());
            due += counts ? 1 : 0;
            met += counts && inTime.getOrDefault(it.getOrderId(), 0L) >= it.getQuantity() ? 1 : 0;
        }
        assertThat(due).isGreaterThan(10);
        return met / (double) due;
    }

    private static Simulation alliance() throws IOException {
        return Feed.alliance();
    }

    private static Map<String, PlantOutput> outputs() throws IOException {
        Map<String, List<SimulatedLine>> byPlant = new HashMap<>();
        for (SimulatedLine line : lines(alliance(), 0)) {
            byPlant.computeIfAbsent(line.plant().getPlantId(), plant -> new ArrayList<>())
                    .add(line);
        }
        return OrderBookEvents.outputs(
                        byPlant, 0.01, 155, Feed.START.plus(HANDOVER).toEpochMilli())
                .entrySet()
                .stream()
                .collect(
                        HashMap::new,
                        (all, ofProduct) -> ofProduct
                                .getValue()
                                .forEach((plant, output) -> all.put(ofProduct.getKey() + " " + plant, output)),
                        Map::putAll);
    }

    private static List<SimulatedLine> lines(Simulation simulation, int count) {
        long linesFromMs = simulation.start().toEpochMilli()
                + OrderBookEvents.handoverMs(simulation.scenario().orderBooks());
        return SimulatedLine.of(simulation.scenario(), simulation.seed(), count, linesFromMs);
    }

    private static OrderBookEvents source(Simulation simulation, int count) {
        OrderBookEvents source = OrderBookEvents.of(
                new Simulation(
                        simulation.scenario(), simulation.seed(), count, simulation.reportInterval(), Feed.START),
                lines(simulation, count));
        assertThat(source).isNotNull();
        source.seek(Feed.START.toEpochMilli());
        return source;
    }

    private static List<SimulatedEvent> until(OrderBookEvents source, Instant end) {
        List<SimulatedEvent> taken = new ArrayList<>();
        while (source.nextSendTimeMs() < end.toEpochMilli()) {
            taken.add(source.next());
        }
        return taken;
    }

    private static List<String> texts(List<SimulatedEvent> events) {
        return events.stream().map(Feed::text).toList();
    }

    private static long week(Instant instant) {
        return Math.floorDiv(instant.toEpochMilli() - Feed.START.toEpochMilli(), WEEK_MS);
    }
}
