package org.capacityboard.flink.operators;

import java.util.ArrayList;
import java.util.List;
import org.apache.avro.specific.SpecificRecord;
import org.capacityboard.events.Line;
import org.capacityboard.events.Supplier;
import org.capacityboard.events.SurgeRequirement;
import org.capacityboard.flink.ingest.Ingested;
import org.capacityboard.flink.ingest.ReferenceReader;
import org.capacityboard.schemas.Topic;

/** What must exist before a version of reference data is accepted. */
final class ReferenceNeeds {
    private ReferenceNeeds() {}

    /** @param what the thing in words, for the refusal */
    record Need(Topic topic, String id, String what) {}

    static List<Need> of(Ingested.Reference reference) {
        SpecificRecord event = ReferenceReader.event(reference);
        List<Need> needs = new ArrayList<>();
        if (event instanceof Line line) {
            needs.add(new Need(Topic.PLANTS, line.getPlantId(), "plant"));
            needs.add(new Need(Topic.PRODUCTS, line.getProductId(), "product"));
            if (line.getCycles() != null) {
                line.getCycles().forEach(cycle -> needs.add(new Need(Topic.PRODUCTS, cycle.getProductId(), "product")));
            }
        } else if (event instanceof Supplier supplier) {
            supplier.getSupplies()
                    .forEach(offer -> needs.add(new Need(Topic.MATERIALS, offer.getMaterialId(), "material")));
        } else if (event instanceof SurgeRequirement requirement) {
            needs.add(new Need(Topic.PRODUCTS, requirement.getProductId(), "product"));
        }
        return needs;
    }
}
