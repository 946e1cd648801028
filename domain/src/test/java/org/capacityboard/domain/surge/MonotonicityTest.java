package org.capacityboard.domain.surge;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.BiConsumer;
import java.util.function.LongFunction;
import org.junit.jupiter.api.Test;

/** What should help never harms, on random networks. */
class MonotonicityTest {
    private static final int NETWORKS = 300;
    private static final double SAME = 1e-9;

    private static void neverLowers(LongFunction<Scene> scenes, BiConsumer<Scene, Random> change) {
        for (long seed = 0; seed < NETWORKS; seed++) {
            SurgeReadiness before = scenes.apply(seed).readiness();
            Scene scene = scenes.apply(seed);
            change.accept(scene, new Random(seed));
            Map<String, ReadinessRow> after = byKey(scene.readiness());
            for (ReadinessRow row : before.readiness()) {
                ReadinessRow changed = after.get(key(row));
                if (row.readiness() != null && changed != null) {
                    assertThat(changed.readiness())
                            .as("seed %d, before %s, after %s", seed, row, changed)
                            .isGreaterThanOrEqualTo(row.readiness() - SAME);
                }
            }
        }
    }

    private static String key(ReadinessRow row) {
        return row.productId() + row.posture() + row.evidence();
    }

    private static Map<String, ReadinessRow> byKey(SurgeReadiness readiness) {
        Map<String, ReadinessRow> rows = new HashMap<>();
        readiness.readiness().forEach(row -> rows.put(key(row), row));
        return rows;
    }

    private static <T> int any(List<T> list, Random random) {
        return random.nextInt(list.size());
    }

    @Test
    void more_stock_never_lowers_readiness() {
        neverLowers(RandomScene::idle, MonotonicityTest::countMore);
        neverLowers(
                RandomScene::running,
                (scene, random) -> scene.addedStocks.add(new AddedStock("m0", random.nextDouble() * 10_000)));
    }

    private static void countMore(Scene scene, Random random) {
        if (!scene.counts.isEmpty()) {
            MaterialCount count = scene.counts.remove(any(scene.counts, random));
            scene.counts.add(new MaterialCount(
                    count.plantId(),
                    count.materialId(),
                    count.countedAtMs(),
                    count.onHand() + random.nextDouble() * 10_000,
                    count.receipts()));
        }
    }

    @Test
    void more_people_never_lower_readiness() {
        neverLowers(RandomScene::running, (scene, random) -> {
            if (!scene.crews.isEmpty()) {
                Crew crew = scene.crews.remove(any(scene.crews, random));
                scene.crew(crew.lineId(), crew.certifiedPeople() + 1 + random.nextInt(40), crew.peoplePerShift());
            }
        });
    }

    @Test
    void more_hours_never_lower_readiness() {
        neverLowers(RandomScene::running, (scene, random) -> {
            if (!scene.lines.isEmpty()) {
                SurgeSnapshot more = WhatIf.addShift(
                                scene.lines.get(any(scene.lines, random)).lineId())
                        .applyTo(scene.snapshot());
                scene.lines.clear();
                scene.lines.addAll(more.lines());
            }
        });
    }

    /** Not in a crisis, where an earlier receipt may bring a larger part of its supplier's rate late. */
    @Test
    void an_earlier_receipt_never_lowers_readiness() {
        neverLowers(seed -> without(RandomScene.idle(seed), Posture.CRISIS), MonotonicityTest::earlier);
        neverLowers(seed -> atOnce(without(RandomScene.running(seed), Posture.CRISIS)), MonotonicityTest::earlier);
    }

    private static Scene without(Scene scene, Posture posture) {
        scene.requirements.removeIf(required -> required.posture() == posture);
        return scene;
    }

    /** Asked of today: later, what came early may have been used up by then at the current rate. */
    private static Scene atOnce(Scene scene) {
        List<Requirement> today = scene.requirements.stream()
                .map(one -> new Requirement(one.productId(), one.posture(), one.unitsPerMonth(), 0, one.holdDays()))
                .toList();
        scene.requirements.clear();
        scene.requirements.addAll(today);
        return scene;
    }

    private static void earlier(Scene scene, Random random) {
        for (int i = 0; i < scene.counts.size(); i++) {
            MaterialCount count = scene.counts.get(i);
            List<Receipt> receipts = new ArrayList<>();
            for (Receipt receipt : count.receipts()) {
                long ahead = receipt.dueAtMs() - Scene.TODAY;
                receipts.add(
                        ahead <= 0
                                ? receipt
                                : new Receipt(
                                        Scene.TODAY + 1 + (long) (random.nextDouble() * (ahead - 1)),
                                        receipt.quantity(),
                                        receipt.supplierId()));
            }
            scene.counts.set(
                    i,
                    new MaterialCount(
                            count.plantId(), count.materialId(), count.countedAtMs(), count.onHand(), receipts));
        }
    }

    @Test
    void a_requirement_more_never_raises_the_readiness_of_another_product() {
        for (long seed = 0; seed < NETWORKS; seed++) {
            Scene scene = RandomScene.running(seed);
            Random random = new Random(seed);
            SurgeReadiness before = scene.readiness();
            Requirement added = null;
            for (SurgeProduct product : scene.products) {
                Posture posture = Posture.values()[random.nextInt(3)];
                boolean required = scene.requirements.stream()
                        .anyMatch(one -> one.productId().equals(product.productId()) && one.posture() == posture);
                if (!required) {
                    added = new Requirement(product.productId(), posture, random.nextDouble() * 3_000, null, null);
                }
            }
            if (added != null) {
                scene.requirements.add(added);
            }
            Map<String, ReadinessRow> after = byKey(scene.readiness());
            for (ReadinessRow row : before.readiness()) {
                ReadinessRow changed = after.get(key(row));
                if (row.readiness() != null && changed != null) {
                    assertThat(changed.readiness())
                            .as("seed %d, before %s, after %s", seed, row, changed)
                            .isLessThanOrEqualTo(row.readiness() + SAME);
                }
            }
        }
    }

    @Test
    void no_figure_is_undefined_or_outside_its_range() {
        for (long seed = 0; seed < NETWORKS; seed++) {
            SurgeReadiness readiness = RandomScene.running(seed).readiness();
            assertThat(readiness.toString()).doesNotContain("NaN").doesNotContain("Infinity");
            for (ReadinessRow row : readiness.readiness()) {
                if (row.readiness() != null && row.readinessLow() != null) {
                    assertThat(row.readiness()).as(row.toString()).isBetween(0.0, 1.0);
                    assertThat(row.readinessLow()).as(row.toString()).isBetween(0.0, row.readiness() + SAME);
                }
                assertThat(row.why())
                        .doesNotContain("null")
                        .doesNotContain("without end")
                        .endsWith(".");
            }
            readiness.criticalities().forEach(row -> assertThat(row.criticality())
                    .isBetween(0.0, 1.0));
        }
    }
}
