package org.capacityboard.domain.surge;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ByDefinitionTest {
    private static final int NETWORKS_A_BATCH = 12;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void every_figure_of_random_networks_is_what_the_definition_says(long batch) {
        for (long seed = batch * 1_000; seed < batch * 1_000 + NETWORKS_A_BATCH; seed++) {
            compare(RandomScene.running(seed).snapshot(), seed);
        }
    }

    private static void compare(SurgeSnapshot snapshot, long seed) {
        ByDefinition definition = new ByDefinition(snapshot);
        Map<String, Requirement> requirements = new HashMap<>();
        snapshot.requirements().forEach(one -> requirements.put(one.productId() + one.posture(), one));
        SurgeReadiness readiness = SurgeReadiness.of(snapshot);
        assertThat(readiness.readiness()).hasSize(3 * requirements.size());
        for (ReadinessRow row : readiness.readiness()) {
            String what = "seed " + seed + ": " + row;
            Requirement required = requireNonNull(requirements.get(row.productId() + row.posture()), what);
            ByDefinition.Said said = definition.said(required, row.evidence());
            same(what, row.readiness(), said.readiness());
            same(what, row.readinessLow(), said.low());
            same(what, row.achievablePerMonth(), said.achievable());
            assertThat(Arrays.asList(
                            row.timeToSurgeDays(),
                            row.sustainedDays(),
                            row.bindingId(),
                            row.nextId(),
                            row.lostParent()))
                    .as(what)
                    .isEqualTo(Arrays.asList(
                            said.timeToSurge(), said.sustained(), said.binding(), said.next(), said.lostParent()));
        }
        ladder(readiness, requirements);
        for (CriticalityRow row : readiness.criticalities()) {
            String what = "seed " + seed + ": " + row;
            Requirement required = requireNonNull(requirements.get(row.productId() + row.posture()), what);
            double before = definition.readiness(required, Evidence.CONTRACTED, null, false);
            double without = definition.readiness(required, Evidence.CONTRACTED, row.supplierParent(), false);
            same(what, row.readinessWithout(), without);
            same(what, row.criticality(), before - without);
        }
    }

    private static void ladder(SurgeReadiness readiness, Map<String, Requirement> requirements) {
        Map<String, List<LadderRow>> ladders = new HashMap<>();
        readiness.ladder().forEach(step -> ladders.computeIfAbsent(
                        step.productId() + step.posture() + step.evidence(), any -> new ArrayList<>())
                .add(step));
        for (ReadinessRow row : readiness.readiness()) {
            List<LadderRow> steps = ladders.getOrDefault(row.productId() + row.posture() + row.evidence(), List.of());
            assertThat(steps.isEmpty()).isEqualTo(row.bindingId() == null);
            double before = 0;
            for (int i = 0; i < steps.size(); i++) {
                LadderRow step = steps.get(i);
                Double drawn = step.drawnPerMonth();
                assertThat(step.step()).isEqualTo(i + 1);
                assertThat(step.achievablePerMonth()).isGreaterThanOrEqualTo(before - 1e-9 * Math.max(1, before));
                before = step.achievablePerMonth();
                double required = requireNonNull(requirements.get(row.productId() + row.posture()))
                        .unitsPerMonth();
                same(step.toString(), before, drawn == null ? 0 : required * step.suppliedPerMonth() / drawn);
            }
            assertThat(steps)
                    .extracting(LadderRow::nodeId)
                    .startsWith(Stream.of(row.bindingId(), row.nextId())
                            .filter(Objects::nonNull)
                            .toArray(String[]::new));
            assertThat(steps)
                    .extracting(step -> step.constraint() + step.nodeId())
                    .doesNotHaveDuplicates();
            if (!steps.isEmpty()) {
                same("binding", steps.get(0).achievablePerMonth(), row.achievablePerMonth());
            }
            if (steps.size() > 1) {
                same("next", steps.get(1).achievablePerMonth(), row.nextAchievablePerMonth());
            }
        }
    }

    private static void same(String what, @Nullable Double found, @Nullable Double expected) {
        if (expected == null || found == null) {
            assertThat(found).as(what).isEqualTo(expected);
        } else {
            assertThat(found).as(what).isCloseTo(expected, within(1e-9 * Math.max(1, Math.abs(expected))));
        }
    }
}
