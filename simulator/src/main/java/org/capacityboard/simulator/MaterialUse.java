package org.capacityboard.simulator;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.capacityboard.events.BillOfMaterialsItem;
import org.capacityboard.events.Product;

/**
 * Materials that the lines of one plant use, by production day: of every unit that they make, good or scrap, what its bill of
 * materials names. Inputs that some line makes are no materials; those that none makes are kits, and use what they consist of.
 */
final class MaterialUse {
    private final List<SimulatedLine> lines;
    private final double cancelledRatio;
    private final List<String> materialIds = new ArrayList<>();
    private final Map<String, double[]> perUnit = new HashMap<>();

    /** @param lines lines of one plant; at least one */
    MaterialUse(List<SimulatedLine> lines, Scenario scenario) {
        this.lines = lines;
        this.cancelledRatio = scenario.cancelledShiftRatio();
        Map<String, Map<String, Double>> byProduct = new LinkedHashMap<>();
        for (SimulatedLine line : lines) {
            for (Product product : scenario.products()) {
                if (line.group().makes(product.getProductId())) {
                    byProduct.computeIfAbsent(product.getProductId(), id -> inputs(product, scenario));
                }
            }
        }
        byProduct.values().forEach(inputs -> inputs.keySet().stream()
                .filter(it -> !materialIds.contains(it))
                .forEach(materialIds::add));
        byProduct.forEach((productId, inputs) -> perUnit.put(
                productId,
                materialIds.stream()
                        .mapToDouble(it -> inputs.getOrDefault(it, 0.0))
                        .toArray()));
    }

    private static Map<String, Double> inputs(Product product, Scenario scenario) {
        Map<String, Double> inputs = new LinkedHashMap<>();
        for (BillOfMaterialsItem item : product.getBillOfMaterials()) {
            String inputId = item.getInputId();
            if (scenario.materials().stream().anyMatch(it -> it.getMaterialId().equals(inputId))) {
                inputs.merge(inputId, item.getQuantityPerUnit(), Double::sum);
            } else if (scenario.lines().stream().noneMatch(it -> it.productId().equals(inputId))) {
                Product kit = Scenario.find("product", inputId, scenario.products(), Product::getProductId);
                inputs(kit, scenario)
                        .forEach((it, quantity) -> inputs.merge(it, quantity * item.getQuantityPerUnit(), Double::sum));
            }
        }
        return inputs;
    }

    /** What the plant uses at all. */
    List<String> materialIds() {
        return materialIds;
    }

    /** Quantities used on a production day, in the order of {@link #materialIds}. */
    double[] on(LocalDate day) {
        double[] used = new double[materialIds.size()];
        for (SimulatedLine line : lines) {
            if (line.dayStartMs(day.plusDays(1)) > line.availableFromMs()) {
                LineDay lived = new LineDay(line, day, cancelledRatio);
                String productId = lived.productId == null ? line.group().productId() : lived.productId;
                double[] quantities = perUnit.get(productId);
                double units = madeUnits(line, lived);
                for (int i = 0; quantities != null && i < used.length; i++) {
                    used[i] += units * quantities[i];
                }
            }
        }
        return used;
    }

    /** Good and scrap units since the line is available. */
    private static double madeUnits(SimulatedLine line, LineDay lived) {
        long us = 0;
        for (LineDay.Stretch it : lived.stretches) {
            long lengthMs = it.endMs() - Math.max(it.startMs(), line.availableFromMs());
            us += lengthMs <= 0 ? 0 : LineReports.us(lengthMs, it.goodPpm() + it.scrapPpm());
        }
        return us / (double) lived.cycleUs;
    }
}
