package org.capacityboard.domain.surge;

import org.jspecify.annotations.Nullable;

/**
 * One step of the ladder of what stops a product: the first step binds, the second binds once the first does not, and so on.
 *
 * @param productId the product
 * @param posture the posture
 * @param evidence what the capacity of lines rests on
 * @param step 1 for what binds, at most {@link #MOST_STEPS}
 * @param constraint whether it is lines or a material
 * @param nodeId the product, group or material
 * @param nodeName its name
 * @param achievablePerMonth good units of the product a month that it alone would allow
 * @param suppliedPerMonth what there is of it a month, in its unit
 * @param drawnPerMonth what all requirements of the posture draw of it a month, in its unit; null: no end of it, because nothing good is made of it
 * @param unit "units" of lines, the unit of a material
 */
public record LadderRow(
        String productId,
        Posture posture,
        Evidence evidence,
        int step,
        ConstraintKind constraint,
        String nodeId,
        String nodeName,
        double achievablePerMonth,
        double suppliedPerMonth,
        @Nullable Double drawnPerMonth,
        String unit) {
    /** Steps that are told. */
    public static final int MOST_STEPS = 8;

    private static final String UNITS = "units";

    static LadderRow of(Requirement required, Evidence evidence, int step, Limit limit) {
        Node node = limit.node();
        return new LadderRow(
                required.productId(),
                required.posture(),
                evidence,
                step,
                node.kind(),
                node.id(),
                node.name(),
                required.unitsPerMonth() * limit.share(),
                limit.suppliedPerMonth(),
                Double.isInfinite(limit.drawnPerMonth()) ? null : limit.drawnPerMonth(),
                node instanceof MaterialNode material ? material.unit() : UNITS);
    }
}
