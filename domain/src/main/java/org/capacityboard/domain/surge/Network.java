package org.capacityboard.domain.surge;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Products, lines and materials of a snapshot, joined by bills of materials. */
final class Network {
    private final SurgeSnapshot snapshot;
    private final List<LineFigures> lines = new ArrayList<>();
    private final List<LineNode> lineNodes = new ArrayList<>();
    private final List<MaterialNode> materials = new ArrayList<>();
    private final List<MadeProduct> consumersFirst = new ArrayList<>();
    private final Map<String, MadeProduct> products = new HashMap<>();
    private final MaterialSupplies supplies;

    /** Products share a node if they have a group in common; a group is not a product of the same name. */
    private record NodeKey(String id, boolean group) implements Comparable<NodeKey> {
        @Override
        public int compareTo(NodeKey other) {
            int byId = id.compareTo(other.id);
            return byId != 0 ? byId : Boolean.compare(group, other.group);
        }

        static NodeKey of(SurgeProduct product) {
            String group = product.interchangeabilityGroup();
            return group == null ? new NodeKey(product.productId(), false) : new NodeKey(group, true);
        }
    }

    private Network(SurgeSnapshot snapshot) {
        this.snapshot = snapshot;
        TreeMap<String, SurgeProduct> known = knownProducts();
        List<SurgeProduct> order = BillOrder.consumersFirst(known.values());
        Map<NodeKey, LineNode> nodes = lineNodes(known);
        addProducts(order, nodes);
        supplies = new MaterialSupplies(snapshot, usedPerDay(known));
        Map<String, MaterialNode> materialById = new HashMap<>();
        for (String id : materialIds(known)) {
            MaterialNode node = supplies.node(lineNodes.size() + materials.size(), id);
            materials.add(node);
            materialById.put(id, node);
        }
        for (MadeProduct product : consumersFirst) {
            for (BillItem item : product.bill()) {
                MadeProduct input = products.get(item.inputId());
                MaterialNode material = materialById.get(item.inputId());
                if (item.quantityPerUnit() > 0 && input != null) {
                    product.takes(input, item.quantityPerUnit());
                }
                if (item.quantityPerUnit() > 0 && material != null) {
                    product.takes(material, item.quantityPerUnit());
                }
            }
        }
    }

    /**
     * Joins them.
     *
     * @throws BillCycleException if a product goes into itself
     */
    static Network of(SurgeSnapshot snapshot) {
        return new Network(snapshot);
    }

    private TreeMap<String, SurgeProduct> knownProducts() {
        TreeMap<String, SurgeProduct> known = new TreeMap<>();
        snapshot.products().forEach(product -> known.put(product.productId(), product));
        snapshot.lines().forEach(line -> known.computeIfAbsent(line.productId(), SurgeProduct::unknown));
        snapshot.requirements().forEach(required -> known.computeIfAbsent(required.productId(), SurgeProduct::unknown));
        return known;
    }

    private Map<NodeKey, LineNode> lineNodes(Map<String, SurgeProduct> known) {
        Map<String, List<LineOutput>> outputs = new HashMap<>();
        snapshot.lineOutputs().forEach(one -> outputs.computeIfAbsent(one.lineId(), id -> new ArrayList<>())
                .add(one));
        Map<String, Crew> crews = new HashMap<>();
        snapshot.crews().forEach(crew -> crews.put(crew.lineId(), crew));
        Map<String, Long> reports = new HashMap<>();
        snapshot.lastReports().forEach(report -> reports.put(report.lineId(), report.reportedAtMs()));
        long silentBeforeMs = snapshot.nowMs() - snapshot.staleAfterDays() * Days.MS;

        TreeMap<NodeKey, List<LineFigures>> byNode = new TreeMap<>();
        for (SurgeLine line : snapshot.lines()) {
            NodeKey key = nodeOf(line.productId(), known);
            List<LineOutput> ofNode = outputs.getOrDefault(line.lineId(), List.of()).stream()
                    .filter(output -> nodeOf(output.productId(), known).equals(key))
                    .toList();
            Long reported = reports.get(line.lineId());
            boolean silent = reported == null || reported < silentBeforeMs;
            LineFigures figures = new LineFigures(line, ofNode, crews.get(line.lineId()), silent, snapshot);
            lines.add(figures);
            byNode.computeIfAbsent(key, any -> new ArrayList<>()).add(figures);
        }
        Map<NodeKey, LineNode> nodes = new HashMap<>();
        byNode.forEach((key, ofNode) -> {
            LineNode node = new LineNode(lineNodes.size(), key.id(), name(key, known), List.copyOf(ofNode));
            lineNodes.add(node);
            nodes.put(key, node);
        });
        return nodes;
    }

    /** A group has no name of its own: it is called by its products. */
    private static String name(NodeKey key, Map<String, SurgeProduct> known) {
        List<String> names = known.values().stream()
                .filter(product -> NodeKey.of(product).equals(key))
                .map(SurgeProduct::name)
                .distinct()
                .toList();
        int last = names.size() - 1;
        return last <= 0
                ? String.join("", names)
                : last == 1
                        ? names.get(0) + " or " + names.get(1)
                        : names.get(0) + ", " + names.get(1) + " or " + (last - 1) + " more";
    }

    private static NodeKey nodeOf(String productId, Map<String, SurgeProduct> known) {
        SurgeProduct product = known.get(productId);
        return product == null ? new NodeKey(productId, false) : NodeKey.of(product);
    }

    private void addProducts(List<SurgeProduct> order, Map<NodeKey, LineNode> nodes) {
        Map<String, Double> qualityRatios = new HashMap<>();
        snapshot.productOutputs().forEach(output -> qualityRatios.put(output.productId(), output.qualityRatio()));
        TreeSet<String> withLine = new TreeSet<>();
        snapshot.lines().forEach(line -> withLine.add(line.productId()));
        for (SurgeProduct product : order) {
            String id = product.productId();
            MadeProduct made = new MadeProduct(
                    consumersFirst.size(),
                    product,
                    nodes.get(NodeKey.of(product)),
                    withLine.contains(id),
                    qualityRatios.getOrDefault(id, 1.0));
            consumersFirst.add(made);
            products.put(id, made);
        }
    }

    /** What is used of each input a day at the rate of the last 13 weeks. */
    private Map<String, Double> usedPerDay(Map<String, SurgeProduct> known) {
        Map<String, Double> used = new HashMap<>();
        for (ProductOutput output : snapshot.productOutputs()) {
            SurgeProduct product = known.get(output.productId());
            if (product != null) {
                for (BillItem item : product.bill()) {
                    used.merge(item.inputId(), output.begunPerDay() * item.quantityPerUnit(), Double::sum);
                }
            }
        }
        return used;
    }

    /** What is a material, or in a bill and no product. Of an id that is both, both are taken: nobody can tell which was meant, and neither may be overlooked. */
    private TreeSet<String> materialIds(Map<String, SurgeProduct> known) {
        TreeSet<String> ids = new TreeSet<>();
        known.values().forEach(product -> product.bill().forEach(item -> ids.add(item.inputId())));
        ids.removeAll(known.keySet());
        snapshot.materials().forEach(material -> ids.add(material.materialId()));
        snapshot.counts().forEach(count -> ids.add(count.materialId()));
        snapshot.addedStocks().forEach(added -> ids.add(added.materialId()));
        return ids;
    }

    /** Number of nodes: those of lines come first, each kind by id. */
    int nodeCount() {
        return lineNodes.size() + materials.size();
    }

    /** By line. */
    List<LineFigures> lines() {
        return lines;
    }

    /** By material. */
    List<MaterialNode> materials() {
        return materials;
    }

    /** Every product before what goes into it. */
    List<MadeProduct> consumersFirst() {
        return consumersFirst;
    }

    @Nullable
    MadeProduct product(String productId) {
        return products.get(productId);
    }

    /** Names of supplier parents, by which they are numbered. */
    List<String> parents() {
        return supplies.parents();
    }

    /** By their numbers. */
    List<LineNode> lineNodes() {
        return lineNodes;
    }

    /** A material as it would be without what a plant has of it. */
    MaterialNode withoutPlant(MaterialNode material, String plantId) {
        return supplies.nodeWithoutPlant(material.index(), material.id(), plantId);
    }
}
