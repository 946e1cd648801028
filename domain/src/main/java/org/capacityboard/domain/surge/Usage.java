package org.capacityboard.domain.surge;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What one good unit of a product takes of every node, through all levels of its bill of materials. */
final class Usage {
    private final MadeProduct product;
    private final List<Node> nodes = new ArrayList<>();
    private final List<LineNode> lines = new ArrayList<>();
    private final List<MaterialNode> materials = new ArrayList<>();
    private final Map<Integer, Double> perUnit;
    /** By line node the product by which it was reached first, by material the product that takes it. */
    private final Map<Integer, MadeProduct> reachedBy;
    /** By product the one into which it goes, the nearest to the whole. */
    private final Map<MadeProduct, MadeProduct> goesInto;

    private Usage(
            MadeProduct product,
            Map<Integer, Double> perUnit,
            Map<Integer, MadeProduct> reachedBy,
            Map<MadeProduct, MadeProduct> goesInto) {
        this.product = product;
        this.perUnit = perUnit;
        this.reachedBy = reachedBy;
        this.goesInto = goesInto;
    }

    static Usage of(MadeProduct product) {
        Usage usage = new Usage(product, new HashMap<>(), new HashMap<>(), new HashMap<>());
        usage.walk();
        return usage;
    }

    /** The same of nodes that stand in place of those of the same number. */
    Usage with(Map<Integer, Node> others) {
        Usage usage = new Usage(product, perUnit, reachedBy, goesInto);
        nodes.forEach(node -> usage.add(others.getOrDefault(node.index(), node)));
        return usage;
    }

    private void walk() {
        TreeMap<Integer, Node> byIndex = new TreeMap<>();
        Map<MadeProduct, Double> units = new HashMap<>();
        PriorityQueue<MadeProduct> next = new PriorityQueue<>(Comparator.comparingInt(MadeProduct::rank));
        units.put(product, 1.0);
        next.add(product);
        while (!next.isEmpty()) {
            // All that it goes into has been seen: its units are complete.
            MadeProduct made = next.remove();
            double unitsOfMade = units.getOrDefault(made, 0.0);
            LineNode lines = made.lines();
            if (lines != null) {
                reach(lines, unitsOfMade, made, byIndex);
            }
            for (MadeProduct.Step step : made.steps()) {
                double taken = unitsOfMade * step.perGoodUnit();
                MadeProduct input = step.product();
                MaterialNode material = step.material();
                if (input != null) {
                    if (!units.containsKey(input)) {
                        next.add(input);
                        goesInto.put(input, made);
                    }
                    units.merge(input, taken, Double::sum);
                } else if (material != null) {
                    reach(material, taken, made, byIndex);
                }
            }
        }
        byIndex.values().forEach(this::add);
    }

    private void add(Node node) {
        nodes.add(node);
        if (node instanceof LineNode ofNode) {
            lines.add(ofNode);
        } else if (node instanceof MaterialNode material) {
            materials.add(material);
        }
    }

    private void reach(Node node, double units, MadeProduct by, Map<Integer, Node> byIndex) {
        byIndex.put(node.index(), node);
        perUnit.merge(node.index(), units, Double::sum);
        reachedBy.putIfAbsent(node.index(), by);
    }

    MadeProduct product() {
        return product;
    }

    /** In the order of their numbers: lines, then materials. */
    List<Node> nodes() {
        return nodes;
    }

    /** Those of the nodes that are lines. */
    List<LineNode> lines() {
        return lines;
    }

    /** Those of the nodes that are materials. */
    List<MaterialNode> materials() {
        return materials;
    }

    /** Units of a node that one good unit takes. */
    double perUnit(Node node) {
        return perUnit.getOrDefault(node.index(), 0.0);
    }

    /** Names of the products by way of which a node goes into the product, the product itself left out, the one nearest to it first. */
    Deque<String> through(Node node) {
        Deque<String> names = new ArrayDeque<>();
        @Nullable MadeProduct step = reachedBy.get(node.index());
        if (step != null && node instanceof LineNode) {
            step = goesInto.get(step);
        }
        while (step != null && step != product) {
            names.addFirst(step.name());
            step = goesInto.get(step);
        }
        return names;
    }
}
