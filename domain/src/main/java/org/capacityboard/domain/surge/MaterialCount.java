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
 * @param lost whether nothing is left of it today. What was used until then was used of it as of the others: its share of the use is not theirs. Only a change
 *     that has not happened loses any
 */
public record MaterialCount(
        String plantId, String materialId, long countedAtMs, double onHand, List<Receipt> receipts, boolean lost) {
    private static final Comparator<Receipt> BY_DAY = Comparator.comparingLong(Receipt::dueAtMs)
            .thenComparing(Receipt::supplierId)
            .thenComparingDouble(Receipt::quantity);

    public MaterialCount {
        Checks.id("Plant of a count", plantId);
        Checks.id("Material of a count", materialId);
        onHand = Checks.amount("Stock of " + materialId + " in plant " + plantId, onHand);
        receipts = receipts.stream().sorted(BY_DAY).toList();
    }

    /** A count of what is still there. */
    public MaterialCount(String plantId, String materialId, long countedAtMs, double onHand, List<Receipt> receipts) {
        this(plantId, materialId, countedAtMs, onHand, receipts, false);
    }

    /** The same with other receipts. */
    MaterialCount withReceipts(List<Receipt> others) {
        return new MaterialCount(plantId, materialId, countedAtMs, onHand, others, lost);
    }

    /** The same count, of which nothing is left today. */
    MaterialCount asLost() {
        return new MaterialCount(plantId, materialId, countedAtMs, onHand, receipts, true);
    }
}
