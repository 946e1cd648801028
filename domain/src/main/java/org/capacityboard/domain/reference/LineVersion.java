package org.capacityboard.domain.reference;

import java.util.Map;

/**
 * What a line is from an instant on.
 *
 * @param lineId the line
 * @param validFromMs instant from which this version holds, ms since 1970 UTC; {@link Versions#ALWAYS} if it always held
 * @param revision highest wins among versions of one {@code validFromMs}
 * @param plantId the plant it stands in
 * @param productId what it makes when a report names no product
 * @param idealCycleUs ideal time per unit in microseconds, for products without an entry in {@code cyclesUs}
 * @param cyclesUs ideal time per unit in microseconds by product id
 * @param heartbeatMs longest time between two reports of a line that is alive; silent for three of them it is unknown
 * @param calendar which time is planned
 * @param declaredUnitsPerHour the rate its plant declares
 */
public record LineVersion(
        String lineId,
        long validFromMs,
        long revision,
        String plantId,
        String productId,
        long idealCycleUs,
        Map<String, Long> cyclesUs,
        long heartbeatMs,
        LineCalendar calendar,
        double declaredUnitsPerHour) {
    public LineVersion {
        cyclesUs = Map.copyOf(cyclesUs);
    }

    /** Ideal time of one unit of a product on this line, microseconds. */
    public long cycleUs(String product) {
        Long cycle = cyclesUs.get(product);
        return cycle == null ? idealCycleUs : cycle;
    }
}
