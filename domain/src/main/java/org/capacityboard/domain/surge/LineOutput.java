package org.capacityboard.domain.surge;

import java.util.List;

/**
 * What a line made of a product in weeks whose seven production days are all over.
 *
 * @param lineId the line
 * @param productId the product
 * @param firstMonday Monday of the first of these weeks, epoch day
 * @param weeklyGoodUnits good units of that week and those after it, 0 where it made none
 */
public record LineOutput(String lineId, String productId, long firstMonday, List<Long> weeklyGoodUnits) {
    public LineOutput {
        Checks.id("Line of weekly output", lineId);
        Checks.id("Product of weekly output of line " + lineId, productId);
        if (Math.floorMod(firstMonday + 3, 7) != 0) {
            throw new IllegalArgumentException(
                    "First week of line " + lineId + " begins on epoch day " + firstMonday + ", must be a Monday");
        }
        weeklyGoodUnits = List.copyOf(weeklyGoodUnits);
    }
}
