package org.capacityboard.oracle;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.capacityboard.events.Line;
import org.capacityboard.events.Material;
import org.capacityboard.events.MaterialStock;
import org.capacityboard.events.Product;
import org.capacityboard.events.Supplier;
import org.capacityboard.events.SurgeRequirement;
import org.capacityboard.events.WorkforceReport;

/**
 * What is known at an instant, from which surge readiness follows.
 *
 * @param counts newest count of each plant and material
 * @param crews newest report of people, by line
 * @param weeks by line: good units of its last 52 weeks of production days that are all over
 * @param made by product: output of its last 13 weeks
 * @param heard by line: when its newest report was made
 */
record SurgeWorld(
        Instant now,
        boolean isFinal,
        Map<String, Line> lines,
        Map<String, Product> products,
        Map<String, Material> materials,
        Map<String, Supplier> suppliers,
        List<MaterialStock> counts,
        Map<String, WorkforceReport> crews,
        List<SurgeRequirement> requirements,
        Map<String, Weeks> weeks,
        Map<String, Made> made,
        Map<String, Instant> heard) {

    /**
     * Weeks of a line.
     *
     * @param newest Monday of the newest of them
     * @param good by Monday: good units of each product, of weeks in which there were any
     */
    record Weeks(LocalDate newest, Map<LocalDate, Map<String, Long>> good) {
        long units(LocalDate monday, String productId) {
            return good.getOrDefault(monday, Map.of()).getOrDefault(productId, 0L);
        }
    }

    /**
     * Output of a product.
     *
     * @param good good units
     * @param produced good and scrapped units
     * @param days how many days that is
     */
    record Made(long good, long produced, int days) {
        static final Made NOTHING = new Made(0, 0, 1);
    }

    /** The UTC date that ends, or is, now. */
    LocalDate asOf() {
        return LocalDate.ofInstant(now.minusMillis(1), ZoneOffset.UTC);
    }

    /** The output of a product, which may be none. */
    Made made(String productId) {
        return made.getOrDefault(productId, Made.NOTHING);
    }
}
