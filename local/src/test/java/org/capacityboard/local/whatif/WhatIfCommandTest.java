package org.capacityboard.local.whatif;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.capacityboard.domain.surge.BillItem;
import org.capacityboard.domain.surge.Crew;
import org.capacityboard.domain.surge.HoursPerWeek;
import org.capacityboard.domain.surge.LastReport;
import org.capacityboard.domain.surge.MaterialCount;
import org.capacityboard.domain.surge.Posture;
import org.capacityboard.domain.surge.Requirement;
import org.capacityboard.domain.surge.SupplierOffer;
import org.capacityboard.domain.surge.SurgeLine;
import org.capacityboard.domain.surge.SurgeMaterial;
import org.capacityboard.domain.surge.SurgeProduct;
import org.capacityboard.domain.surge.SurgeSnapshot;
import org.capacityboard.domain.surge.SurgeSupplier;
import org.capacityboard.flink.rows.SurgeSnapshotJson;
import org.capacityboard.local.kit.CapacityCall;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A round of a charge and a shell, 2,000 needed a month for 487 days, that is 16 months. Charges: 1,000 from 40 hours a week. Shells: 1,500, of equipment and of
 * people. Powder, one kg a charge: stock for 700 a month, 800 from Mill, 100 from Other.
 */
class WhatIfCommandTest {
    private static final long NOW = Instant.parse("2026-06-29T00:00:00Z").toEpochMilli();
    private static final double MONTHS_OF_40_HOURS = 40 * 30.4375 / 7;

    private Path folder = Path.of("");

    @BeforeEach
    void write(@TempDir Path directory) throws IOException {
        folder = directory;
        write(
                "as_of,snapshot,generation,final",
                "2026-06-27," + quoted(network(1_000)) + ",0,true",
                "2026-06-28," + quoted(network(2_000)) + ",0,true");
    }

    private void write(String... records) throws IOException {
        Files.writeString(folder.resolve("surge_snapshot.csv"), String.join("\r\n", records) + "\r\n");
    }

    private static String quoted(SurgeSnapshot snapshot) {
        return '"' + SurgeSnapshotJson.encode(snapshot).replace("\"", "\"\"") + '"';
    }

    private static SurgeSnapshot network(double roundsNeeded) {
        return new SurgeSnapshot(
                NOW,
                14,
                List.of(line("c1", "PLNT1", "charge", 1_000), line("s1", "PLNT2", "shell", 1_500)),
                List.of(
                        new SurgeProduct(
                                "round",
                                "Round, 155 mm",
                                null,
                                List.of(new BillItem("charge", 1), new BillItem("shell", 1))),
                        new SurgeProduct("charge", "Charge", null, List.of(new BillItem("powder", 1))),
                        new SurgeProduct("shell", "Shell", null, List.of()),
                        new SurgeProduct("fuze", "Fuze", null, List.of())),
                List.of(new SurgeMaterial("powder", "Powder", "kg")),
                List.of(
                        supplier("SUP-1", "Mill", "NOR", 500),
                        supplier("SUP-2", "Mill", "CAN", 300),
                        supplier("SUP-3", "Other", "CAN", 100)),
                List.of(new MaterialCount("PLNT1", "powder", NOW, 16 * 700, List.of())),
                List.of(),
                List.of(new Crew("s1", 2, 2)),
                List.of(
                        new Requirement("round", Posture.PEACETIME, roundsNeeded, 0, 487),
                        new Requirement("shell", Posture.CRISIS, 100, 0, 30)),
                List.of(),
                List.of(),
                List.of(new LastReport("c1", NOW), new LastReport("s1", NOW)));
    }

    private static SurgeLine line(String id, String plantId, String productId, double perMonth) {
        return new SurgeLine(id, plantId, productId, perMonth / MONTHS_OF_40_HOURS, HoursPerWeek.USUAL, null);
    }

    private static SurgeSupplier supplier(String id, String parent, String nation, double perMonth) {
        return new SurgeSupplier(id, parent, nation, true, List.of(new SupplierOffer("powder", perMonth)));
    }

    private CapacityCall call(String... options) {
        List<String> arguments = new ArrayList<>(List.of("whatif", "--replay", folder.toString()));
        arguments.addAll(Arrays.asList(options));
        return CapacityCall.of(arguments.toArray(String[]::new));
    }

    private String answer(String... options) {
        CapacityCall call = call(options);
        assertThat(call.exitCode()).as(call.err()).isZero();
        assertThat(call.err()).isEmpty();
        return call.out();
    }

    private void assertRefused(int exitCode, String firstLine, String maybe, String... options) {
        CapacityCall call = call(options);
        assertThat(call.err())
                .startsWith(firstLine)
                .contains("\nMaybe " + maybe)
                .doesNotContain("\tat ");
        assertThat(call.exitCode()).isEqualTo(exitCode);
        assertThat(call.out()).isEmpty();
    }

    @Test
    void what_binds_first_and_next_is_told_before_and_after() {
        String answer = answer("--add-shift", "c1", "--posture", "peacetime").replace(folder.toString(), "FOLDER");

        assertThat(answer)
                .isEqualToNormalizingNewlines(
                        """
                        What if
                          - line c1 (Charge) works one more shift, 40 hours a week more, as far as the week has them (168), with the people it
                            has

                        State of 2026-06-28 in FOLDER.
                        Lines count with their contract: declared rate and hours of the posture, or more if they have shown more.

                        PEACETIME
                        product        needed a  possible now  possible then  change  what binds         what binds next
                                          month
                        -------------  --------  ------------  -------------  ------  -----------------  ---------------
                        Round, 155 mm     2,000  1,000 (50 %)   1,500 (75 %)    +500  lines of Charge    Powder (1,600)
                                                                                      -> lines of Shell

                        Round, 155 mm: 2,000 a month needed in peacetime; 1,500 possible: Shell binds (line s1, equipment: 1,500), then Powder
                          (1,600).
                        Line c1 in peacetime: 40 -> 80 hours a week, 1,000 -> 2,000 a month.
                        """);
    }

    @Test
    void where_people_bind_a_shift_changes_nothing_and_that_is_said() {
        assertThat(answer("--add-shift", "s1", "--product", "round"))
                .contains(
                        """
                        PEACETIME
                        Nothing changes for the one product needed.
                        Round, 155 mm: lines of Charge still bind, 1,000 (50 %) of 2,000 a month.
                        Line s1 in peacetime: workforce binds, 1,500 a month as before; with 40 -> 80 hours a week the equipment could make
                          3,000.
                        """)
                .doesNotContain("what binds next");
    }

    @Test
    void what_does_not_bind_may_be_lost() {
        assertThat(answer("--lose-supplier", "SUP-1"))
                .contains(
                        "SUP-1 (Mill, NOR) delivers nothing from today on",
                        "Round, 155 mm: lines of Charge still bind, 1,000 (50 %) of 2,000 a month; Powder would allow"
                                + " 1,100 instead of 1,600.")
                .contains("CRISIS\nNothing changes for the one product needed.\nShell: ");
    }

    @Test
    void more_shifts_than_the_week_has_are_said_to_end_with_it() {
        assertThat(answer("--add-shift=c1", "--add-shift=c1", "--product=round"))
                .contains(
                        "line c1 (Charge) works 2 more shifts, 80 hours a week more, as far as the week has them (168),");
    }

    @Test
    void of_a_parent_all_suppliers_are_lost_and_that_is_said() {
        assertThat(answer("--lose-supplier=Mill"))
                .contains("  - all 2 suppliers of Mill deliver nothing from today on\n");
        assertThat(answer("--lose-supplier=Other"))
                .contains("  - SUP-3 (Other, CAN), the only supplier of Other, delivers nothing from today on\n");
    }

    @Test
    void what_is_enough_does_not_bind() {
        assertThat(answer("--requirement=fuze/CRISIS=0", "--posture=CRISIS", "--product=shell"))
                .contains("Shell: its own lines would bind first, ")
                .contains("(100 %) of 100 a month")
                .doesNotContain("still bind");
    }

    @Test
    void no_stock_goes_below_nothing_and_that_is_said() {
        String only = "in stock today: there are only 11,200 kg, and it cannot go below nothing";
        assertThat(answer("--stock=powder=-11200")).doesNotContain("below nothing");
        assertThat(answer("--stock=powder=-11201")).contains("  - 11,201 kg less of Powder " + only);
        assertThat(answer("--stock=powder=-9000", "--stock=powder=-9000"))
                .contains("  - 9,000 kg less of Powder " + only);
        assertThat(answer("--stock=powder=-5", "--lose-plant=PLNT1"))
                .contains("  - 5 kg less of Powder in stock today: there is none, and it cannot go below nothing");
    }

    @Test
    void stock_that_is_too_much_together_is_wrong_usage() {
        CapacityCall call = call("--stock=powder=+900000000000000", "--stock=powder=+900000000000001");

        assertThat(call.err())
                .startsWith(
                        "--stock 'powder=+900000000000001' cannot be assumed together with the others: Added stock of"
                                + " powder is 1.800000000000001E15, must be 0 to 1e15.");
        assertThat(call.exitCode()).isEqualTo(2);
    }

    @Test
    void a_product_that_only_a_line_names_can_be_asked_for() throws IOException {
        SurgeSnapshot known = network(2_000);
        List<SurgeLine> lines = new ArrayList<>(known.lines());
        lines.add(line("x1", "PLNT2", "unlisted", 10));
        write("as_of,snapshot", "2026-06-28," + quoted(known.withLines(lines)));

        assertThat(answer("--requirement=unlisted/CRISIS=5", "--product=unlisted"))
                .contains("unlisted");
    }

    @Test
    void all_that_is_assumed_holds_together() {
        String json = answer(
                "--add-shift=c1",
                "--lose-supplier=Mill",
                "--stock=powder=+9600",
                "--requirement=charge/peacetime=1000",
                "--posture=PEACETIME",
                "--json");

        assertThat(json.replaceAll("\\s+", ""))
                .contains("\"as_of\":\"2026-06-28\",\"watermark\":null,\"today\":\"2026-06-29T00:00:00Z\"")
                .contains("\"evidence\":\"CONTRACTED\"")
                .contains(
                        "{\"option\":\"--stock\",\"value\":\"powder=+9600\",\"words\":\"9,600kgmoreofPowderinstocktoday\"}")
                .contains(
                        "\"product_id\":\"charge\",\"product_name\":\"Charge\",\"posture\":\"PEACETIME\",\"changed\":true,\"before\":null,"
                                + "\"after\":{\"required_per_month\":1000.0,\"achievable_per_month\":666.666")
                .containsPattern(
                        "\"product_id\":\"round\".*\"before\":\\{\"required_per_month\":2000.0,\"achievable_per_month\":1000\\.0"
                                + ".*\"after\":\\{\"required_per_month\":2000.0,\"achievable_per_month\":933.333"
                                + ".*\"binding_id\":\"powder\",\"next_constraint\":\"LINES\",\"next_id\":\"charge\",\"next_achievable_per_month\":1333.333")
                .contains(
                        "\"hours_per_week_before\":40.0,\"hours_per_week_after\":80.0,\"units_per_month_before\":1000.0");
    }

    @Test
    void losses_of_a_plant_and_of_a_nation_and_less_stock_are_told() {
        assertThat(answer("--lose-plant", "PLNT2", "--lose-nation-supply", "can", "--stock", "powder=-11200"))
                .contains(
                        "plant PLNT2 is lost with its lines and stocks",
                        "no supplier in CAN delivers from today on",
                        "11,200 kg less of Powder in stock today",
                        "lines of Shell",
                        "0 (0 %)",
                        "-1,000",
                        "then Powder (500)");
    }

    @Test
    void another_requirement_is_told_with_the_one_before() {
        assertThat(answer("--requirement", "round/PEACETIME=4000"))
                .containsPattern("Round, 155 mm +2,000 +1,000 \\(50 %\\) +1,000 \\(25 %\\) +0 +lines of Charge")
                .contains("-> 4,000");
    }

    @Test
    void a_day_and_an_evidence_can_be_chosen() {
        assertThat(answer("--add-shift", "c1", "--as-of", "2026-06-27"))
                .contains("State of 2026-06-27", "1,000 (100 %)");
        assertThat(answer("--add-shift", "c1", "--evidence", "demonstrated", "--product", "round"))
                .contains("shown for four weeks", "hours change nothing of what it has shown");
        assertRefused(
                1,
                "--as-of '2026-06-29' is a day without a state of surge readiness.",
                "you meant one of 2026-06-27 to 2026-06-28.",
                "--add-shift=c1",
                "--as-of=2026-06-29");
    }

    @Test
    void names_that_nobody_has_are_told_with_the_nearest_all_at_once() {
        CapacityCall call = call(
                "--add-shift=c2",
                "--lose-supplier=sup-3",
                "--lose-plant=nowhere",
                "--lose-nation-supply=nor1",
                "--stock=powdr=+1",
                "--requirement=rounds/CRISIS=1",
                "--product=shel");

        assertThat(call.exitCode()).isEqualTo(2);
        assertThat(call.err())
                .isEqualToNormalizingNewlines(
                        """
                        --add-shift 'c2' names a line that is not known.
                        Maybe you meant 'c1'.

                        --lose-supplier 'sup-3' names a supplier that is not known.
                        Maybe you meant 'SUP-3'.

                        --lose-nation-supply 'nor1' names a nation of a supplier that is not known.
                        Maybe you meant 'NOR'.

                        --lose-plant 'nowhere' names a plant that is not known.
                        Maybe you meant one of PLNT1, PLNT2.

                        --stock 'powdr=+1' names a material that is not known.
                        Maybe you meant 'powder'.

                        --requirement 'rounds/CRISIS=1' names a product that is not known.
                        Maybe you meant 'round'.

                        --product 'shel' names a product that is not known.
                        Maybe you meant 'shell'.
                        """);
    }

    @Test
    void what_is_written_wrongly_is_wrong_usage() {
        assertRefused(2, "whatif has nothing to assume.", "you meant --add-shift LINE; ");
        for (String wrong : List.of("powder", "powder=500", "=+5", "powder=+", "powder=+1.2.3", "powder=+1e300")) {
            assertRefused(2, "--stock '" + wrong + "' must be MATERIAL=+N for more or", "you meant ", "--stock", wrong);
        }
        assertRefused(2, "--stock 'powder=500'", "you meant powder=+500.", "--stock", "powder=500");
        for (String wrong :
                List.of("round", "round=5", "round/CRISIS", "round/WAR=5", "round/CRISIS=-5", "round/CRISIS=x")) {
            assertRefused(
                    2,
                    "--requirement '" + wrong
                            + "' must be PRODUCT/POSTURE=N: POSTURE one of PEACETIME, CRISIS, CONFLICT",
                    "you meant round/CONFLICT=100000.",
                    "--requirement",
                    wrong);
        }
        assertRefused(
                2,
                "--requirement 'round/crisis=6' stands beside another one of the same product and posture.",
                "one of them is meant.",
                "--requirement=round/CRISIS=5",
                "--requirement=round/crisis=6");
        assertRefused(
                2,
                "--until '2026-06-28T00:00:00Z' must go with a folder of events",
                "",
                "--add-shift=c1",
                "--until=2026-06-28T00:00:00Z");
        assertRefused(2, "--replay '" + folder + "' cannot stand beside --demo.", "", "--add-shift=c1", "--demo");
        assertRefused(2, "capacity was called wrongly: ", "", "--add-shift=c1", "--posture=WAR");
    }

    @Test
    void where_nothing_is_required_it_can_be_assumed() {
        assertRefused(
                1,
                "surge requirements are missing: nothing is required of fuze in [CONFLICT].",
                "you want to assume one: --requirement fuze/CONFLICT=N.",
                "--add-shift=c1",
                "--product=fuze",
                "--posture=CONFLICT");
        assertThat(answer("--requirement", "fuze/CONFLICT=7")).contains("nothing", "-> 7", "unknown");
    }

    @Test
    void a_folder_that_is_none_of_a_replay_is_told() throws IOException {
        Files.delete(folder.resolve("surge_snapshot.csv"));
        assertRefused(
                1,
                "--replay '" + folder
                        + "' is not a folder of a replay, must hold surge_snapshot.csv or events (<topic>.jsonl).",
                "the path is another one.",
                "--add-shift=c1");

        Files.writeString(folder.resolve("surge_readiness.csv"), "as_of\n");
        assertRefused(1, "--replay '" + folder + "' is not a folder", "an older version wrote it: ", "--add-shift=c1");

        folder = folder.resolve("nowhere");
        assertRefused(1, "--replay '" + folder + "' is not a directory.", "", "--add-shift=c1");
    }

    @Test
    void a_state_that_is_damaged_or_missing_is_told() throws IOException {
        write("as_of,snapshot,generation,final");
        assertRefused(1, "--replay '" + folder + "' holds no state of surge readiness", "", "--add-shift=c1");

        write("as_of,snapshot,generation,final", "2026-06-27,\"{\"\"format\"\":9}\",0,true");
        assertRefused(1, "Format of the surge snapshot '9' is not known here", "another version", "--add-shift=c1");

        for (String wrong : List.of(
                "",
                "as_of,final\n1,2",
                "as_of,snapshot\nyesterday,1",
                "as_of,snapshot\n2026-06-27",
                "as_of,snapshot\n2026-06-27,\"{")) {
            write(wrong);
            assertRefused(
                    1, "file '" + folder.resolve("surge_snapshot.csv") + "' ", "it was damaged: ", "--add-shift=c1");
        }
    }

    @Test
    void a_demo_that_does_not_run_is_told() {
        CapacityCall call = CapacityCall.of("whatif", "--demo", "--data", folder.toString(), "--add-shift", "c1");

        assertThat(call.exitCode()).isEqualTo(1);
        assertThat(call.err())
                .startsWith("--data '" + folder + "' has no running demo.")
                .contains("\nMaybe ");
    }

    @Test
    void a_database_that_does_not_answer_is_told() {
        CapacityCall call = CapacityCall.of(
                "whatif",
                "--add-shift=c1",
                "--data=" + folder,
                "--set=database.url=jdbc:postgresql://127.0.0.1:1/capacity");

        assertThat(call.exitCode()).isEqualTo(1);
        assertThat(call.err())
                .contains("database.url 'jdbc:postgresql://127.0.0.1:1/capacity' does not answer", "\nMaybe ");
    }

    @Test
    void help_tells_every_option_with_an_example() {
        assertThat(CapacityCall.of("whatif", "--help").out())
                .contains("--add-shift", "--lose-supplier", "MATERIAL=+N", "PRODUCT/POSTURE=N", "--demo", "--json");
    }
}
