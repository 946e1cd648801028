package org.capacityboard.local.whatif;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.capacityboard.local.jobs.BoardJob;
import org.capacityboard.local.kit.CapacityCall;
import org.capacityboard.local.kit.StackExtension;
import org.capacityboard.local.kit.TestBoard;
import org.capacityboard.process.settings.DatabaseSettings;
import org.capacityboard.schemas.EventJson;
import org.capacityboard.schemas.Topic;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * What would be, from events to the answer. A round takes a charge and a shell, 2,000 a month are needed for 487 days, that is 16 months. Charges: 1,000 from 40
 * hours a week; shells: 1,500, of equipment and of people. Powder, one kg a charge: 11,200 kg in stock, so 700 a month; 800 from Mill, 100 from Other.
 */
@ExtendWith(StackExtension.class)
@Timeout(300)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class WhatIfIT {
    private static final Instant END = Instant.parse("2026-06-29T00:00:00Z");
    private static final double MONTHS_OF_40_HOURS = 40 * 30.4375 / 7;

    private final Map<Topic, List<String>> events = new TreeMap<>();
    private Path input = Path.of("");
    private Path output = Path.of("");

    @BeforeAll
    void replay(@TempDir Path directory) throws IOException {
        network(END.minus(Duration.ofHours(12)));
        input = Files.createDirectories(directory.resolve("input"));
        for (Map.Entry<Topic, List<String>> file : events.entrySet()) {
            Files.write(input.resolve(file.getKey().fileName()), file.getValue());
        }
        output = directory.resolve("output");
        CapacityCall call = CapacityCall.of(
                "replay", "--input", input.toString(), "--output", output.toString(), "--until", END.toString());
        assertThat(call.exitCode()).as(call.err()).isZero();
    }

    private void network(Instant at) {
        for (String plant : List.of("0WI01", "0WI02")) {
            say(
                    Topic.PLANTS,
                    "{'plantId':'%s','name':'Works','nation':'NOR','parentEntity':'Synthetic"
                            + " Works','latitude':60.0,'longitude':10.0,'timeZone':'UTC'}",
                    plant);
        }
        product("round", "charge", "shell");
        product("charge", "powder");
        product("shell");
        say(Topic.MATERIALS, "{'materialId':'powder','name':'Powder','unit':'kg','leadTimeDays':120}");
        supplier("SUP-1", "Mill", "NOR", 500);
        supplier("SUP-2", "Mill", "CAN", 300);
        supplier("SUP-3", "Other", "CAN", 100);
        line("c1", "0WI01", "charge", 1_000);
        line("s1", "0WI02", "shell", 1_500);
        say(
                Topic.SURGE_REQUIREMENTS,
                "{'productId':'round','posture':'PEACETIME','unitsPerMonth':2000,'reachWithinDays':0,'sustainDays':487}");
        say(Topic.WORKFORCE, "{'lineId':'s1','eventTime':'%s','certifiedPeople':2,'peoplePerShift':2}", at);
        say(
                Topic.MATERIAL_STOCKS,
                "{'plantId':'0WI01','materialId':'powder','eventTime':'%s','onHand':11200,'receipts':[]}",
                at);
    }

    private void product(String id, String... inputs) {
        String bill = String.join(
                ",",
                Arrays.stream(inputs)
                        .map(input -> "{'inputId':'%s','quantityPerUnit':1}".formatted(input))
                        .toList());
        say(
                Topic.PRODUCTS,
                "{'productId':'%s','name':'The %s','capabilityArea':'AMMUNITION','billOfMaterials':[%s]}",
                id,
                id,
                bill);
    }

    private void line(String id, String plantId, String productId, double unitsPerMonth) {
        say(
                Topic.LINES,
                "{'lineId':'%s','plantId':'%s','productId':'%s','idealCycleSeconds':1.0,'calendar':'PLANNED','declaredUnitsPerHour':%s,'hoursPerWeek':{'peacetime':40,'crisis':120,'conflict':160}}",
                id,
                plantId,
                productId,
                Double.toString(unitsPerMonth / MONTHS_OF_40_HOURS));
    }

    private void supplier(String id, String parent, String nation, int perMonth) {
        say(
                Topic.SUPPLIERS,
                "{'supplierId':'%s','parentEntity':'%s','nation':'%s','allied':true,'supplies':[{'materialId':'powder','unitsPerMonth':%d}]}",
                id,
                parent,
                nation,
                perMonth);
    }

    private void say(Topic topic, String json, Object... values) {
        events.computeIfAbsent(topic, any -> new ArrayList<>())
                .add(json.formatted(values).replace('\'', '"'));
    }

    private CapacityCall ask(Path folder, String... options) {
        List<String> arguments = new ArrayList<>(List.of("whatif", "--replay", folder.toString(), "--json"));
        arguments.addAll(Arrays.asList(options));
        return CapacityCall.of(arguments.toArray(String[]::new));
    }

    /** What binds the round, and what it can be made at, before and after, and what binds next. */
    private List<String> round(String... options) throws IOException {
        return round(ask(output, options));
    }

    private static List<String> round(CapacityCall call) throws IOException {
        assertThat(call.exitCode()).as(call.err()).isZero();
        Map<String, String> before = new TreeMap<>();
        Map<String, String> after = new TreeMap<>();
        try (JsonParser json = new JsonFactory().createParser(call.out())) {
            String productId = "";
            while (json.nextToken() != null) {
                if (json.currentToken() == JsonToken.FIELD_NAME) {
                    String name = json.currentName();
                    JsonToken value = json.nextToken();
                    if (name.equals("product_id")) {
                        productId = json.getText();
                    } else if (productId.equals("round") && value == JsonToken.START_OBJECT) {
                        read(json, name.equals("before") ? before : after);
                    }
                }
            }
        }
        return List.of(
                before.get("binding_id") + " " + units(before.get("achievable_per_month")),
                after.get("binding_id") + " " + units(after.get("achievable_per_month")),
                after.get("next_id") + " " + units(after.get("next_achievable_per_month")));
    }

    private static void read(JsonParser json, Map<String, String> fields) throws IOException {
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String name = json.currentName();
            JsonToken value = json.nextToken();
            fields.put(name, json.getText());
            if (value == JsonToken.START_ARRAY) {
                json.skipChildren();
            }
        }
    }

    private static String units(@Nullable String number) {
        return new BigDecimal(Objects.requireNonNull(number))
                .setScale(6, RoundingMode.HALF_UP)
                .stripTrailingZeros()
                .toPlainString();
    }

    @Test
    void a_shift_helps_where_equipment_binds() throws IOException {
        assertThat(round("--add-shift=c1")).containsExactly("charge 1000", "shell 1500", "powder 1600");
    }

    @Test
    void a_shift_does_not_help_where_people_bind() throws IOException {
        assertThat(round("--add-shift=s1")).containsExactly("charge 1000", "charge 1000", "shell 1500");
        assertThat(ask(output, "--add-shift=s1").out())
                .contains(
                        "\"workforce_binds\" : true", "Line s1 in peacetime: workforce binds, 1,500 a month as before");
    }

    @Test
    void a_lost_supplier_is_missed_once_charges_no_longer_bind() throws IOException {
        assertThat(round("--lose-supplier=Mill")).containsExactly("charge 1000", "powder 800", "charge 1000");
        assertThat(round("--lose-supplier=SUP-1")).containsExactly("charge 1000", "charge 1000", "powder 1100");
        assertThat(round("--lose-nation-supply=CAN", "--add-shift=c1"))
                .containsExactly("charge 1000", "powder 1200", "shell 1500");
    }

    @Test
    void stock_more_or_less_counts_over_the_months_to_be_held() throws IOException {
        assertThat(round("--stock=powder=+1600", "--lose-supplier=Mill"))
                .containsExactly("charge 1000", "powder 900", "charge 1000");
        assertThat(round("--stock=powder=-11200")).containsExactly("charge 1000", "powder 900", "charge 1000");
    }

    @Test
    void another_requirement_shares_what_both_need() throws IOException {
        assertThat(round("--requirement=charge/PEACETIME=2000"))
                .containsExactly("charge 1000", "charge 500", "powder 800");
        assertThat(round("--requirement=round/PEACETIME=500"))
                .containsExactly("charge 1000", "charge 1000", "shell 1500");
    }

    @Test
    void a_lost_plant_makes_nothing() throws IOException {
        assertThat(round("--lose-plant=0WI02")).containsExactly("charge 1000", "shell 0", "charge 1000");
    }

    @Test
    void all_that_is_assumed_holds_together() throws IOException {
        // Needed: 3,000 charges and powder, 2,000 shells. There are 2,000 charges, 1,500 shells, powder for 700 + 600 +
        // 100.
        assertThat(round(
                        "--add-shift=c1",
                        "--lose-supplier=Mill",
                        "--stock=powder=+9600",
                        "--requirement=charge/PEACETIME=1000"))
                .containsExactly("charge 1000", "powder 933.333333", "charge 1333.333333");
    }

    @Test
    void a_folder_of_events_is_computed_first() throws IOException {
        CapacityCall call = ask(input, "--until=" + END, "--add-shift=c1");

        assertThat(round(call)).containsExactly("charge 1000", "shell 1500", "powder 1600");
        assertThat(call.err()).startsWith("Computing the figures of " + input + " first");
        assertThat(call.out().replace(input.toString(), output.toString()))
                .isEqualTo(ask(output, "--add-shift=c1").out());
    }

    @Test
    void the_example_of_the_documentation_comes_out_as_it_stands_there() throws IOException {
        String example = "examples/surge/two-level-bill/input";

        CapacityCall call = CapacityCall.of(
                "whatif",
                "--replay=../" + example,
                "--until=2026-06-29T00:00:00Z",
                "--stock=level-powder=+90000",
                "--add-shift=level-charges",
                "--posture=peacetime");

        assertThat(call.exitCode()).as(call.err()).isZero();
        assertThat(Files.readString(Path.of("../docs/surge-readiness.md")))
                .contains(call.out().replace("../" + example, example).replace(System.lineSeparator(), "\n"));
    }

    @Test
    void a_running_board_is_asked_as_its_reader(TestBoard board) throws Exception {
        DatabaseSettings database = board.settings().database();
        Map<String, String> environment = Map.of(
                "CAPACITY_DATABASE_READER_PASSWORD",
                Objects.requireNonNull(database.reader().password()).reveal());
        String url = "--set=database.url=" + database.url();

        CapacityCall early = CapacityCall.of(environment, "whatif", url, "--data=nowhere", "--add-shift=c1");
        assertThat(early.exitCode()).isEqualTo(1);
        assertThat(early.err())
                .isEqualTo("database.url '" + database.url()
                        + "' holds no state of surge readiness to start from.\n"
                        + "Maybe the job surge-readiness has not computed yet.\n");

        events.clear();
        network(Instant.now().truncatedTo(ChronoUnit.MILLIS));
        events.forEach((topic, lines) -> board.send(
                lines.stream().map(line -> EventJson.parse(topic, line).event()).toList()));
        board.start(BoardJob.SURGE_READINESS, board.settings().with("throughput.idle-after", "1s"));
        board.awaitRows(
                "select product_id, round(readiness::numeric, 6) from capacity.surge_readiness r join"
                        + " capacity.surge_snapshot s using (as_of) where posture = 'PEACETIME' and evidence ="
                        + " 'CONTRACTED' order by as_of desc limit 1",
                List.of(List.of("round", "0.500000")));

        CapacityCall call = CapacityCall.of(environment, "whatif", url, "--add-shift=c1", "--json");
        assertThat(round(call)).containsExactly("charge 1000", "shell 1500", "powder 1600");
        assertThat(call.out()).containsPattern("\"watermark\" : \"20");
        assertThat(CapacityCall.of(environment, "whatif", url, "--add-shift=c1", "--as-of=2001-01-01")
                        .err())
                .startsWith("--as-of '2001-01-01' is a day without a state of surge readiness.\nMaybe you meant ");
        assertThat(CapacityCall.of("whatif", url, "--data=nowhere", "--add-shift=c1")
                        .err())
                .contains("database.reader.user 'capacity_reader'", "\nMaybe ");
    }
}
