package org.capacityboard.domain.surge;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * Tries losses one after the other. A loss changes some nodes; all else is computed once and shared. A product is looked at again only if a node that it needs
 * comes to be tighter than what binds it, or bound it before, or if the parent that it is taken to lose in a conflict is gone anyway. (In a crisis a loss may
 * also help: where another receipt is the largest, another one comes late.)
 */
final class LossTrials {
    private static final Evidence EVIDENCE = Evidence.CONTRACTED;
    /** Rates that differ by less are the same, summed up in another order. */
    private static final double TOLERANCE = 1e-9;

    private final SurgeSnapshot snapshot;
    private final Network network;
    private final Map<Posture, Supplies> supplies = new EnumMap<>(Posture.class);
    private final List<Known> all = new ArrayList<>();
    /** By node: the products that need it. */
    private final Map<Integer, List<Known>> needing = new HashMap<>();

    private final List<LossRow> rows = new ArrayList<>();
    private int tried;

    /** A product in a posture as it stands without any loss. */
    private record Known(int number, Usage usage, Requirement required, ProductCase.Standing standing, Limit binding) {}

    LossTrials(SurgeSnapshot snapshot) {
        this.snapshot = snapshot;
        network = Network.of(snapshot);
        Trajectory trajectory = new Trajectory();
        for (Posture posture : Posture.values()) {
            Draw draw = Draw.of(
                    network,
                    snapshot.requirements().stream()
                            .filter(required -> required.posture() == posture)
                            .toList());
            supplies.put(posture, new Supplies(posture, draw, network.nodeCount(), 0, trajectory));
        }
        Map<String, Usage> usages = new HashMap<>();
        for (Requirement required : SurgeReadiness.inOrder(snapshot.requirements())) {
            MadeProduct product = network.product(required.productId());
            Supplies ofPosture = supplies.get(required.posture());
            if (product != null && ofPosture != null) {
                add(usages.computeIfAbsent(required.productId(), any -> Usage.of(product)), required, ofPosture);
            }
        }
    }

    private void add(Usage usage, Requirement required, Supplies ofPosture) {
        ProductCase.Standing standing = reckoned(usage, required, ofPosture).standing(EVIDENCE);
        Limit binding = standing.binding();
        if (binding != null) {
            Known known = new Known(all.size(), usage, required, standing, binding);
            all.add(known);
            usage.nodes().forEach(node -> needing.computeIfAbsent(node.index(), any -> new ArrayList<>())
                    .add(known));
        }
    }

    private ProductCase reckoned(Usage usage, Requirement required, Supplies ofPosture) {
        return new ProductCase(usage, required, ofPosture, network.parents(), snapshot.staleAfterDays());
    }

    SurgeLosses all() {
        suppliers();
        plants();
        nations();
        return new SurgeLosses(snapshot.asOfEpochDay(), tried, rows);
    }

    private void suppliers() {
        TreeMap<Integer, List<MaterialNode>> brought = new TreeMap<>();
        for (MaterialNode material : network.materials()) {
            for (int parent : material.parents(Posture.PEACETIME)) {
                brought.computeIfAbsent(parent, any -> new ArrayList<>()).add(material);
            }
        }
        brought.forEach((parent, materials) -> lose(
                LossKind.SUPPLIER, network.parents().get(parent), without(materials, flow -> flow.parent() == parent)));
    }

    private void nations() {
        Map<String, String> nationOf = new HashMap<>();
        snapshot.suppliers().forEach(supplier -> nationOf.put(supplier.supplierId(), supplier.nation()));
        TreeMap<String, List<MaterialNode>> brought = new TreeMap<>();
        for (MaterialNode material : network.materials()) {
            material.flows().stream()
                    .filter(SupplierFlow::bringsAnything)
                    .map(SupplierFlow::supplierId)
                    .filter(nationOf::containsKey)
                    .map(nationOf::get)
                    .distinct()
                    .forEach(nation -> brought.computeIfAbsent(nation, any -> new ArrayList<>())
                            .add(material));
        }
        brought.forEach((nation, materials) -> lose(
                LossKind.NATION, nation, without(materials, flow -> nation.equals(nationOf.get(flow.supplierId())))));
    }

    private List<Node> without(List<MaterialNode> materials, Predicate<SupplierFlow> lost) {
        List<Node> changed = new ArrayList<>();
        for (MaterialNode material : materials) {
            if (isNeeded(material)) {
                changed.add(material.without(lost));
            }
        }
        return changed;
    }

    private void plants() {
        TreeMap<String, List<Node>> nodes = new TreeMap<>();
        for (LineNode lines : network.lineNodes()) {
            lines.lines().stream()
                    .map(line -> line.line().plantId())
                    .distinct()
                    .forEach(plantId -> nodes.computeIfAbsent(plantId, any -> new ArrayList<>())
                            .add(lines));
        }
        for (MaterialNode material : network.materials()) {
            material.stocks().forEach(stock -> nodes.computeIfAbsent(stock.plantId(), any -> new ArrayList<>())
                    .add(material));
        }
        nodes.forEach((plantId, ofPlant) -> {
            List<Node> changed = new ArrayList<>();
            for (Node node : ofPlant) {
                if (isNeeded(node)) {
                    changed.add(
                            node instanceof LineNode lines
                                    ? lines.withoutPlant(plantId, snapshot)
                                    : network.withoutPlant((MaterialNode) node, plantId));
                }
            }
            lose(LossKind.PLANT, plantId, changed);
        });
    }

    private boolean isNeeded(Node node) {
        return needing.containsKey(node.index());
    }

    private void lose(LossKind kind, String lossId, List<Node> changed) {
        tried++;
        BitSet numbers = new BitSet();
        Map<Integer, Node> nodes = new LinkedHashMap<>();
        for (Node node : changed) {
            numbers.set(node.index());
            nodes.put(node.index(), node);
        }
        Map<Posture, Supplies> left = new EnumMap<>(Posture.class);
        supplies.forEach((posture, ofPosture) -> left.put(posture, ofPosture.with(numbers)));
        BitSet touched = new BitSet();
        for (Node node : changed) {
            for (Known known : needing.getOrDefault(node.index(), List.of())) {
                if (!touched.get(known.number()) && mayBind(known, node, of(left, known))) {
                    touched.set(known.number());
                }
            }
        }
        for (int number = touched.nextSetBit(0); number >= 0; number = touched.nextSetBit(number + 1)) {
            Known known = all.get(number);
            lookAgain(kind, lossId, known, nodes, of(left, known));
        }
    }

    private static Supplies of(Map<Posture, Supplies> supplies, Known known) {
        return Objects.requireNonNull(supplies.get(known.required().posture()), "supplies of the posture");
    }

    private void lookAgain(LossKind kind, String lossId, Known known, Map<Integer, Node> nodes, Supplies left) {
        ProductCase reckoned = reckoned(known.usage().with(nodes), known.required(), left);
        ProductCase.Standing standing = reckoned.standing(EVIDENCE);
        Limit binding = standing.binding();
        double before = known.required().unitsPerMonth() * known.binding().share();
        double after = binding == null ? before : known.required().unitsPerMonth() * binding.share();
        if (Math.abs(after - before) > TOLERANCE * Math.max(1, Math.max(after, before))) {
            rows.add(reckoned.after(kind, lossId, known.standing(), standing));
        }
    }

    private boolean mayBind(Known known, Node node, Supplies left) {
        double enough = left.drawnPerMonth(node) * known.binding().share();
        Requirement required = known.required();
        if (node instanceof LineNode lines) {
            return left.perMonth(lines, EVIDENCE, required.reachDays(), false) < enough;
        }
        MaterialNode material = (MaterialNode) node;
        Stretch stretch = left.stretch(required.reachDays(), required.holdDays());
        if (stretch.perMonth(material, Supplies.NOBODY) < enough
                || material.index() == known.binding().node().index()) {
            return true;
        }
        if (required.posture() != Posture.CONFLICT) {
            return false;
        }
        for (int parent : material.parents(Posture.CONFLICT)) {
            if (stretch.perMonth(material, parent) < enough) {
                return true;
            }
        }
        int lost = known.standing().lostParent();
        MaterialNode before =
                network.materials().get(material.index() - network.lineNodes().size());
        return before.lossNumber(Posture.CONFLICT, lost) > 0 && material.lossNumber(Posture.CONFLICT, lost) == 0;
    }
}
