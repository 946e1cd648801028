package org.capacityboard.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.apache.avro.specific.SpecificRecord;
import org.capacityboard.events.MaterialStock;
import org.capacityboard.events.Receipt;
import org.capacityboard.events.Supplier;
import org.capacityboard.events.SurgeRequirement;
import org.capacityboard.schemas.Topic;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

@TestInstance(Lifecycle.PER_CLASS)
class StockEventsTest {
    private static final Duration HALF_A_YEAR = Duration.ofDays(182);
    private static final Instant END = Feed.START.plus(HALF_A_YEAR);
    private static final long LINES_FROM_MS = Feed.START.plusSeconds(60).toEpochMilli();

    private final List<SimulatedEvent> sent;
    private final Map<String, TreeMap<Instant, MaterialStock>> counts = new HashMap<>();

    StockEventsTest() throws IOException {
        sent = until(source(Feed.alliance(), 0), END);
        for (SimulatedEvent it : sent) {
            MaterialStock count = count(it);
            counts.computeIfAbsent(it.key(), key -> new TreeMap<>()).put(count.getEventTime(), count);
        }
    }

    @Test
    void same_seed_gives_the_same_counts_and_another_seed_others() throws IOException {
        assertThat(texts(until(source(Feed.alliance(), 0), END))).isEqualTo(texts(sent));
        Simulation first = Feed.alliance();
        Simulation other = new Simulation(first.scenario(), 7, 0, first.reportInterval(), first.start());
        assertThat(texts(until(source(other, 0), END))).doesNotContainAnyElementsOf(texts(sent));
    }

    @Test
    void every_instant_can_be_entered() throws IOException {
        StockEvents entered = source(Feed.alliance(), 0);
        Map<Long, Integer> firstAt = new HashMap<>();
        for (int i = sent.size() - 1; i >= 0; i--) {
            firstAt.put(sent.get(i).sendTimeMs(), i);
        }
        for (int i = 0; i < sent.size(); i += 97) {
            long timeMs = sent.get(i).sendTimeMs();
            int first = firstAt.getOrDefault(timeMs, -1);
            entered.seek(timeMs);
            for (int j = first; j < Math.min(first + 50, sent.size()); j++) {
                assertThat(Feed.text(entered.next())).isEqualTo(Feed.text(sent.get(j)));
            }
            entered.seek(timeMs + 1);
            assertThat(entered.nextSendTimeMs()).isGreaterThan(timeMs);
        }
    }

    @Test
    void copies_of_lines_use_nothing_and_fewer_lines_leave_fewer_stocks() throws IOException {
        assertThat(texts(until(source(Feed.alliance(), 500), END))).isEqualTo(texts(sent));
        Set<String> kept = new HashSet<>();
        until(source(Feed.alliance(), 4), END).forEach(it -> kept.add(it.key()));
        assertThat(kept)
                .containsExactlyInAnyOrder(
                        "9QA01|shell-steel", "9QA01|band-copper", "9QA04|shell-steel", "9QA04|band-copper");
    }

    @Test
    void a_stock_is_what_it_was_and_what_came_in_less_what_the_lines_used_and_never_negative() throws IOException {
        double used = 0;
        double received = 0;
        for (PlantStocks plant : plants(0)) {
            plant.begin((count, sendTimeMs) -> {});
            for (int day = 0; day < HALF_A_YEAR.toDays(); day++) {
                Map<String, Double> before = new HashMap<>();
                plant.piles().forEach(it -> before.put(it.materialId, it.onHand()));
                plant.liveDay((count, sendTimeMs) -> {});
                for (MaterialStockpile it : plant.piles()) {
                    double expected = before.getOrDefault(it.materialId, 0.0) + it.receivedToday() - it.usedToday();
                    assertThat(it.onHand()).isNotNegative().isCloseTo(expected, within(1e-6));
                    used += it.usedToday();
                    received += it.receivedToday();
                }
            }
        }
        assertThat(received / used).isBetween(0.95, 1.1);
    }

    @Test
    void counts_say_what_is_there_and_name_all_receipts_to_come() throws IOException {
        for (PlantStocks plant : plants(0)) {
            List<MaterialStock> counted = new ArrayList<>();
            PlantStocks.Counts take = (count, sendTimeMs) -> counted.add(count);
            plant.begin(take);
            for (int day = 0; day < HALF_A_YEAR.toDays(); day++) {
                for (MaterialStock count : counted) {
                    MaterialStockpile pile = plant.piles().stream()
                            .filter(it -> it.materialId.equals(count.getMaterialId()))
                            .findFirst()
                            .orElseThrow();
                    assertThat(count.getOnHand()).isCloseTo(pile.onHand(), within(0.051));
                    assertThat(count.getReceipts().stream()
                                    .mapToDouble(Receipt::getQuantity)
                                    .sum())
                            .isCloseTo(
                                    pile.coming().stream()
                                            .mapToDouble(MaterialStockpile.Coming::quantity)
                                            .sum(),
                                    within(1e-6));
                }
                counted.clear();
                plant.liveDay(take);
            }
        }
    }

    @Test
    void stocks_follow_the_counters_of_the_lines() throws IOException {
        PlantStocks plant = plantOf("9QA12");
        plant.begin((count, sendTimeMs) -> {});
        double cases = 0;
        while (plant.nextDayEndMs() < END.toEpochMilli()) {
            plant.liveDay((count, sendTimeMs) -> {});
            for (MaterialStockpile it : plant.piles()) {
                cases += it.materialId.equals("charge-case") ? it.usedToday() : 0;
            }
        }
        SimulatedLine charges = lines(0).stream()
                .filter(it -> it.lineId().equals("9QA12-C1"))
                .findFirst()
                .orElseThrow();
        LineReports reports = new LineReports(charges, 0.01, 60_000, false);
        Report report = new Report();
        reports.seek(plant.nextDayEndMs() - Duration.ofDays(1).toMillis());
        reports.next(report);
        assertThat(cases / 5 / (report.goodCount + report.scrapCount)).isBetween(0.99, 1.01);
    }

    @Test
    void receipts_come_after_the_count_and_are_firm_one_to_three_months_ahead() {
        Map<String, Double> furthestDays = new HashMap<>();
        for (TreeMap<Instant, MaterialStock> ofStock : counts.values()) {
            for (MaterialStock count : ofStock.values()) {
                for (Receipt it : count.getReceipts()) {
                    assertThat(it.getDueAt()).isAfter(count.getEventTime());
                    assertThat(it.getQuantity()).isPositive();
                    double days = Duration.between(count.getEventTime(), it.getDueAt())
                                    .toHours()
                            / 24.0;
                    furthestDays.merge(count.getMaterialId(), days, Math::max);
                }
            }
        }
        assertThat(furthestDays).hasSize(10);
        // One that is late may be due a little later than it was firm ahead.
        assertThat(furthestDays.values()).allSatisfy(it -> assertThat(it).isBetween(29.0, 95.0));
    }

    @Test
    void some_receipts_are_put_off_and_none_is_promised_by_a_stranger() throws IOException {
        int late = 0;
        int all = 0;
        Set<String> suppliers = new HashSet<>();
        for (PlantStocks plant : plants(0)) {
            plant.begin((count, sendTimeMs) -> {});
            for (int day = 0; day < 30; day++) {
                plant.liveDay((count, sendTimeMs) -> {});
            }
            for (MaterialStockpile pile : plant.piles()) {
                for (MaterialStockpile.Coming it : pile.coming()) {
                    suppliers.add(it.supplierId());
                    late += it.day() > it.plannedDay() ? 1 : 0;
                    all++;
                }
            }
        }
        assertThat(late / (double) all).isBetween(0.08, 0.3);
        List<String> known = Feed.alliance().scenario().suppliers().stream()
                .map(Supplier::getSupplierId)
                .toList();
        assertThat(known).containsAll(suppliers);
        assertThat(suppliers).hasSizeGreaterThan(12);
    }

    @Test
    void most_plants_count_weekly_some_daily_and_one_so_seldom_that_its_stocks_are_stale() {
        assertThat(longestGap("9QA01|shell-steel")).isLessThan(Duration.ofDays(2));
        assertThat(longestGap("9QA04|shell-steel")).isBetween(Duration.ofDays(6), Duration.ofDays(8));
        assertThat(longestGap("9QA15|shell-steel")).isGreaterThan(Duration.ofDays(60));
        counts.forEach((key, ofStock) -> assertThat(ofStock.firstKey()).isEqualTo(Feed.START));
        assertThat(counts).hasSizeGreaterThan(35);
    }

    @Test
    void counts_are_sent_after_they_are_made_at_some_plants_hours_after() {
        long lastMs = 0;
        for (SimulatedEvent it : sent) {
            assertThat(it.sendTimeMs()).isGreaterThanOrEqualTo(Math.max(lastMs, it.eventTimeMs()));
            lastMs = it.sendTimeMs();
            long delayMs = it.sendTimeMs() - it.eventTimeMs();
            if (it.key().startsWith("9QA10") && it.eventTimeMs() > Feed.START.toEpochMilli()) {
                assertThat(delayMs)
                        .isBetween(
                                Duration.ofHours(10).toMillis(),
                                Duration.ofHours(21).toMillis());
            } else if (it.key().startsWith("9QA04")) {
                assertThat(delayMs).isLessThan(60_000);
            }
        }
    }

    @Test
    void revisions_count_up_and_some_counts_come_twice() {
        Set<String> distinct = new HashSet<>();
        sent.forEach(it -> distinct.add(it.key() + " " + count(it)));
        assertThat(1 - distinct.size() / (double) sent.size()).isBetween(0.003, 0.02);
        counts.values().forEach(ofStock -> {
            long expected = 0;
            for (MaterialStock it : ofStock.values()) {
                assertThat(it.getRevision()).isEqualTo(expected++);
            }
        });
    }

    @Test
    void one_system_sends_impossible_stocks_and_requirements_and_touches_no_real_one() throws IOException {
        Simulation small = new Simulation(Feed.alliance().scenario(), 155, 2, Duration.ofMinutes(10), Feed.START);
        List<MaterialStock> stocks = new ArrayList<>();
        List<String> required = new ArrayList<>();
        for (SimulatedEvent event : Feed.events(small, Feed.START.plusSeconds(120), Duration.ofDays(27))) {
            SpecificRecord record = event.topic() == Topic.LINE_TELEMETRY ? null : Feed.decoded(event);
            if (record instanceof MaterialStock stock && stock.getPlantId().equals("9QA14")) {
                stocks.add(stock);
            } else if (record instanceof SurgeRequirement requirement) {
                required.add(requirement.getProductId());
            }
        }
        assertThat(stocks).hasSize(6).allSatisfy(it -> assertThat(counts)
                .doesNotContainKey(it.getPlantId() + "|" + it.getMaterialId()));
        assertThat(stocks.stream().filter(it -> it.getOnHand() < 0)).hasSize(3);
        assertThat(stocks.stream().filter(it -> !it.getReceipts().isEmpty())).hasSize(3);
        assertThat(required).hasSize(3).allMatch(it -> it.startsWith("round-of-old-catalogue-"));
    }

    @Test
    void the_clean_line_uses_1920_blanks_a_day_and_gets_9600_every_five_days() throws IOException {
        List<MaterialStock> stocks = until(source(Feed.cleanLine(), 0), Feed.START.plus(Duration.ofDays(10))).stream()
                .map(StockEventsTest::count)
                .toList();
        assertThat(stocks.stream().map(MaterialStock::getOnHand))
                .containsExactly(
                        19_200.0, 17_280.0, 15_360.0, 13_440.0, 11_520.0, 9_600.0, 22_080.0, 20_160.0, 18_240.0,
                        16_320.0);
        assertThat(stocks.get(9).getReceipts()).hasSizeBetween(5, 6).allSatisfy(it -> assertThat(it.getQuantity())
                .isEqualTo(9_600.0));
    }

    private Duration longestGap(String key) {
        Duration longest = Duration.ZERO;
        Instant last = Feed.START;
        for (Instant it : counts.getOrDefault(key, new TreeMap<>()).keySet()) {
            Duration gap = Duration.between(last, it);
            longest = gap.compareTo(longest) > 0 ? gap : longest;
            last = it;
        }
        return longest;
    }

    private static PlantStocks plantOf(String plantId) throws IOException {
        List<SimulatedLine> ofPlant = lines(0).stream()
                .filter(it -> it.plant().getPlantId().equals(plantId))
                .toList();
        Simulation simulation = Feed.alliance();
        MaterialSupply supply = simulation.scenario().materialSupply();
        assertThat(supply).isNotNull();
        return new PlantStocks(ofPlant, simulation.scenario(), supply, simulation.seed(), Feed.START.toEpochMilli());
    }

    private static List<PlantStocks> plants(int count) throws IOException {
        Simulation simulation = Feed.alliance();
        MaterialSupply supply = simulation.scenario().materialSupply();
        assertThat(supply).isNotNull();
        return StockEvents.plants(simulation, supply, lines(count));
    }

    private static List<SimulatedLine> lines(int count) throws IOException {
        return SimulatedLine.of(Feed.alliance().scenario(), 155, count, LINES_FROM_MS);
    }

    private static StockEvents source(Simulation simulation, int count) {
        long linesFromMs = Feed.START.toEpochMilli()
                + OrderBookEvents.handoverMs(simulation.scenario().orderBooks());
        StockEvents source = StockEvents.of(
                simulation, SimulatedLine.of(simulation.scenario(), simulation.seed(), count, linesFromMs));
        assertThat(source).isNotNull();
        source.seek(Feed.START.toEpochMilli());
        return source;
    }

    private static List<SimulatedEvent> until(StockEvents source, Instant end) {
        List<SimulatedEvent> taken = new ArrayList<>();
        while (source.nextSendTimeMs() < end.toEpochMilli()) {
            taken.add(source.next());
        }
        return taken;
    }

    private static MaterialStock count(SimulatedEvent event) {
        assertThat(event.topic()).isEqualTo(Topic.MATERIAL_STOCKS);
        assertThat(Feed.decoded(event)).isInstanceOf(MaterialStock.class);
        return (MaterialStock) Objects.requireNonNull(Feed.decoded(event));
    }

    private static List<String> texts(List<SimulatedEvent> events) {
        return events.stream().map(Feed::text).toList();
    }
}
