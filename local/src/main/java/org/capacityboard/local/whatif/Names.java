package org.capacityboard.local.whatif;

import java.util.HashMap;
import java.util.Map;
import org.capacityboard.domain.surge.ConstraintKind;
import org.capacityboard.domain.surge.LadderRow;
import org.capacityboard.domain.surge.SurgeLine;
import org.capacityboard.domain.surge.SurgeMaterial;
import org.capacityboard.domain.surge.SurgeProduct;
import org.capacityboard.domain.surge.SurgeSnapshot;
import org.capacityboard.domain.surge.SurgeSupplier;
import org.jspecify.annotations.Nullable;

/** What people call the things of a snapshot. */
final class Names {
    private final Map<String, String> products = new HashMap<>();
    private final Map<String, SurgeMaterial> materials = new HashMap<>();
    private final Map<String, String> productsOfLines = new HashMap<>();
    private final Map<String, SurgeSupplier> suppliers = new HashMap<>();

    Names(SurgeSnapshot snapshot) {
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

    /** What binds: lines are told from materials, and the lines of the product itself from those of its inputs. */
    static String of(LadderRow step) {
        if (step.constraint() == ConstraintKind.MATERIAL) {
            return step.nodeName();
        }
        return step.nodeId().equals(step.productId()) ? "its own lines" : "lines of " + step.nodeName();
    }
}
