package org.capacityboard.domain.surge;

import org.jspecify.annotations.Nullable;

/**
 * What a loss would do to a product in a posture, on contracted capacity. In a conflict the most critical of the parents that are left is lost besides.
 *
 * @param productId the product
 * @param posture the posture
 * @param kind what is lost
 * @param lossId the supplier parent, the plant or the nation
 * @param readiness readiness without the loss, 0..1
 * @param readinessAfter readiness with it, 0..1
 * @param achievablePerMonth rate that is possible without the loss, good units a month
 * @param achievableAfter rate that is possible with it, good units a month
 * @param unitsShortAfter good units a month missing with it
 * @param bindingConstraintAfter what binds first with it
 * @param bindingIdAfter the product, group or material that binds first with it
 * @param whyAfter the numbers of the chain that binds with it, in words
 */
public record LossRow(
        String productId,
        Posture posture,
        LossKind kind,
        String lossId,
        @Nullable Double readiness,
        @Nullable Double readinessAfter,
        @Nullable Double achievablePerMonth,
        @Nullable Double achievableAfter,
        @Nullable Double unitsShortAfter,
        @Nullable ConstraintKind bindingConstraintAfter,
        @Nullable String bindingIdAfter,
        String whyAfter) {}
