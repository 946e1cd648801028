package org.capacityboard.domain.surge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.capacityboard.domain.surge.Posture.CONFLICT;
import static org.capacityboard.domain.surge.Posture.PEACETIME;
import static org.capacityboard.domain.surge.Scene.due;
import static org.capacityboard.domain.surge.Scene.takes;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What each loss would do, all of them at once. */
class SurgeLossesTest {
    private static final int NETWORKS_A_BATCH = 60;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void every_loss_of_random_networks_does_what_the_same_what_if_does(long batch) {
        int found = 0;
        for (long seed = batch * 1_000; seed < batch * 1_000 + NETWORKS_A_BATCH; seed++) {
            SurgeSnapshot snapshot = RandomScene.running(seed).snapshot();
            SurgeLosses losses = SurgeLosses.of(snapshot);
            List<LossRow> expected = oneByOne(snapshot);
            assertThat(losses.rows()).as("seed " + seed).containsExactlyElementsOf(expected);
            assertThat(losses.asOfEpochDay()).isEqualTo(snapshot.asOfEpochDay());
            found += expected.size();
        }
        assertThat(found).isGreaterThan(100);
    }

    private static List<LossRow> oneByOne(SurgeSnapshot snapshot) {
        Map<String, SurgeSupplier> suppliers = new HashMap<>();
        snapshot.suppliers().forEach(supplier -> suppliers.put(supplier.supplierId(), supplier));
        Set<String> parents = new TreeSet<>();
        Set<String> plants = new TreeSet<>();
        Set<String> nations = new TreeSet<>();
        snapshot.suppliers().forEach(supplier -> parents.add(supplier.parentEntity()));
        snapshot.suppliers().forEach(supplier -> nations.add(supplier.nation()));
        snapshot.lines().forEach(line -> plants.add(line.plantId()));
        snapshot.counts().forEach(count -> {
            plants.add(count.plantId());
            count.receipts().stream()
                    .map(Receipt::supplierId)
                    .filter(id -> !suppliers.containsKey(id))
                    .forEach(parents::add);
        });
        SurgeReadiness before = SurgeReadiness.of(snapshot);
        List<LossRow> rows = new ArrayList<>();
        parents.forEach(id -> rows.addAll(changed(snapshot, before, LossKind.SUPPLIER, id, WhatIf.loseSupplier(id))));
        plants.forEach(id -> rows.addAll(changed(snapshot, before, LossKind.PLANT, id, WhatIf.losePlant(id))));
        nations.forEach(id -> rows.addAll(changed(snapshot, before, LossKind.NATION, id, WhatIf.loseNation(id))));
        return rows;
    }

    private static List<LossRow> changed(
            SurgeSnapshot snapshot, SurgeReadiness before, LossKind kind, String id, WhatIf loss) {
        return Comparison.of(before, SurgeReadiness.of(loss.applyTo(snapshot))).stream()
                .filter(one -> one.after().evidence() == Evidence.CONTRACTED)
                .map(one -> row(kind, id, Objects.requireNonNull(one.before()), one.after()))
                .filter(row -> differ(row.achievablePerMonth(), row.achievableAfter()))
                .sorted(Comparator.comparing(LossRow::productId).thenComparing(LossRow::posture))
                .toList();
    }

    private static boolean differ(@Nullable Double before, @Nullable Double after) {
        return before != null && after != null && Math.abs(after - before) > 1e-9 * Math.max(1, before);
    }

    private static LossRow row(LossKind kind, String id, ReadinessRow before, ReadinessRow after) {
        return new LossRow(
                after.productId(),
                after.posture(),
                kind,
                id,
                before.readiness(),
                after.readiness(),
                before.achievablePerMonth(),
                after.achievablePerMonth(),
                after.unitsShort(),
                after.bindingConstraint(),
                after.bindingId(),
                after.why());
    }

    /** Powder from two parents in one nation and from a third elsewhere, for shots that two plants make. */
    private static Scene shots() {
        return new Scene()
                .material("powder", "kg")
                .supplier("s1", "Big", true, "powder", 30)
                .supplier("s2", "Small", true, "powder", 10)
                .product("shot", takes("powder", 1))
                .line("l1", "AAAAA", "shot", 25, null)
                .line("l2", "BBBBB", "shot", 25, null);
    }

    @Test
    void losses_say_what_is_left_and_what_binds_then() {
        SurgeLosses losses =
                SurgeLosses.of(shots().need("shot", PEACETIME, 100, 0, 90).snapshot());

        assertThat(losses.tried()).isEqualTo(5);
        assertThat(losses.rows())
                .extracting(row -> row.kind() + " " + row.lossId())
                .containsExactly("SUPPLIER Big", "SUPPLIER Small", "PLANT AAAAA", "PLANT BBBBB", "NATION NOR");
        LossRow plant = losses.rows().get(2);
        assertThat(plant.achievablePerMonth()).isCloseTo(40, within(1e-6));
        assertThat(plant.achievableAfter()).isCloseTo(25, within(1e-6));
        assertThat(plant.readiness()).isCloseTo(.4, within(1e-9));
        assertThat(plant.readinessAfter()).isCloseTo(.25, within(1e-9));
        assertThat(plant.unitsShortAfter()).isCloseTo(75, within(1e-6));
        assertThat(plant.bindingConstraintAfter()).isEqualTo(ConstraintKind.LINES);
        assertThat(plant.bindingIdAfter()).isEqualTo("shot");
        assertThat(plant.whyAfter()).contains("25 possible: its own lines bind (line l2, equipment: 25)");
        assertThat(losses.rows().get(4).achievableAfter()).isZero();
    }

    @Test
    void in_a_conflict_one_more_parent_is_lost() {
        SurgeLosses losses = SurgeLosses.of(shots().supplier("s3", "Third", true, "powder", 8)
                .need("shot", CONFLICT, 100, 0, 90)
                .snapshot());

        LossRow small = losses.rows().get(1);
        assertThat(small.lossId()).isEqualTo("Small");
        assertThat(small.achievablePerMonth()).isCloseTo(18, within(1e-6));
        assertThat(small.achievableAfter()).isCloseTo(8, within(1e-6));
        assertThat(small.whyAfter()).contains("8 possible without Big");
        assertThat(losses.rows().get(0).lossId()).isEqualTo("Big");
        assertThat(losses.rows().get(0).whyAfter()).contains("possible without Small");
    }

    @Test
    void a_loss_that_changes_nothing_is_tried_and_has_no_row() {
        SurgeLosses losses = SurgeLosses.of(new Scene()
                .material("powder", "kg")
                .material("wood", "kg")
                .supplier("s1", "Big", true, "powder", 9_000)
                .supplier("s2", "Forester", true, "wood", 1)
                .supplier("s3", "Idle", true, "wood", 0)
                .product("shot", takes("powder", 1))
                .line("l1", "AAAAA", "shot", 25, null)
                .stock("BBBBB", "wood", 0, 5, due(7, 3, "stranger"))
                .stock("CCCCC", "powder", 0, 1_000)
                .need("shot", PEACETIME, 100, 0, 30)
                .snapshot());

        // Big, Forester, stranger; A, B, C; Norway, where Forester and Big are. The powder in stock lasts.
        assertThat(losses.tried()).isEqualTo(7);
        assertThat(losses.rows()).extracting(LossRow::lossId).containsExactly("AAAAA");
    }

    @Test
    void a_receipt_of_a_supplier_that_nobody_knows_is_lost_with_it() {
        SurgeLosses losses = SurgeLosses.of(new Scene()
                .material("powder", "kg")
                .product("shot", takes("powder", 1))
                .line("l1", "shot", 1_000_000)
                .stock(Scene.PLANT, "powder", 0, 10, due(1, 300, "stranger"))
                .need("shot", PEACETIME, 100_000, 0, 30)
                .snapshot());

        assertThat(losses.rows()).extracting(LossRow::lossId).containsExactly("stranger", Scene.PLANT);
    }

    @Test
    void where_nothing_is_required_nothing_is_lost() {
        SurgeLosses losses = SurgeLosses.of(shots().need("shot", PEACETIME, 0).snapshot());

        assertThat(losses.rows()).isEmpty();
        assertThat(losses.tried()).isEqualTo(5);
    }
}
