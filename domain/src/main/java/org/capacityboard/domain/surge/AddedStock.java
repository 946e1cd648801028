package org.capacityboard.domain.surge;

/**
 * Stock of a material beside what plants counted: there today, in no plant.
 *
 * @param materialId the material
 * @param quantity in the unit of the material; below 0: taken away, as far as there is any
 */
public record AddedStock(String materialId, double quantity) {
    public AddedStock {
        Checks.id("Material of added stock", materialId);
        Checks.amount("Added stock of " + materialId, Math.abs(quantity));
    }
}
