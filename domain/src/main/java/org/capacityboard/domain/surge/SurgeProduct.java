package org.capacityboard.domain.surge;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A product or a component of one.
 *
 * @param productId the product
 * @param name its name for people
 * @param interchangeabilityGroup products of one group stand in for each other: their lines add up
 * @param bill what one unit takes
 */
public record SurgeProduct(
        String productId, String name, @Nullable String interchangeabilityGroup, List<BillItem> bill) {
    public SurgeProduct {
        Checks.id("Id of a product", productId);
        bill = List.copyOf(bill);
    }

    /** A product of which only the id is known. */
    static SurgeProduct unknown(String productId) {
        return new SurgeProduct(productId, productId, null, List.of());
    }
}
