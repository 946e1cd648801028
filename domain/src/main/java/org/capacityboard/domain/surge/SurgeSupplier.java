package org.capacityboard.domain.surge;

import java.util.List;

/**
 * A supplier of materials.
 *
 * @param supplierId the supplier
 * @param parentEntity who owns it; suppliers of one parent are lost together
 * @param nation nation it delivers from, ISO 3166-1 alpha-3
 * @param allied whether that nation is of the alliance
 * @param supplies what it delivers; several offers of one material add up
 */
public record SurgeSupplier(
        String supplierId, String parentEntity, String nation, boolean allied, List<SupplierOffer> supplies) {
    public SurgeSupplier {
        Checks.id("Id of a supplier", supplierId);
        Checks.id("Parent of supplier " + supplierId, parentEntity);
        supplies = List.copyOf(supplies);
    }
}
