package org.capacityboard.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.withinPercentage;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.capacityboard.events.LineTelemetry;
import org.capacityboard.events.MachineState;
import org.capacityboard.events.Plant;
import org.capacityboard.events.ShiftPlan;
import org.capacityboard.process.errors.UserError;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScenarioTest {
    private static final double DAYS_PER_MONTH = 30.4375;
    private static final int FOUR_WEEKS = 28;

    @Test
    void alliance_has_at_least_14_plants_45_lines_and_9_nations() throws IOException {
        Scenario scenario = Scenario.load("alliance-155");
        assertThat(scenario.plants()).hasSizeGreaterThanOrEqualTo(14);
        assertThat(scenario.plants().stream().map(Plant::getNation).distinct()).hasSizeGreaterThanOrEqualTo(9);
        assertThat(scenario.lines().stream().flatMap(it -> it.lineIds().stream()))
                .hasSizeGreaterThanOrEqualTo(45);
        assertThat(scenario.plants()).allSatisfy(it -> {
            assertThat(it.getPlantId()).matches("[0-9A-Z]{5}");
            assertThat(it.getManagerEmail()).endsWith("@example.org");
        });
    }

    /** The public figures that docs/scenarios.md names. */
    @ParameterizedTest
    @CsvSource({"shell-155, USA CAN, 40000", "charge-155, USA CAN, 18000", "shell-155, GBR DEU FRA POL CZE ESP, 83333"})
    void first_month_is_near_the_public_rate(String product, String nations, double unitsPerMonth) throws IOException {
        assertThat(goodPerMonth(product, nations, 0)).isCloseTo(unitsPerMonth, withinPercentage(10));
    }

    @Test
    void output_ramps_up() throws IOException {
        double first = goodPerMonth("charge-155", "CAN DEU FRA NOR ESP", 0);
        double third = goodPerMonth("charge-155", "CAN DEU FRA NOR ESP", 2 * FOUR_WEEKS);
        assertThat(third / first).isBetween(1.04, 1.20);
    }

    @Test
    void few_reasons_make_most_of_the_stopped_time() throws IOException {
        Map<String, Long> lost = new HashMap<>();
        SimulatedLine line = line("9QA01-S1");
        for (int day = 0; day < 10 * FOUR_WEEKS; day++) {
            for (LineDay.Stretch it : day(line, day).stretches) {
                if (it.reasonCode() != null
                        && it.state() != MachineState.COMPLETE
                        && !it.reasonCode().equals("BREAK")) {
                    lost.merge(it.state() + " " + it.reasonCode(), it.endMs() - it.startMs(), Long::sum);
                }
            }
        }
        List<Long> sorted =
                lost.values().stream().sorted((a, b) -> Long.compare(b, a)).toList();
        long all = sorted.stream().mapToLong(Long::longValue).sum();
        assertThat(lost).hasSizeGreaterThanOrEqualTo(7);
        assertThat(sorted.get(0) + sorted.get(1) + sorted.get(2)).isGreaterThan(all / 2);
    }

    @Test
    void a_day_has_no_holes_and_follows_the_clock_change() throws IOException {
        SimulatedLine line = line("9QA06-S1");
        LocalDate clockBack = LocalDate.of(2026, 10, 24);
        LineDay day = new LineDay(line, clockBack, 0);
        long filledMs = line.dayStartMs(clockBack);
        for (LineDay.Stretch it : day.stretches) {
            assertThat(it.startMs()).isEqualTo(filledMs);
            assertThat(it.endMs()).isGreaterThan(it.startMs());
            filledMs = it.endMs();
        }
        assertThat(filledMs - day.stretches.get(0).startMs())
                .isEqualTo(Duration.ofHours(25).toMillis());
    }

    @Test
    void changeovers_alternate_two_products_with_a_setup_before_each() throws IOException {
        SimulatedLine line = line("9QA06-S1");
        Set<String> products = new HashSet<>();
        int setups = 0;
        for (int i = 0; i < FOUR_WEEKS; i++) {
            LineDay day = day(line, i);
            assertThat(day.productId).isNotNull();
            products.add(day.productId);
            setups += (int) day.stretches.stream()
                    .filter(it -> it.state() == MachineState.SETUP)
                    .count();
        }
        assertThat(products).containsExactlyInAnyOrder("shell-155-he", "shell-155-er");
        assertThat(setups).isEqualTo(4);
    }

    @Test
    void clean_line_makes_960_units_in_every_shift_of_eight_hours() throws IOException {
        List<SimulatedEvent> twoDays = Feed.events(Feed.cleanLine(), Feed.START, Duration.ofDays(2));
        List<LineTelemetry> reports = Feed.reports(twoDays.stream()
                .filter(it -> Feed.decoded(it) instanceof LineTelemetry)
                .toList());
        assertThat(countAt(reports, "2026-09-07T06:00:00Z")).isEqualTo(0);
        assertThat(countAt(reports, "2026-09-07T06:00:30Z")).isEqualTo(1);
        assertThat(countAt(reports, "2026-09-07T10:00:00Z")).isEqualTo(480);
        assertThat(countAt(reports, "2026-09-07T14:00:00Z")).isEqualTo(960);
        assertThat(countAt(reports, "2026-09-08T14:00:00Z")).isEqualTo(1920);
        assertThat(reports).hasSize(2 * 24 * 360).allSatisfy(it -> assertThat(it.getScrapCount())
                .isZero());
        ShiftPlan plan = twoDays.stream()
                .map(Feed::decoded)
                .filter(ShiftPlan.class::isInstance)
                .map(ShiftPlan.class::cast)
                .filter(it -> it.getPlanId().equals("CLEAN-1.2026-09-07.1"))
                .findFirst()
                .orElseThrow();
        assertThat(Duration.between(plan.getStart(), plan.getEnd())).isEqualTo(Duration.ofHours(8));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "seed: 1; sead: 1; sead is no key here",
                "seed: 1; seed: 1.5; seed '1.5' must be of type long",
                "seed: 1; other: 1; other is no key here",
                "shifts: one-shift; shifts: night-shift; 'night-shift' is not defined in the scenario",
                "timeZone: UTC; timeZone: Mars/Base; timeZone of 9QZ01 'Mars/Base' must be a zone",
                "nation: NOR; nature: NOR; Field 'nature' is not a field of plants",
                "capabilityArea: COMPONENT; capabilityArea: BUTTER; BUTTER",
                "start: \"06:00\"; start: \"6 am\"; '6 am' must be a local time",
                "MONDAY; MOONDAY; 'MOONDAY' must be one of",
                "idealCycleSeconds: 30; idealCycleSeconds: 0; must be above 0",
                "orderUnits: 4800; orderUnits: 0; orderUnits of the book of widget '0' must be above 0",
                "share: 1}; share: 0.9}; The sum of the shares of the buyers of the book of widget '0.9' must be 1",
                "share: 1}; portion: 1}; orderBooks.books[0].buyers[0].portion is no key here",
                "nation: NOR, share; nation: no, share; nation of a buyer 'no' must be three capital letters",
                "productId: widget, o; productId: gadget, o; productId of the books 'gadget' is not defined",
                "terms: plain; terms: fancy; terms of the book of widget 'fancy' is not defined",
                "paceSpreadRatio: 0; paceSpreadRatio: 1.5; paceSpreadRatio of terms plain '1.5' must be 0..1",
                "{min: 1, max: 1}; {min: 2, max: 1}; Days from 2.0 to '1.0' must be 0..365",
                "historyWeeks: 0; historyWeeks: -3; historyWeeks '-3' must be 0..260",
                "backlogWeeks: 1; backlogWeeks: long; orderBooks.terms[0].backlogWeeks 'long' must be of type double",
                "stockDays: 10; stockDays: 0; stockDays of the stock of blank '0.0' must be above 0",
                "firmDays: 30; firmDays: 400; firmDays of the stock of blank '400' must be 1..365",
                "receiptEveryDays: 5; receiptEveryDays: 31; receiptEveryDays of the stock of blank '31' must be 1..30",
                "lateRatio: 0; lateRatio: 2; lateRatio of the stock of blank '2.0' must be 0..1",
                "countEveryDays: 1; countEveryDays: 0; countEveryDays of materialSupply '0' must be 1..365",
                "{materialId: blank, stockDays; {materialId: plank, stockDays; materialId of the stocks 'plank' is not defined",
                "{materialId: blank, unitsPerMonth; {materialId: plank, unitsPerMonth; materialId of supplier SUP-Z 'plank' is not",
                "inputId: blank; inputId: plank; inputId of the billOfMaterials of widget 'plank' must be a product",
                "inputId: blank; inputId: widget; billOfMaterials of 'widget' must not lead back to the product itself",
                "productId: widget, posture; productId: gadget, posture; productId of the surgeRequirements 'gadget' is not",
                "posture: PEACETIME; posture: HOLIDAY; HOLIDAY",
                "unitsPerMonth: 40000; unitsPerWeek: 40000; Field 'unitsPerWeek' is not a field of surge-requirements"
            })
    void a_slip_in_a_scenario_is_named(String right, String wrong, String complaint) throws IOException {
        String yaml = text("clean-line").replace(right, wrong);
        assertThatThrownBy(() -> ScenarioReader.read("my.yaml", yaml))
                .isInstanceOf(UserError.class)
                .hasMessageContaining(complaint);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "JOINT-ROUNDS, productId: round-155-he; JOINT-ROUNDS, productId: round-105; 'round-105' is not defined",
                "[FRA, ESP, POL]; [FRA]; nations of framework FW-JOINT-EXTENDED '[FRA]' must be two or more",
                "charge-155, fromWeek; round-155-he, fromWeek; productId of the troubles 'round-155-he' must be made by a line of 9QA12",
                "fromWeek: -10; fromWeek: -10, untilWeek: -11; must come after fromWeek -10",
                "badErp: {plantId: 9QA14; badErp: {plantId: 9QA99; plantId of the badErp '9QA99' is not defined",
                "{ratio: 0.02, hours: 18}; {ratio: 2, hours: 18}; ratio of lateEntry '2.0' must be 0..1",
                "er, posture: CRISIS; er, posture: PEACETIME; The requirement in PEACETIME of 'round-155-er' must be given once",
                "shell-steel, plantId: 9QA10; shell-steel, plantId: 9QA99; plantId of the stock of shell-steel '9QA99' is not",
                "{plantId: 9QA15, everyDays; {plantId: 9QA99, everyDays; plantId of the counting '9QA99' is not defined",
                "everyDays: 84; everyDays: 840; everyDays of the counting of 9QA15 '840' must be 1..365",
                "entryHours: 20; entryHours: -1; entryHours of the counting of 9QA10 '-1.0' must be 0..240",
                "{lineIds: [9QA15-C1], people; {lineIds: [9QA15-C9], people; lineId of the workforce '9QA15-C9' must be a line",
                "{lineIds: [9QA15-C1], people; {lineIds: [9QA12-C1], people; '9QA12-C1' must have one crew only",
                "peoplePerShift: 16; peoplePerShift: 0; peoplePerShift of [9QA05-S1, 9QA05-S2] '0' must be 1..10000",
                "inputId: charge-155,; inputId: round-155-er,; must not lead back to the product itself"
            })
    void a_slip_in_a_scenario_of_many_plants_is_named(String right, String wrong, String complaint) throws IOException {
        String yaml = text("alliance-155").replace(right, wrong);
        assertThatThrownBy(() -> ScenarioReader.read("my.yaml", yaml))
                .isInstanceOf(UserError.class)
                .hasMessageContaining(complaint);
    }

    @Test
    void a_scenario_that_does_not_exist_is_a_clear_error() {
        assertThatThrownBy(() -> Scenario.load("aliance"))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("'aliance' is neither shipped")
                .hasMessageContaining("\nMaybe");
    }

    private static String text(String scenario) throws IOException {
        try (InputStream shipped = Scenario.class.getResourceAsStream(scenario + ".yaml")) {
            assertThat(shipped).isNotNull();
            return new String(shipped.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static long countAt(List<LineTelemetry> reports, String instant) {
        return reports.stream()
                .filter(it -> it.getEventTime().equals(Instant.parse(instant)))
                .findFirst()
                .orElseThrow()
                .getGoodCount();
    }

    /** Good units of the products with this prefix in four weeks of all lines of some nations, scaled to a month. */
    private static double goodPerMonth(String productPrefix, String nations, int fromDay) throws IOException {
        double units = 0;
        for (SimulatedLine line : SimulatedLine.of(Scenario.load("alliance-155"), 155, 0, Feed.START.toEpochMilli())) {
            boolean runs = line.availableFromMs() == Feed.START.toEpochMilli();
            if (runs && List.of(nations.split(" ")).contains(line.plant().getNation())) {
                for (int i = fromDay; i < fromDay + FOUR_WEEKS; i++) {
                    LineDay day = day(line, i);
                    String product = day.productId == null ? line.group().productId() : day.productId;
                    for (LineDay.Stretch it : day.stretches) {
                        double idealUnits = (it.endMs() - it.startMs()) * 1000.0 / day.cycleUs;
                        units += product.startsWith(productPrefix) ? idealUnits * it.goodPpm() / 1e6 : 0;
                    }
                }
            }
        }
        return units * DAYS_PER_MONTH / FOUR_WEEKS;
    }

    private static SimulatedLine line(String lineId) throws IOException {
        return SimulatedLine.of(Scenario.load("alliance-155"), 155, 0, Feed.START.toEpochMilli()).stream()
                .filter(it -> it.lineId().equals(lineId))
                .findFirst()
                .orElseThrow();
    }

    private static LineDay day(SimulatedLine line, int number) {
        return new LineDay(line, LocalDate.of(2026, 9, 7).plusDays(number), 0.01);
    }
}
