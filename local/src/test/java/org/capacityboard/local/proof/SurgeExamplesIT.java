package org.capacityboard.local.proof;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.capacityboard.local.kit.CapacityCall;
import org.capacityboard.schemas.Topic;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A worked example of surge readiness through {@code capacity replay}: a kit round of one shell and one charge, and what is wrong with what was sent beside it. */
@Timeout(180)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SurgeExamplesIT {
    private static final Instant END = Instant.parse("2026-06-29T00:00:00Z");
    private static final String PLANT = "0SR01";
    private static final double HOURS_A_MONTH = 160 * 30.4375 / 7;

    private final Map<Topic, StringBuilder> files = new TreeMap<>();
    private Path output = Path.of("");
    private Path again = Path.of("");

    @BeforeAll
    void replay_twice(@TempDir Path directory) throws IOException {
        say(
                Topic.PLANTS,
                "{'plantId':'%s','name':'Works','nation':'NOR','parentEntity':'Synthetic Works','latitude':60.0,'longitude':10.0,'timeZone':'UTC'}",
                PLANT);
        product("shell");
        product("charge");
        product("round", "shell", "charge");
        say(Topic.MATERIALS, "{'materialId':'powder','name':'Powder','unit':'kg','leadTimeDays':120}");
        line("shells", "shell", 40_000);
        line("charges", "charge", 18_000);
        say(Topic.SURGE_REQUIREMENTS, "{'productId':'round','posture':'CONFLICT','unitsPerMonth':100000}");
        stock("powder", "2026-06-25T12:00:00Z", 5_000);
        stock("dust", "2026-06-26T12:00:00Z", 5_000);
        product("pin", "ring");
        product("ring", "pin");
        say(
                Topic.WORKFORCE,
                "{'lineId':'nowhere','eventTime':'2026-06-26T00:00:00Z','certifiedPeople':8,'peoplePerShift':2}");
        say(
                Topic.WORKFORCE,
                "{'lineId':'shells','eventTime':'2026-06-26T00:00:00Z','certifiedPeople':8,'peoplePerShift':0}");
        Path input = Files.createDirectories(directory.resolve("input"));
        for (Map.Entry<Topic, StringBuilder> file : files.entrySet()) {
            Files.writeString(input.resolve(file.getKey().fileName()), file.getValue());
        }
        output = replay(input, directory.resolve("first"));
        again = replay(input, directory.resolve("second"));
    }

    private static Path replay(Path input, Path output) {
        CapacityCall call = CapacityCall.of(
                "replay", "--input", input.toString(), "--output", output.toString(), "--until", END.toString());
        assertThat(call.exitCode()).as(call.err()).isZero();
        return output;
    }

    private void product(String id, String... inputs) {
        String bill = String.join(
                ",",
                List.of(inputs).stream()
                        .map(input -> "{'inputId':'%s','quantityPerUnit':1}".formatted(input))
                        .toList());
        say(
                Topic.PRODUCTS,
                "{'productId':'%s','name':'%s','capabilityArea':'AMMUNITION','billOfMaterials':[%s]}",
                id,
                id,
                bill);
    }

    private void line(String id, String productId, double unitsPerMonth) {
        say(
                Topic.LINES,
                "{'lineId':'%s','plantId':'%s','productId':'%s','idealCycleSeconds':1.0,'calendar':'PLANNED','declaredUnitsPerHour':%s,'hoursPerWeek':{'peacetime':40,'crisis':120,'conflict':160}}",
                id,
                PLANT,
                productId,
                Double.toString(unitsPerMonth / HOURS_A_MONTH));
    }

    private void stock(String materialId, String at, int onHand) {
        say(
                Topic.MATERIAL_STOCKS,
                "{'plantId':'%s','materialId':'%s','eventTime':'%s','onHand':%d,'receipts':[]}",
                PLANT,
                materialId,
                at,
                onHand);
    }

    private void say(Topic topic, String json, Object... values) {
        files.computeIfAbsent(topic, any -> new StringBuilder())
                .append(json.formatted(values).replace('\'', '"'))
                .append('\n');
    }

    @Test
    void a_kit_round_is_bound_by_its_charges() throws IOException {
        Path withoutTexts = output.resolve("readiness-without-texts.csv");
        Files.writeString(
                withoutTexts,
                Files.readString(output.resolve("surge_readiness.csv")).replaceAll("\"[^\"]*\"", ""));
        Figures round = Figures.of(
                withoutTexts, "product_id=round", "as_of=2026-06-28", "posture=CONFLICT", "evidence=CONTRACTED");

        assertThat(round.texts("required_per_month", "binding_constraint", "binding_id", "next_id"))
                .containsExactly("100000", "LINES", "charge", "shell");
        assertThat(rounded(round.text("readiness"))).isEqualTo("0.180000");
        assertThat(rounded(round.text("achievable_per_month"))).isEqualTo("18000.000000");
        assertThat(rounded(round.text("units_short"))).isEqualTo("82000.000000");
    }

    private static String rounded(String number) {
        return String.format(Locale.ROOT, "%.6f", Double.parseDouble(number));
    }

    @Test
    void every_day_has_rows_from_the_first_count_on() throws IOException {
        for (String day : List.of("2026-06-25", "2026-06-26", "2026-06-27", "2026-06-28")) {
            assertThat(Figures.of(
                                    output.resolve("material_cover.csv"),
                                    "as_of=" + day,
                                    "plant_id=ALL",
                                    "material_id=powder",
                                    "posture=CONFLICT")
                            .text("on_hand"))
                    .isEqualTo("5000");
        }
    }

    @Test
    void the_same_files_give_the_same_bytes() throws IOException {
        for (String file : List.of(
                "surge_readiness.csv", "surge_constraint.csv", "material_cover.csv", "supplier_criticality.csv")) {
            assertThat(Files.readString(again.resolve(file))).isEqualTo(Files.readString(output.resolve(file)));
        }
    }

    @Test
    void what_is_wrong_is_refused_in_a_sentence() throws IOException {
        assertThat(Files.readString(output.resolve("rejected_event.csv")))
                .contains(
                        "ring takes pin takes ring",
                        "product or material ring",
                        "material dust",
                        "line nowhere",
                        "peoplePerShift");
    }
}
