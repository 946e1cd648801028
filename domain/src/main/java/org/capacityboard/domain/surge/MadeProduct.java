package org.capacityboard.domain.surge;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A product within the network: its node, if anybody makes it, and what goes into it. */
final class MadeProduct {
    private final int rank;
    private final SurgeProduct product;
    private final @Nullable LineNode lines;
    private final boolean hasOwnLine;
    private final double qualityRatio;
    private final List<Step> steps = new ArrayList<>();

    /**
     * What goes into one good unit, scrap included. Either a product or a material.
     *
     * @param perGoodUnit units of the product, or the unit of the material
     */
    record Step(@Nullable MadeProduct product, @Nullable MaterialNode material, double perGoodUnit) {}

    /**
     * @param rank place in the order in which products come before what goes into them
     * @param lines null: a kit, whose inputs alone bind
     * @param hasOwnLine whether one of the lines is its own and not one of a product that stands in for it
     */
    MadeProduct(int rank, SurgeProduct product, @Nullable LineNode lines, boolean hasOwnLine, double qualityRatio) {
        this.rank = rank;
        this.product = product;
        this.lines = lines;
        this.hasOwnLine = hasOwnLine;
        this.qualityRatio = qualityRatio;
    }

    void takes(MadeProduct input, double quantityPerUnit) {
        steps.add(new Step(input, null, quantityPerUnit / qualityRatio));
    }

    void takes(MaterialNode input, double quantityPerUnit) {
        steps.add(new Step(null, input, quantityPerUnit / qualityRatio));
    }

    int rank() {
        return rank;
    }

    String id() {
        return product.productId();
    }

    String name() {
        return product.name();
    }

    List<BillItem> bill() {
        return product.bill();
    }

    @Nullable
    LineNode lines() {
        return lines;
    }

    boolean hasOwnLine() {
        return hasOwnLine;
    }

    /** Inputs of which it takes anything at all. */
    List<Step> steps() {
        return steps;
    }
}
