package org.capacityboard.flink.operators;

import java.util.ArrayList;
import java.util.List;
import org.apache.avro.specific.SpecificRecord;
import org.capacityboard.events.Line;
import org.capacityboard.events.Product;
import org.capacityboard.events.Supplier;
import org.capacityboard.events.SurgeRequirement;
import org.capacityboard.flink.ingest.Ingested;
import org.capacityboard.flink.ingest.ReferenceReader;
import org.capacityboard.flink.ingest.SurgeReader;
import org.capacityboard.schemas.Topic;
import org.jspecify.annotations.Nullable;

/** What must exist before something that names it is accepted. */
final class ReferenceNeeds {
    private ReferenceNeeds() {}

    /**
     * @param or another topic that may have it; null if there is none
     * @param what the thing in words, for the refusal
     */
    record Need(Topic topic, @Nullable Topic or, String id, String what) {
        Need(Topic topic, String id, String what) {
            this(topic, null, id, what);
        }
    }

    /** What a version of reference data names. */
    static List<Need> of(Ingested.Reference reference) {
        SpecificRecord event = ReferenceReader.event(reference);
        List<Need> needs = new ArrayList<>();
        if (event instanceof Line line) {
            needs.add(new Need(Topic.PLANTS, line.getPlantId(), "plant"));
            needs.add(new Need(Topic.PRODUCTS, line.getProductId(), "product"));
            if (line.getCycles() != null) {
                line.getCycles().forEach(cycle -> needs.add(new Need(Topic.PRODUCTS, cycle.getProductId(), "product")));
            }
        } else if (event instanceof Product product) {
            product.getBillOfMaterials()
                    .forEach(item -> needs.add(
                            new Need(Topic.PRODUCTS, Topic.MATERIALS, item.getInputId(), "product or material")));
        } else if (event instanceof Supplier supplier) {
            supplier.getSupplies()
                    .forEach(offer -> needs.add(new Need(Topic.MATERIALS, offer.getMaterialId(), "material")));
        } else if (event instanceof SurgeRequirement requirement) {
            needs.add(new Need(Topic.PRODUCTS, requirement.getProductId(), "product"));
        }
        return needs;
    }

    /** What a count of stock or a report of people names. A supplier of a receipt need not be known: nobody vouches for it then. */
    static List<Need> of(Ingested.Other report) {
        List<Need> needs = new ArrayList<>();
        if (report.origin().topic().equals(Topic.MATERIAL_STOCKS.baseName())) {
            needs.add(new Need(Topic.PLANTS, SurgeReader.count(report).plantId(), "plant"));
            needs.add(new Need(Topic.MATERIALS, SurgeReader.count(report).materialId(), "material"));
        } else {
            needs.add(new Need(Topic.LINES, SurgeReader.crew(report).lineId(), "line"));
        }
        return needs;
    }
}
