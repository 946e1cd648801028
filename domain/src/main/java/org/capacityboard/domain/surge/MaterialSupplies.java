package org.capacityboard.domain.surge;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/** Stocks, receipts and offers of a snapshot, sorted by material and supplier. */
final class MaterialSupplies {
    private final SurgeSnapshot snapshot;
    private final Map<String, Double> usedPerDay;
    private final Map<String, SurgeMaterial> materials = new HashMap<>();
    private final Map<String, Double> added = new HashMap<>();
    private final Map<String, List<MaterialCount>> counts = new HashMap<>();
    private final Map<String, SurgeSupplier> suppliers = new HashMap<>();
    private final Map<String, TreeMap<String, Double>> offers = new HashMap<>();
    private final List<String> parents;
    private final Map<String, Integer> numberOfParent = new HashMap<>();

    MaterialSupplies(SurgeSnapshot snapshot, Map<String, Double> usedPerDay) {
        this.snapshot = snapshot;
        this.usedPerDay = usedPerDay;
        snapshot.materials().forEach(material -> materials.put(material.materialId(), material));
        snapshot.addedStocks().forEach(one -> added.put(one.materialId(), one.quantity()));
        TreeSet<String> names = new TreeSet<>();
        for (SurgeSupplier supplier : snapshot.suppliers()) {
            suppliers.put(supplier.supplierId(), supplier);
            names.add(supplier.parentEntity());
            for (SupplierOffer offer : supplier.supplies()) {
                offers.computeIfAbsent(offer.materialId(), id -> new TreeMap<>())
                        .merge(supplier.supplierId(), offer.unitsPerMonth(), Double::sum);
            }
        }
        for (MaterialCount count : snapshot.counts()) {
            counts.computeIfAbsent(count.materialId(), id -> new ArrayList<>()).add(count);
            count.receipts().forEach(receipt -> names.add(parentOf(receipt.supplierId())));
        }
        parents = List.copyOf(names);
        for (int i = 0; i < parents.size(); i++) {
            numberOfParent.put(parents.get(i), i);
        }
    }

    /** Nobody is known to own an unknown supplier: it stands for itself. */
    private String parentOf(String supplierId) {
        SurgeSupplier supplier = suppliers.get(supplierId);
        return supplier == null ? supplierId : supplier.parentEntity();
    }

    /** Names of supplier parents, by which they are numbered. */
    List<String> parents() {
        return parents;
    }

    MaterialNode node(int index, String materialId) {
        return node(index, materialId, counts.getOrDefault(materialId, List.of()));
    }

    /** The material as it would be without what a plant has of it. */
    MaterialNode nodeWithoutPlant(int index, String materialId, String plantId) {
        List<MaterialCount> left = counts.getOrDefault(materialId, List.of()).stream()
                .map(count -> count.plantId().equals(plantId) ? count.asLost() : count)
                .toList();
        return node(index, materialId, left);
    }

    private MaterialNode node(int index, String materialId, List<MaterialCount> ofMaterial) {
        SurgeMaterial material = materials.get(materialId);
        double used = usedPerDay.getOrDefault(materialId, 0.0);
        return new MaterialNode(
                index,
                material == null ? SurgeMaterial.unknown(materialId) : material,
                PlantStock.today(ofMaterial, used, snapshot),
                added.getOrDefault(materialId, 0.0),
                used,
                flows(materialId, ofMaterial));
    }

    private List<SupplierFlow> flows(String materialId, List<MaterialCount> ofMaterial) {
        TreeMap<String, List<Receipt>> due = new TreeMap<>();
        TreeMap<String, Double> rates = offers.getOrDefault(materialId, new TreeMap<>());
        rates.keySet().forEach(supplierId -> due.put(supplierId, new ArrayList<>()));
        for (MaterialCount count : ofMaterial) {
            for (Receipt receipt : count.receipts()) {
                if (receipt.dueAtMs() > snapshot.nowMs() && receipt.dueAtMs() > count.countedAtMs()) {
                    due.computeIfAbsent(receipt.supplierId(), id -> new ArrayList<>())
                            .add(receipt);
                }
            }
        }
        List<SupplierFlow> flows = new ArrayList<>();
        due.forEach((supplierId, receipts) -> {
            SurgeSupplier supplier = suppliers.get(supplierId);
            List<SupplierFlow.Due> byDay = receipts.stream()
                    .map(one -> new SupplierFlow.Due(Days.of(one.dueAtMs(), snapshot.nowMs()), one.quantity()))
                    .sorted((a, b) -> a.day() != b.day()
                            ? Integer.compare(a.day(), b.day())
                            : Double.compare(a.quantity(), b.quantity()))
                    .toList();
            flows.add(new SupplierFlow(
                    supplierId,
                    numberOfParent.getOrDefault(parentOf(supplierId), 0),
                    supplier != null && supplier.allied(),
                    byDay,
                    rates.getOrDefault(supplierId, 0.0)));
        });
        return flows;
    }
}
