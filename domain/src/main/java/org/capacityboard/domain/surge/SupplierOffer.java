package org.capacityboard.domain.surge;

/**
 * What a supplier delivers after its firm receipts.
 *
 * @param materialId the material
 * @param unitsPerMonth how much, in the unit of the material a month of 30.4375 days
 */
public record SupplierOffer(String materialId, double unitsPerMonth) {
    public SupplierOffer {
        Checks.id("Material of an offer", materialId);
        unitsPerMonth = Checks.amount("unitsPerMonth of " + materialId, unitsPerMonth);
    }
}
