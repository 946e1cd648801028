package org.capacityboard.flink.rows;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.IntFunction;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.capacityboard.domain.surge.AddedStock;
import org.capacityboard.domain.surge.BillItem;
import org.capacityboard.domain.surge.Crew;
import org.capacityboard.domain.surge.HoursPerWeek;
import org.capacityboard.domain.surge.LastReport;
import org.capacityboard.domain.surge.LineOutput;
import org.capacityboard.domain.surge.MaterialCount;
import org.capacityboard.domain.surge.Posture;
import org.capacityboard.domain.surge.ProductOutput;
import org.capacityboard.domain.surge.Receipt;
import org.capacityboard.domain.surge.Requirement;
import org.capacityboard.domain.surge.SupplierOffer;
import org.capacityboard.domain.surge.SurgeLine;
import org.capacityboard.domain.surge.SurgeMaterial;
import org.capacityboard.domain.surge.SurgeProduct;
import org.capacityboard.domain.surge.SurgeReadiness;
import org.capacityboard.domain.surge.SurgeSnapshot;
import org.capacityboard.domain.surge.SurgeSupplier;
import org.capacityboard.process.errors.UserError;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SurgeSnapshotJsonTest {
    private static final String SMALL =
            "{\"format\":1,\"nowMs\":86400000,\"staleAfterDays\":14,\"lines\":[],\"products\":[],"
                    + "\"materials\":[{\"materialId\":\"powder\",\"name\":\"Powder\",\"unit\":\"kg\"}],\"suppliers\":[],\"counts\":[],\"addedStocks\":[],"
                    + "\"crews\":[],\"requirements\":[{\"productId\":\"shell\",\"posture\":\"CRISIS\",\"unitsPerMonth\":0.1}],\"lineOutputs\":[],"
                    + "\"productOutputs\":[],\"lastReports\":[]}";

    @Test
    void what_is_read_equals_what_was_written() {
        for (int seed = 0; seed < 300; seed++) {
            SurgeSnapshot snapshot = new Scene(seed).snapshot();

            String text = SurgeSnapshotJson.encode(snapshot);
            SurgeSnapshot read = SurgeSnapshotJson.decode(text);

            assertThat(read).as("seed %d", seed).isEqualTo(snapshot);
            assertThat(SurgeSnapshotJson.encode(read)).as("seed %d", seed).isEqualTo(text);
            assertThat(SurgeReadiness.of(read)).as("seed %d", seed).isEqualTo(SurgeReadiness.of(snapshot));
        }
    }

    @Test
    void the_same_facts_in_another_order_make_the_same_text() {
        for (int seed = 0; seed < 50; seed++) {
            Scene scene = new Scene(seed);
            SurgeSnapshot snapshot = scene.snapshot();
            scene.shuffle();

            assertThat(SurgeSnapshotJson.encode(scene.snapshot())).isEqualTo(SurgeSnapshotJson.encode(snapshot));
        }
    }

    @Test
    void the_format_comes_first_and_nothing_is_spent_on_looks() {
        SurgeSnapshot small = new SurgeSnapshot(
                86_400_000,
                14,
                List.of(),
                List.of(),
                List.of(new SurgeMaterial("powder", "Powder", "kg")),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(new Requirement("shell", Posture.CRISIS, .1, null, null)),
                List.of(),
                List.of(),
                List.of());

        assertThat(SurgeSnapshotJson.encode(small)).isEqualTo(SMALL);
    }

    @Test
    void text_of_a_later_format_is_refused() {
        assertRefused(
                SMALL.replace("\"format\":1", "\"format\":2"),
                "Format of the surge snapshot '2' is not known here, must be 1.",
                "Maybe another version of Capacity Board wrote it: that version reads it.");
    }

    @Test
    void text_that_was_cut_off_is_refused_wherever_it_was() {
        for (int length = 0; length < SMALL.length(); length++) {
            String cut = SMALL.substring(0, length);
            assertThatThrownBy(() -> SurgeSnapshotJson.decode(cut))
                    .as(cut)
                    .isInstanceOf(UserError.class)
                    .hasMessageContaining("surge snapshot")
                    .hasMessageContaining("\nMaybe the text was ");
        }
    }

    @Test
    void what_breaks_a_rule_is_named_with_its_place_and_value() {
        assertRefused(SMALL + "{}", "must be one object of JSON.");
        assertRefused(
                SMALL.replace("\"nowMs\":86400000,", ""), "nowMs of the surge snapshot is missing, must be there.");
        assertRefused(SMALL.replace("\"Powder\"", "7"), "materials[0].name of the surge snapshot '7' must be a text.");
        assertRefused(
                SMALL.replace("\"Powder\"", "null"), "materials[0].name of the surge snapshot 'null' must be a text.");
        assertRefused(
                SMALL.replace("86400000", "8.5"),
                "nowMs of the surge snapshot '8.5' must be a whole number of at most 64 bits.");
        assertRefused(
                SMALL.replace("86400000", "86400000864000008640000086400000"),
                "nowMs of the surge snapshot '86400000864000008640000086400000' must be a whole number of at most 64 bits.");
        assertRefused(
                SMALL.replace(":14", ":14000000000"),
                "staleAfterDays of the surge snapshot '14000000000' must be a whole number of at most 32 bits.");
        assertRefused(
                SMALL.replace("CRISIS", "SIESTA"),
                "requirements[0].posture of the surge snapshot 'SIESTA' must be one of [PEACETIME, CRISIS, CONFLICT].");
        assertRefused(
                SMALL.replace("0.1", "1e999"),
                "requirements[0].unitsPerMonth of the surge snapshot 'Infinity' must be a number.");
        assertRefused(
                SMALL.replace("0.1", "-3"),
                "requirements[0] of the surge snapshot breaks a rule: Required rate of shell in CRISIS is -3.0, must be 0 to 1e15.");
        assertRefused(
                SMALL.replace(":[{\"materialId\"", ":[{\"colour\":\"red\",\"materialId\""),
                "materials[0].colour of the surge snapshot 'red' is not known here, must be left out.");
        assertRefused(
                SMALL.replace("\"crews\":[]", "\"crews\":{}"), "crews of the surge snapshot '{}' must be a list.");
        assertRefused(
                SMALL.replace("\"crews\":[]", "\"crews\":[1]"),
                "crews[0] of the surge snapshot '1' must be an object.");
        assertRefused(
                SMALL.replace("\"crews\":[]", "\"crews\":[],\"crews\":[]"), "field 'crews' stands twice in an object");
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "[]", "1", "NaN", "nonsense", "{\"format\":NaN}", "{\"format\":\"1\"}", "{}"})
    void what_is_no_snapshot_is_refused(String text) {
        assertRefused(text, "\nMaybe ");
    }

    private static void assertRefused(String text, String... parts) {
        ThrowingCallable reading = () -> SurgeSnapshotJson.decode(text);
        assertThatThrownBy(reading)
                .isInstanceOf(UserError.class)
                .hasMessageContaining("surge snapshot")
                .hasMessageContainingAll(parts);
    }

    /** All kinds of facts with values at random, not meant to make sense together. */
    private static final class Scene {
        private final Random random;
        private final long nowMs;
        private final int staleAfterDays;
        private final List<SurgeLine> lines;
        private final List<SurgeProduct> products;
        private final List<SurgeMaterial> materials;
        private final List<SurgeSupplier> suppliers;
        private final List<MaterialCount> counts;
        private final List<AddedStock> addedStocks;
        private final List<Crew> crews;
        private final List<Requirement> requirements;
        private final List<LineOutput> lineOutputs;
        private final List<ProductOutput> productOutputs;
        private final List<LastReport> lastReports;

        Scene(long seed) {
            random = new Random(seed);
            nowMs = instant();
            staleAfterDays = 1 + random.nextInt(99);
            lines = some(i ->
                    new SurgeLine(id("line", i), id("plant", 0), id("product", i), amount(), hours(), any(instant())));
            products = some(i -> new SurgeProduct(
                    id("product", i), text(), any(text()), some(j -> new BillItem(id("material", j), amount()))));
            materials = some(i -> new SurgeMaterial(id("material", i), text(), text()));
            suppliers = some(i -> new SurgeSupplier(
                    id("supplier", i),
                    id("parent", 0),
                    "NOR",
                    random.nextBoolean(),
                    some(j -> new SupplierOffer(id("material", j), amount()))));
            counts = some(i -> new MaterialCount(
                    id("plant", i),
                    id("material", i),
                    instant(),
                    amount(),
                    some(j -> new Receipt(instant(), amount(), id("supplier", j)))));
            addedStocks = some(i -> new AddedStock(id("material", i), random.nextBoolean() ? amount() : -amount()));
            crews = some(i -> new Crew(id("line", i), random.nextInt(500), random.nextInt(9)));
            requirements = some(i -> new Requirement(
                    id("product", i),
                    Posture.values()[random.nextInt(3)],
                    amount(),
                    any(random.nextInt(400)),
                    any(1 + random.nextInt(400))));
            lineOutputs = some(i -> new LineOutput(
                    id("line", i), id("product", i), 4 + 7L * random.nextInt(3_000), some(j -> random.nextLong())));
            productOutputs = some(i ->
                    new ProductOutput(id("product", i), random.nextInt(), random.nextInt(), 1 + random.nextInt(91)));
            lastReports = some(i -> new LastReport(id("line", i), instant()));
        }

        void shuffle() {
            List.of(
                            lines,
                            products,
                            materials,
                            suppliers,
                            counts,
                            addedStocks,
                            crews,
                            requirements,
                            lineOutputs,
                            productOutputs,
                            lastReports)
                    .forEach(list -> Collections.shuffle(list, random));
        }

        SurgeSnapshot snapshot() {
            return new SurgeSnapshot(
                    nowMs,
                    staleAfterDays,
                    lines,
                    products,
                    materials,
                    suppliers,
                    counts,
                    addedStocks,
                    crews,
                    requirements,
                    lineOutputs,
                    productOutputs,
                    lastReports);
        }

        private <T> List<T> some(IntFunction<T> one) {
            List<T> some = new ArrayList<>();
            for (int i = random.nextInt(4); i > 0; i--) {
                some.add(one.apply(i));
            }
            return some;
        }

        private <T> @Nullable T any(T value) {
            return random.nextBoolean() ? value : null;
        }

        private static String id(String kind, int number) {
            return kind + "-" + number;
        }

        private String text() {
            return List.of("", "Geschoß \"155\"", "загряд\\\n", "\u0000\u0007", "charge\u2028\ud83d\ude80")
                    .get(random.nextInt(5));
        }

        private long instant() {
            return 1_700_000_000_000L + random.nextInt();
        }

        private HoursPerWeek hours() {
            return new HoursPerWeek(random.nextInt(169), 168 * random.nextDouble(), 168);
        }

        private double amount() {
            return switch (random.nextInt(6)) {
                case 0 -> 0;
                case 1 -> random.nextInt(1_000_000);
                case 2 -> Double.MIN_VALUE;
                case 3 -> 1e15;
                case 4 -> random.nextDouble() * 1e15;
                default -> random.nextDouble();
            };
        }
    }
}
