package org.capacityboard.oracle;

import java.util.HashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.capacityboard.events.BillOfMaterialsItem;
import org.capacityboard.events.Line;
import org.capacityboard.events.Product;
import org.capacityboard.events.SurgeRequirement;
import org.jspecify.annotations.Nullable;

/** What a unit takes of everything, by walking every path of its bill. */
final class SurgeBills {
    private final SurgeWorld world;

    SurgeBills(SurgeWorld world) {
        this.world = world;
    }

    /** The node in which the lines of a product are. */
    SurgeNode nodeOf(String productId) {
        @Nullable Product product = world.products().get(productId);
        @Nullable String group = product == null ? null : product.getInterchangeabilityGroup();
        return new SurgeNode(true, group != null, group == null ? productId : group);
    }

    private boolean hasLines(SurgeNode node) {
        return world.lines().values().stream()
                .map(Line::getProductId)
                .map(this::nodeOf)
                .anyMatch(node::equals);
    }

    /** Units of every node for one good unit of a product. */
    SortedMap<SurgeNode, Double> uses(String productId) {
        SortedMap<SurgeNode, Double> uses = new TreeMap<>();
        walk(productId, 1, uses, new HashMap<>());
        return uses;
    }

    private void walk(String productId, double units, Map<SurgeNode, Double> uses, Map<String, Double> products) {
        products.merge(productId, units, Double::sum);
        SurgeNode own = nodeOf(productId);
        if (hasLines(own)) {
            uses.merge(own, units, Double::sum);
        }
        @Nullable Product product = world.products().get(productId);
        if (product == null) {
            return;
        }
        for (BillOfMaterialsItem item : product.getBillOfMaterials()) {
            double inputs = units * item.getQuantityPerUnit() / quality(productId);
            if (world.products().containsKey(item.getInputId())) {
                walk(item.getInputId(), inputs, uses, products);
            } else {
                uses.merge(SurgeNode.material(item.getInputId()), inputs, Double::sum);
            }
        }
    }

    /** How much of what is made of a product is good. */
    double quality(String productId) {
        SurgeWorld.Made made = world.made(productId);
        return made.produced() <= 0 ? 1 : Math.min(1, Math.max(0, (double) made.good() / made.produced()));
    }

    /** Good units of each product a day when every requirement is met. */
    Map<String, Double> productsADay(String posture) {
        Map<String, Double> perDay = new TreeMap<>();
        for (SurgeRequirement requirement : world.requirements()) {
            if (requirement.getPosture().name().equals(posture) && requirement.getUnitsPerMonth() > 0) {
                Map<String, Double> products = new TreeMap<>();
                walk(requirement.getProductId(), 1, new TreeMap<>(), products);
                products.forEach((product, units) -> perDay.merge(
                        product, units * requirement.getUnitsPerMonth() / SurgeSums.MONTH_DAYS, Double::sum));
            }
        }
        return perDay;
    }

    /** What every node gives a day when every requirement is met. */
    Map<SurgeNode, Double> drawADay(String posture) {
        Map<SurgeNode, Double> draw = new TreeMap<>();
        for (SurgeRequirement requirement : world.requirements()) {
            if (requirement.getPosture().name().equals(posture) && requirement.getUnitsPerMonth() > 0) {
                uses(requirement.getProductId())
                        .forEach((node, units) -> draw.merge(
                                node, units * requirement.getUnitsPerMonth() / SurgeSums.MONTH_DAYS, Double::sum));
            }
        }
        return draw;
    }
}
