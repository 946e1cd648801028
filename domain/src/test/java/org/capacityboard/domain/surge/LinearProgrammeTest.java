package org.capacityboard.domain.surge;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.ojalgo.optimisation.Expression;
import org.ojalgo.optimisation.ExpressionsBasedModel;
import org.ojalgo.optimisation.Optimisation;
import org.ojalgo.optimisation.Variable;

/**
 * The lowest readiness found another way: the largest z for which z times every requirement can be made, as a linear programme over how much is made of every
 * product. Nothing in it knows what a unit takes through all levels; balances of each product say so.
 */
class LinearProgrammeTest {
    private static final Posture POSTURE = Posture.PEACETIME;
    private static final int NETWORKS = 150;
    private static final double CLOSE = 1e-6;

    private final ExpressionsBasedModel model = new ExpressionsBasedModel();
    private final Map<String, Variable> made = new HashMap<>();

    @Test
    void the_largest_common_share_is_the_lowest_and_what_binds_is_used_up() {
        int compared = 0;
        for (long seed = 0; seed < NETWORKS; seed++) {
            if (new LinearProgrammeTest().agrees(RandomScene.alike(seed).snapshot(), seed)) {
                compared++;
            }
        }
        assertThat(compared).isGreaterThan(NETWORKS / 2);
    }

    private boolean agrees(SurgeSnapshot snapshot, long seed) {
        List<ReadinessRow> rows = SurgeReadiness.of(snapshot).readiness().stream()
                .filter(row -> row.posture() == POSTURE && row.evidence() == Evidence.CONTRACTED)
                .filter(row -> row.achievablePerMonth() != null)
                .toList();
        if (rows.isEmpty()) {
            return false;
        }
        ReadinessRow lowest = rows.stream()
                .min(Comparator.comparingDouble(LinearProgrammeTest::share))
                .orElseThrow();
        ByDefinition definition = new ByDefinition(snapshot);
        Variable share = balances(snapshot, definition);
        limits(snapshot, definition);

        Optimisation.Result result = model.maximise();

        assertThat(result.getState().isOptimal())
                .as("seed %d: %s", seed, result)
                .isTrue();
        double largest = result.doubleValue(model.indexOf(share));
        assertThat(largest).as("seed %d", seed).isCloseTo(share(lowest), within(CLOSE * Math.max(1, share(lowest))));
        assertThat(slack(lowest, snapshot, definition, result))
                .as("slack of %s, seed %d", lowest.bindingId(), seed)
                .isCloseTo(0, within(CLOSE));
        return true;
    }

    private static double share(ReadinessRow row) {
        Double achievable = row.achievablePerMonth();
        return achievable == null ? Double.POSITIVE_INFINITY : achievable / row.requiredPerMonth();
    }

    private Variable balances(SurgeSnapshot snapshot, ByDefinition definition) {
        Variable share = model.newVariable("share").lower(0).weight(1);
        for (SurgeProduct product : snapshot.products()) {
            made.put(product.productId(), model.newVariable(product.productId()).lower(0));
        }
        for (SurgeProduct product : snapshot.products()) {
            String id = product.productId();
            Expression balance = model.newExpression("balance of " + id).level(0);
            balance.add(variable(id), 1);
            for (Requirement required : snapshot.requirements()) {
                if (required.posture() == POSTURE && required.productId().equals(id)) {
                    balance.add(share, -required.unitsPerMonth() / ByDefinition.MONTH);
                }
            }
            for (SurgeProduct consumer : snapshot.products()) {
                for (BillItem item : consumer.bill()) {
                    if (item.inputId().equals(id)) {
                        balance.add(
                                variable(consumer.productId()),
                                -item.quantityPerUnit() / definition.quality(consumer.productId()));
                    }
                }
            }
        }
        return share;
    }

    private Variable variable(String productId) {
        return requireNonNull(made.get(productId), productId);
    }

    private void limits(SurgeSnapshot snapshot, ByDefinition definition) {
        int reach = snapshot.requirements().get(0).reachDays();
        int hold = snapshot.requirements().get(0).holdDays();
        for (String node : lineNodes(snapshot)) {
            Expression limit = model.newExpression(node)
                    .upper(definition.capacityPerDay(node, POSTURE, Evidence.CONTRACTED, reach, false));
            for (SurgeProduct product : snapshot.products()) {
                if (node(product).equals(node)) {
                    limit.add(variable(product.productId()), 1);
                }
            }
        }
        for (SurgeMaterial material : snapshot.materials()) {
            CoursesByDefinition.Course course = definition.course(material.materialId(), POSTURE);
            double there = course.stock()[reach];
            for (int days = 1; days <= hold; days++) {
                there += course.inflow()[reach + days];
                Expression limit = model.newExpression(material.materialId() + " over " + days)
                        .upper(there / days);
                draws(material.materialId(), snapshot, definition)
                        .forEach((product, drawn) -> limit.add(variable(product), drawn));
            }
        }
    }

    /** What a good unit of each product takes of a material itself. */
    private static Map<String, Double> draws(String materialId, SurgeSnapshot snapshot, ByDefinition definition) {
        Map<String, Double> draws = new HashMap<>();
        for (SurgeProduct product : snapshot.products()) {
            for (BillItem item : product.bill()) {
                if (item.inputId().equals(materialId)) {
                    draws.merge(
                            product.productId(),
                            item.quantityPerUnit() / definition.quality(product.productId()),
                            Double::sum);
                }
            }
        }
        return draws;
    }

    private static String node(SurgeProduct product) {
        String group = product.interchangeabilityGroup();
        return group == null ? "0product " + product.productId() : "0group " + group;
    }

    /** Those with a line. */
    private static List<String> lineNodes(SurgeSnapshot snapshot) {
        return snapshot.products().stream()
                .filter(product -> snapshot.lines().stream().anyMatch(line -> snapshot.products().stream()
                        .anyMatch(other -> other.productId().equals(line.productId())
                                && node(other).equals(node(product)))))
                .map(LinearProgrammeTest::node)
                .distinct()
                .toList();
    }

    /** What is left of the node that binds, as a share of what it has. */
    private double slack(
            ReadinessRow row, SurgeSnapshot snapshot, ByDefinition definition, Optimisation.Result result) {
        int reach = snapshot.requirements().get(0).reachDays();
        int hold = snapshot.requirements().get(0).holdDays();
        String id = String.valueOf(row.bindingId());
        double drawn = 0;
        double supply = Double.POSITIVE_INFINITY;
        if (row.bindingConstraint() == ConstraintKind.LINES) {
            for (String node : lineNodes(snapshot)) {
                if (node.substring(node.indexOf(' ') + 1).equals(id)) {
                    supply = definition.capacityPerDay(node, POSTURE, Evidence.CONTRACTED, reach, false);
                    for (SurgeProduct product : snapshot.products()) {
                        drawn += node(product).equals(node) ? amount(product.productId(), result) : 0;
                    }
                }
            }
        } else {
            CoursesByDefinition.Course course = definition.course(id, POSTURE);
            double there = course.stock()[reach];
            for (int days = 1; days <= hold; days++) {
                there += course.inflow()[reach + days];
                supply = Math.min(supply, there / days);
            }
            for (Map.Entry<String, Double> draw :
                    draws(id, snapshot, definition).entrySet()) {
                drawn += draw.getValue() * amount(draw.getKey(), result);
            }
        }
        return (supply - drawn) / Math.max(1, supply);
    }

    private double amount(String productId, Optimisation.Result result) {
        return result.doubleValue(model.indexOf(variable(productId)));
    }
}
