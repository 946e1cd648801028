package org.capacityboard.domain.surge;

import org.jspecify.annotations.Nullable;

/**
 * A production line as its contract has it.
 *
 * @param lineId the line
 * @param plantId the plant it stands in
 * @param productId what it makes; its capacity counts for that product
 * @param declaredUnitsPerHour the rate its plant declares, good units an hour
 * @param hoursPerWeek contracted working hours
 * @param availableFromMs for a funded line not yet accepted: when it will be, ms since 1970 UTC
 */
public record SurgeLine(
        String lineId,
        String plantId,
        String productId,
        double declaredUnitsPerHour,
        HoursPerWeek hoursPerWeek,
        @Nullable Long availableFromMs) {
    public SurgeLine {
        Checks.id("Id of a line", lineId);
        Checks.id("Plant of line " + lineId, plantId);
        Checks.id("Product of line " + lineId, productId);
        declaredUnitsPerHour = Checks.amount("declaredUnitsPerHour of line " + lineId, declaredUnitsPerHour);
    }
}
