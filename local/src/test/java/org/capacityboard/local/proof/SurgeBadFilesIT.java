package org.capacityboard.local.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.capacityboard.local.kit.CapacityCall;
import org.capacityboard.schemas.Topic;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Wrong lines among what surge readiness is computed from: each is refused in a sentence, and all other files of the replay are those of one without them.
 */
@Timeout(180)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SurgeBadFilesIT {
    private static final Instant END = Instant.parse("2026-06-29T00:00:00Z");
    private static final String LINE_OF_NO_PLACE =
            "{'lineId':'odd-line','plantId':'%s','productId':'%s','idealCycleSeconds':%s,'calendar':'PLANNED','declaredUnitsPerHour':%s,'hoursPerWeek':{'peacetime':40,'crisis':120,'conflict':%s}%s}";

    private final Map<Topic, List<String>> lines = new TreeMap<>();
    private final List<Wrong> wrongs = new ArrayList<>();
    private Path good = Path.of("");
    private Path bad = Path.of("");

    /**
     * A line that must be refused.
     *
     * @param number its place in the file, from 1
     * @param parts what the sentence says of it
     */
    private record Wrong(Topic topic, int number, String line, String code, List<String> parts) {
        @Override
        public String toString() {
            return code + " " + line;
        }
    }

    @BeforeAll
    void replay_without_the_wrong_lines_and_with_them(@TempDir Path directory) throws IOException {
        healthy();
        good = replay(write(directory.resolve("good-input")), directory.resolve("good"));
        wrongProducts();
        wrongLines();
        wrongRequirements();
        wrongSuppliers();
        wrongReports();
        bad = replay(write(directory.resolve("bad-input")), directory.resolve("bad"));
    }

    private Path write(Path folder) throws IOException {
        Files.createDirectories(folder);
        for (Map.Entry<Topic, List<String>> file : lines.entrySet()) {
            // A character is a byte here, so that a line may hold bytes that are no text.
            Files.write(folder.resolve(file.getKey().fileName()), file.getValue(), StandardCharsets.ISO_8859_1);
        }
        return folder;
    }

    private static Path replay(Path input, Path output) {
        CapacityCall call = CapacityCall.of(
                "replay", "--input", input.toString(), "--output", output.toString(), "--until", END.toString());
        assertThat(call.exitCode()).as(call.err()).isZero();
        return output;
    }

    private void healthy() {
        say(
                Topic.PLANTS,
                "{'plantId':'0SB01','name':'Works','nation':'NOR','parentEntity':'Synthetic Works','latitude':60.0,'longitude':10.0,'timeZone':'UTC'}");
        say(Topic.PRODUCTS, product("shell", "gauge-155", ""));
        say(Topic.PRODUCTS, product("charge", null, "{'inputId':'powder','quantityPerUnit':2}"));
        say(
                Topic.PRODUCTS,
                product(
                        "round",
                        null,
                        "{'inputId':'shell','quantityPerUnit':1},{'inputId':'charge','quantityPerUnit':1}"));
        say(Topic.MATERIALS, "{'materialId':'powder','name':'Powder','unit':'kg','leadTimeDays':90}");
        say(Topic.LINES, line("shells", "shell", 80));
        say(Topic.LINES, line("charges", "charge", 36));
        say(Topic.SUPPLIERS, supplier("mill", "Mill Group", "NOR", "{'materialId':'powder','unitsPerMonth':1000000}"));
        say(Topic.SURGE_REQUIREMENTS, requirement("round", "PEACETIME", 34_786));
        say(Topic.MATERIAL_STOCKS, stock("0SB01", "powder", "5000", ""));
        say(Topic.WORKFORCE, crew("shells", "80", "2"));
    }

    private void wrongProducts() {
        refused(
                Topic.PRODUCTS,
                product("mirror", null, "{'inputId':'mirror','quantityPerUnit':1}"),
                "BILL_CYCLE",
                "mirror would go into itself: mirror takes mirror.",
                "Maybe input and product changed places");
        refused(
                Topic.PRODUCTS,
                product("pin", null, "{'inputId':'ring','quantityPerUnit':1}"),
                "UNKNOWN_REFERENCE",
                "Product pin names product or material ring, which topics products and materials do not have.",
                "Maybe it was not sent yet");
        refused(
                Topic.PRODUCTS,
                product("ring", null, "{'inputId':'pin','quantityPerUnit':1}"),
                "BILL_CYCLE",
                "ring takes pin takes ring");
        refused(
                Topic.PRODUCTS,
                product("charge", null, "{'inputId':'round','quantityPerUnit':1}")
                        .replace("'billOf", "'revision':1,'billOf"),
                "BILL_CYCLE",
                "charge takes round takes charge");
        refused(
                Topic.PRODUCTS,
                product("set", "gauge-155", "{'inputId':'gauge-155','quantityPerUnit':1}"),
                "UNKNOWN_REFERENCE",
                "product or material gauge-155");
        refused(
                Topic.PRODUCTS,
                product("empty-part", null, "{'inputId':'powder','quantityPerUnit':0}"),
                "BAD_VALUE",
                "Field 'billOfMaterials[0].quantityPerUnit' of products is 0.0: it must be at least",
                "Maybe the product takes none of powder: then leave it out of the bill");
        refused(
                Topic.PRODUCTS,
                product("minus-part", null, "{'inputId':'powder','quantityPerUnit':-2}"),
                "NEGATIVE_COUNT",
                "Field 'billOfMaterials[0].quantityPerUnit' of products is -2",
                "Maybe it has a minus sign too many");
        refused(
                Topic.PRODUCTS,
                product("lone-part", "", ""),
                "BAD_VALUE",
                "Field 'interchangeabilityGroup' of products is empty",
                "Maybe nothing stands in for the product: then leave it out");
    }

    private void wrongLines() {
        refused(
                Topic.LINES,
                LINE_OF_NO_PLACE.formatted("0SB01", "shell", "0", "10", "160", ""),
                "BAD_VALUE",
                "Field 'idealCycleSeconds' of lines is 0.0",
                "Maybe the cycle is not known yet");
        refused(
                Topic.LINES,
                LINE_OF_NO_PLACE.formatted(
                        "0SB01", "shell", "1", "10", "160", ",'cycles':[{'productId':'charge','idealCycleSeconds':0}]"),
                "BAD_VALUE",
                "Field 'cycles[0].idealCycleSeconds' of lines is 0.0");
        refused(
                Topic.LINES,
                LINE_OF_NO_PLACE
                        .formatted("0SB01", "shell", "1", "10", "160", "")
                        .replace("'declaredUnitsPerHour':10,", ""),
                "UNREADABLE",
                "Field 'declaredUnitsPerHour' of lines is missing");
        refused(
                Topic.LINES,
                LINE_OF_NO_PLACE.formatted("0SB01", "shell", "1", "-10", "160", ""),
                "NEGATIVE_COUNT",
                "Field 'declaredUnitsPerHour' of lines is -10");
        refused(
                Topic.LINES,
                LINE_OF_NO_PLACE.formatted("0SB01", "shell", "1", "10", "169", ""),
                "BAD_VALUE",
                "Field 'hoursPerWeek.conflict' of lines is 169: it must be 168 or less");
        refused(
                Topic.LINES,
                LINE_OF_NO_PLACE.formatted("9Z9Z9", "shell", "1", "10", "160", ""),
                "UNKNOWN_REFERENCE",
                "Line odd-line names plant 9Z9Z9, which topic plants does not have.");
        refused(
                Topic.LINES,
                LINE_OF_NO_PLACE.formatted("0SB01", "no-such-product", "1", "10", "160", ",'revision':1"),
                "UNKNOWN_REFERENCE",
                "Line odd-line names product no-such-product, which topic products does not have.");
    }

    private void wrongRequirements() {
        refused(
                Topic.SURGE_REQUIREMENTS,
                requirement("no-such-product", "CRISIS", 10),
                "UNKNOWN_REFERENCE",
                "Surge requirement no-such-product|CRISIS names product no-such-product");
        refused(
                Topic.SURGE_REQUIREMENTS,
                requirement("round", "WAR", 10),
                "UNREADABLE",
                "Field 'posture' of surge-requirements is",
                "WAR",
                "it must be one of PEACETIME, CRISIS, CONFLICT");
        refused(
                Topic.SURGE_REQUIREMENTS,
                requirement("round", "PEACETIME", 20_000),
                "CONFLICTING_REVISION",
                "Another content of round|PEACETIME",
                "the first one stands",
                "Maybe the change needs a higher revision");
        refused(
                Topic.SURGE_REQUIREMENTS,
                requirement("shell", "CRISIS", -10),
                "NEGATIVE_COUNT",
                "Field 'unitsPerMonth' of surge-requirements is -10");
        refused(
                Topic.SURGE_REQUIREMENTS,
                requirement("shell", "CRISIS", 10).replace(":10", ":1e-320"),
                "BAD_VALUE",
                "Field 'unitsPerMonth' of surge-requirements is",
                "it must be 0, or at least 0.000000001",
                "Maybe nothing is required any more: then write 0");
        for (String limit : List.of(
                "'reachWithinDays':-1|NEGATIVE_COUNT|is -1: it must be 0 or more",
                "'reachWithinDays':3651|BAD_VALUE|is 3651: it must be 3650 or less",
                "'sustainDays':0|BAD_VALUE|is 0: it must be 1 or more",
                "'sustainDays':3651|BAD_VALUE|is 3651: it must be 3650 or less")) {
            String[] parts = limit.split("\\|");
            refused(
                    Topic.SURGE_REQUIREMENTS,
                    requirement("shell", "CONFLICT", 10).replace("}", "," + parts[0] + "}"),
                    parts[1],
                    "Field " + parts[0].substring(0, parts[0].indexOf(':')) + " of surge-requirements " + parts[2]);
        }
    }

    private void wrongSuppliers() {
        refused(
                Topic.SUPPLIERS,
                supplier("stranger", "Stranger Group", "NOR", "{'materialId':'dust','unitsPerMonth':10}"),
                "UNKNOWN_REFERENCE",
                "Supplier stranger names material dust, which topic materials does not have.");
        refused(
                Topic.SUPPLIERS,
                supplier("orphan", "", "NOR", "{'materialId':'powder','unitsPerMonth':10}"),
                "BAD_VALUE",
                "Field 'parentEntity' of suppliers is empty",
                "Maybe nobody does: then write the supplier's own name");
        refused(
                Topic.SUPPLIERS,
                supplier("taker", "Taker Group", "NOR", "{'materialId':'powder','unitsPerMonth':-10}"),
                "NEGATIVE_COUNT",
                "Field 'supplies[0].unitsPerMonth' of suppliers is -10");
        refused(
                Topic.MATERIALS,
                "{'materialId':'sand','name':'Sand','unit':'kg','leadTimeDays':-1}",
                "NEGATIVE_COUNT",
                "Field 'leadTimeDays' of materials is -1");
    }

    private void wrongReports() {
        refused(
                Topic.MATERIAL_STOCKS,
                stock("0SB01", "powder", "-5", ""),
                "NEGATIVE_COUNT",
                "Field 'onHand' of material-stocks is -5: it must be 0 or more",
                "Maybe it has a minus sign too many");
        refused(
                Topic.MATERIAL_STOCKS,
                stock("0SB01", "powder", "5", "{'dueAt':'2026-07-29T00:00:00Z','quantity':-7,'supplierId':'mill'}"),
                "NEGATIVE_COUNT",
                "Field 'receipts[0].quantity' of material-stocks is -7");
        refused(
                Topic.MATERIAL_STOCKS,
                stock("0SB01", "powder", "5", "{'dueAt':'2026-07-29T00:00:00Z','quantity':7,'supplierId':'the mill'}"),
                "MALFORMED_ID",
                "Field 'receipts[0].supplierId' of material-stocks is \"the mill\"");
        refused(
                Topic.MATERIAL_STOCKS,
                stock("0SB01", "powder", "1e16", ""),
                "BAD_VALUE",
                "Field 'onHand' of material-stocks is",
                "1e15 or less");
        refused(
                Topic.MATERIAL_STOCKS,
                stock("9Z9Z9", "powder", "5", ""),
                "UNKNOWN_REFERENCE",
                "The count of stock names plant 9Z9Z9, which topic plants does not have.");
        refused(
                Topic.MATERIAL_STOCKS,
                stock("0SB01", "dust", "5", ""),
                "UNKNOWN_REFERENCE",
                "The count of stock names material dust, which topic materials does not have.");
        refused(
                Topic.MATERIAL_STOCKS,
                stock("0SB01", "powder", "6", "").replace("}", ",'receivedAt':'2026-06-28T11:54:59Z'}"),
                "FUTURE_EVENT",
                "Field 'eventTime' of material-stocks is 2026-06-28T12:00:00Z: it must be at most 5 min after");
        refused(
                Topic.MATERIAL_STOCKS,
                stock("0SB01", "powder", "6", "").replace("2026-06-28", "1999-06-28"),
                "ANCIENT_EVENT",
                "Field 'eventTime' of material-stocks is 1999");
        refused(Topic.MATERIAL_STOCKS, "{'plantId':'0SB01','materialId':'pow", "UNREADABLE", "The line is not JSON");
        refused(Topic.MATERIAL_STOCKS, "\u00ff\u00fe\u0001", "UNREADABLE", "The line is not JSON");
        refused(
                Topic.MATERIAL_STOCKS,
                "{'plantId':'0SB01','eventTime':'2026-06-28T12:00:00Z','onHand':1}",
                "MISSING_ID",
                "Field 'materialId' of material-stocks is missing");
        refused(
                Topic.WORKFORCE,
                crew("shells", "80", "0"),
                "BAD_VALUE",
                "Field 'peoplePerShift' of workforce is 0: it must be 1 or more",
                "Maybe the line runs unattended");
        refused(
                Topic.WORKFORCE,
                crew("shells", "-1", "2"),
                "NEGATIVE_COUNT",
                "Field 'certifiedPeople' of workforce is -1");
        refused(
                Topic.WORKFORCE,
                crew("nowhere", "8", "2"),
                "UNKNOWN_LINE",
                "The report of people names line nowhere, which topic lines does not have.");
        refused(Topic.WORKFORCE, "not even a bracket", "UNREADABLE", "The line is not JSON");
    }

    private void say(Topic topic, String json) {
        lines.computeIfAbsent(topic, any -> new ArrayList<>()).add(json.replace('\'', '"'));
    }

    private void refused(Topic topic, String json, String code, String... parts) {
        say(topic, json);
        wrongs.add(new Wrong(topic, lines.getOrDefault(topic, List.of()).size(), json, code, List.of(parts)));
    }

    private static String product(String id, @Nullable String group, String bill) {
        return "{'productId':'%s','name':'%s','capabilityArea':'AMMUNITION',%s'billOfMaterials':[%s]}"
                .formatted(id, id, group == null ? "" : "'interchangeabilityGroup':'" + group + "',", bill);
    }

    private static String line(String id, String productId, int unitsPerHour) {
        return "{'lineId':'%s','plantId':'0SB01','productId':'%s','idealCycleSeconds':1.0,'calendar':'PLANNED','declaredUnitsPerHour':%d,'hoursPerWeek':{'peacetime':112,'crisis':120,'conflict':160}}"
                .formatted(id, productId, unitsPerHour);
    }

    private static String supplier(String id, String parent, String nation, String offers) {
        return "{'supplierId':'%s','parentEntity':'%s','nation':'%s','allied':true,'supplies':[%s]}"
                .formatted(id, parent, nation, offers);
    }

    private static String requirement(String productId, String posture, int unitsPerMonth) {
        return "{'productId':'%s','posture':'%s','unitsPerMonth':%d}".formatted(productId, posture, unitsPerMonth);
    }

    private static String stock(String plantId, String materialId, String onHand, String receipts) {
        return "{'plantId':'%s','materialId':'%s','eventTime':'2026-06-28T12:00:00Z','onHand':%s%s}"
                .formatted(plantId, materialId, onHand, receipts.isEmpty() ? "" : ",'receipts':[" + receipts + "]");
    }

    private static String crew(String lineId, String people, String perShift) {
        return "{'lineId':'%s','eventTime':'2026-06-28T12:00:00Z','certifiedPeople':%s,'peoplePerShift':%s}"
                .formatted(lineId, people, perShift);
    }

    /** 487 hours a month at 36 charges an hour are 17,532 of 34,786 rounds. */
    @Test
    void what_is_right_is_computed() throws IOException {
        assertThat(CsvRows.of(bad.resolve("surge_readiness.csv")))
                .filteredOn(row -> "CONTRACTED".equals(row.get("evidence")))
                .singleElement()
                .satisfies(row -> {
                    assertThat(row)
                            .containsEntry("product_id", "round")
                            .containsEntry("posture", "PEACETIME")
                            .containsEntry("required_per_month", "34786")
                            .containsEntry("binding_id", "charge");
                    assertThat(Double.parseDouble(row.getOrDefault("achievable_per_month", "")))
                            .isCloseTo(17_532, offset(1e-6));
                });
    }

    @Test
    void all_other_files_are_those_of_a_replay_without_the_wrong_lines() throws IOException {
        Map<String, String> without = OrderFiles.contents(good);
        Map<String, String> with = OrderFiles.contents(bad);

        assertThat(CsvRows.of(good.resolve("rejected_event.csv"))).isEmpty();
        without.remove("rejected_event.csv");
        with.remove("rejected_event.csv");
        assertThat(with).isEqualTo(without);
    }

    private Stream<Wrong> wrongs() {
        return wrongs.stream();
    }

    @ParameterizedTest
    @MethodSource("wrongs")
    void a_wrong_line_is_refused_once_with_its_origin_and_a_remedy(Wrong wrong) throws IOException {
        assertThat(CsvRows.of(bad.resolve("rejected_event.csv")))
                .filteredOn(row -> wrong.topic().baseName().equals(row.get("topic"))
                        && String.valueOf(wrong.number()).equals(row.get("record_offset")))
                .singleElement()
                .satisfies(row -> {
                    assertThat(row).containsEntry("reason_code", wrong.code()).containsEntry("record_partition", "0");
                    assertThat(row.get("reason")).contains(wrong.parts()).containsPattern("\nMaybe .+\\.");
                    assertThat(row.get("payload")).isNotEmpty();
                });
    }

    @Test
    void nothing_else_is_refused() throws IOException {
        assertThat(CsvRows.of(bad.resolve("rejected_event.csv"))).hasSameSizeAs(wrongs);
    }
}
