package org.capacityboard.domain.surge;

/**
 * A firm receipt: a delivery that a supplier has promised.
 *
 * @param dueAtMs when it is due, ms since 1970 UTC
 * @param quantity how much, in the unit of the material
 * @param supplierId who delivers
 */
public record Receipt(long dueAtMs, double quantity, String supplierId) {
    public Receipt {
        Checks.id("Supplier of a receipt", supplierId);
        quantity = Checks.amount("Quantity of a receipt of " + supplierId, quantity);
    }
}
