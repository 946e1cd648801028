package org.capacityboard.local.whatif;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.capacityboard.domain.surge.AddedStock;
import org.capacityboard.domain.surge.ConstraintKind;
import org.capacityboard.domain.surge.CoverRow;
import org.capacityboard.domain.surge.LadderRow;
import org.capacityboard.domain.surge.SurgeLine;
import org.capacityboard.domain.surge.SurgeMaterial;
import org.capacityboard.domain.surge.SurgeProduct;
import org.capacityboard.domain.surge.SurgeReadiness;
import org.capacityboard.domain.surge.SurgeSnapshot;
import org.capacityboard.domain.surge.SurgeSupplier;
import org.jspecify.annotations.Nullable;

/** What people call the things of a snapshot. */
final class Names {
    private final Map<String, String> products = new HashMap<>();
    private final Map<String, SurgeMaterial> materials = new HashMap<>();
    private final Map<String, String> productsOfLines = new HashMap<>();
    private final Map<String, SurgeSupplier> suppliers = new HashMap<>();
    private final Map<String, List<SurgeSupplier>> suppliersOfParents = new HashMap<>();
    /** Of materials of which more is taken away than there is: what there is. */
    private final Map<String, Double> stocksOverdrawn = new HashMap<>();

    /** @param changed the snapshot with all that is assumed */
    Names(SurgeSnapshot snapshot, SurgeSnapshot changed) {
        this(snapshot);
        Map<String, Double> taken = new HashMap<>();
        for (AddedStock added : changed.addedStocks()) {
            if (added.quantity() < 0) {
                taken.put(added.materialId(), -added.quantity());
            }
        }
        if (!taken.isEmpty()) {
            SurgeSnapshot asCounted = changed.withAddedStocks(List.of());
            for (CoverRow cover : SurgeReadiness.of(asCounted).covers()) {
                if (cover.plantId().equals(CoverRow.ALL)
                        && cover.onHand() < taken.getOrDefault(cover.materialId(), 0.0)) {
                    stocksOverdrawn.put(cover.materialId(), cover.onHand());
                }
            }
        }
    }

    private Names(SurgeSnapshot snapshot) {
        for (SurgeProduct product : snapshot.products()) {
            products.put(product.productId(), product.name());
        }
        for (SurgeMaterial material : snapshot.materials()) {
            materials.put(material.materialId(), material);
        }
        for (SurgeLine line : snapshot.lines()) {
            productsOfLines.put(line.lineId(), line.productId());
        }
        for (SurgeSupplier supplier : snapshot.suppliers()) {
            suppliers.put(supplier.supplierId(), supplier);
            suppliersOfParents
                    .computeIfAbsent(supplier.parentEntity(), any -> new ArrayList<>())
                    .add(supplier);
        }
    }

    String product(String productId) {
        return products.getOrDefault(productId, productId);
    }

    String material(String materialId) {
        SurgeMaterial material = materials.get(materialId);
        return material == null ? materialId : material.name();
    }

    /** In which it is counted; "units" if nobody says. */
    String unit(String materialId) {
        SurgeMaterial material = materials.get(materialId);
        return material == null ? "units" : material.unit();
    }

    /** What the line makes. */
    String productOf(String lineId) {
        return product(productsOfLines.getOrDefault(lineId, lineId));
    }

    @Nullable
    SurgeSupplier supplier(String supplierId) {
        return suppliers.get(supplierId);
    }

    /** All that belong to a parent. */
    List<SurgeSupplier> suppliersOf(String parent) {
        return suppliersOfParents.getOrDefault(parent, List.of());
    }

    /** What there is of a material of which more is taken away; null: no more is taken than there is. */
    @Nullable
    Double stockOverdrawn(String materialId) {
        return stocksOverdrawn.get(materialId);
    }

    /** What binds: lines are told from materials, and the lines of the product itself from those of its inputs. */
    static String of(LadderRow step) {
        if (step.constraint() == ConstraintKind.MATERIAL) {
            return step.nodeName();
        }
        return step.nodeId().equals(step.productId()) ? "its own lines" : "lines of " + step.nodeName();
    }
}
