package org.capacityboard.domain.surge;

import java.util.Comparator;
import java.util.List;

/**
 * The newest count of a material in a plant.
 *
 * @param plantId the plant that counted
 * @param materialId the material
 * @param countedAtMs when, ms since 1970 UTC
 * @param onHand what was there, in the unit of the material
 * @param receipts firm receipts; those due at or before the count are in it
 */
public record MaterialCount(
        String plantId, String materialId, long countedAtMs, double onHand, List<Receipt> receipts) {
    private static final Comparator<Receipt> BY_DAY = Comparator.comparingLong(Receipt::dueAtMs)
            .thenComparing(Receipt::supplierId)
            .thenComparingDouble(Receipt::quantity);

    public MaterialCount {
        Checks.id("Plant of a count", plantId);
        Checks.id("Material of a count", materialId);
        onHand = Checks.amount("Stock of " + materialId + " in plant " + plantId, onHand);
        receipts = receipts.stream().sorted(BY_DAY).toList();
    }
}
