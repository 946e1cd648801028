package org.capacityboard.domain.surge;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * The supplier parent that brings most of a material: of the rates, or of the firm receipts to come where nobody states a rate.
 *
 * @param parent its name, the first among equals
 * @param share its part of what all bring, 0..1
 */
record MainSource(String parent, double share) {
    private static final double SINGLE_SOURCE_SHARE = 0.95;

    /** Null if nobody brings any. */
    static @Nullable MainSource of(MaterialNode material, List<String> parentNames) {
        MainSource byRate = most(material, parentNames, SupplierFlow::perMonth);
        return byRate != null
                ? byRate
                : most(material, parentNames, flow -> flow.due().stream()
                        .mapToDouble(SupplierFlow.Due::quantity)
                        .sum());
    }

    private static @Nullable MainSource most(
            MaterialNode material, List<String> parentNames, ToDoubleFunction<SupplierFlow> brought) {
        Map<Integer, Double> byParent = new TreeMap<>();
        double all = 0;
        for (SupplierFlow flow : material.flows()) {
            double amount = brought.applyAsDouble(flow);
            all += amount;
            byParent.merge(flow.parent(), amount, Double::sum);
        }
        int most = 0;
        double largest = 0;
        for (Map.Entry<Integer, Double> one : byParent.entrySet()) {
            if (one.getValue() > largest) {
                largest = one.getValue();
                most = one.getKey();
            }
        }
        return largest == 0 ? null : new MainSource(parentNames.get(most), Math.min(1, largest / all));
    }

    /** Whether it brings nearly all. */
    boolean isSingle() {
        return share >= SINGLE_SOURCE_SHARE - 1e-9;
    }
}
