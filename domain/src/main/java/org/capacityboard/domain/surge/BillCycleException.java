package org.capacityboard.domain.surge;

import java.util.List;

/** A product that goes into itself: what it takes cannot be reckoned. */
public final class BillCycleException extends IllegalArgumentException {
    private static final long serialVersionUID = 1;

    private final transient List<String> productIds;

    BillCycleException(List<String> productIds) {
        super("Bill of materials of " + productIds.get(0) + " runs in a circle: " + String.join(" -> ", productIds)
                + " -> " + productIds.get(0) + ", must lead to materials and products without it");
        this.productIds = List.copyOf(productIds);
    }

    /** The circle: each product goes into the one before it, and the first into the last. */
    public List<String> productIds() {
        return productIds;
    }
}
