package org.capacityboard.domain.surge;

/**
 * What the loss of a supplier parent would do to a product, on contracted capacity, before any other parent is lost.
 *
 * @param supplierParent the parent
 * @param productId the product
 * @param posture the posture
 * @param readinessWithout readiness without what it delivers, 0..1
 * @param criticality readiness less that, 0..1
 */
public record CriticalityRow(
        String supplierParent, String productId, Posture posture, double readinessWithout, double criticality) {}
