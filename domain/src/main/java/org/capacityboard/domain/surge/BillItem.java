package org.capacityboard.domain.surge;

/**
 * What one unit of a product takes.
 *
 * @param inputId the product or material that goes in; a product if both have this id
 * @param quantityPerUnit units of a product, or the unit of a material
 */
public record BillItem(String inputId, double quantityPerUnit) {
    public BillItem {
        Checks.id("Input of a bill of materials", inputId);
        quantityPerUnit = Checks.amount("quantityPerUnit of " + inputId, quantityPerUnit);
    }
}
