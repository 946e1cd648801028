package org.capacityboard.domain.surge;

import java.util.List;

/** What is drawn of every node a month when every requirement of a posture is met at once, components' own requirements included. */
final class Draw {
    private final double[] perMonth;
    private final double[] byKits;

    private Draw(int nodes) {
        perMonth = new double[nodes];
        byKits = new double[nodes];
    }

    static Draw of(Network network, List<Requirement> requirements) {
        Draw draw = new Draw(network.nodeCount());
        List<MadeProduct> products = network.consumersFirst();
        double[] made = new double[products.size()];
        for (Requirement required : requirements) {
            MadeProduct product = network.product(required.productId());
            if (product != null) {
                made[product.rank()] += required.unitsPerMonth();
            }
        }
        for (MadeProduct product : products) {
            double units = made[product.rank()];
            if (units > 0) {
                draw.take(product, units, made);
            }
        }
        return draw;
    }

    private void take(MadeProduct product, double units, double[] made) {
        LineNode lines = product.lines();
        if (lines != null) {
            perMonth[lines.index()] += units;
        }
        for (MadeProduct.Step step : product.steps()) {
            MadeProduct input = step.product();
            MaterialNode material = step.material();
            if (input != null) {
                made[input.rank()] += units * step.perGoodUnit();
            } else if (material != null) {
                perMonth[material.index()] += units * step.perGoodUnit();
                if (!product.hasOwnLine()) {
                    byKits[material.index()] += units * step.perGoodUnit();
                }
            }
        }
    }

    /** Units of a node a month. */
    double perMonth(Node node) {
        return perMonth[node.index()];
    }

    /** That part of a material's draw that no line makes, because its consumers are put together without one. */
    double byKits(MaterialNode material) {
        return byKits[material.index()];
    }
}
