package org.capacityboard.domain.surge;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/** How long stocks last in one posture, by plant and altogether. */
final class Cover {
    private static final double SINGLE_SOURCE_SHARE = 0.95;

    private final Posture posture;
    private final Draw draw;
    /** By material and plant: what its lines could draw a month. */
    private final Map<MaterialNode, Map<String, Double>> drawable = new HashMap<>();

    Cover(Network network, Posture posture, Draw draw) {
        this.posture = posture;
        this.draw = draw;
        for (LineFigures line : network.lines()) {
            MadeProduct product = network.product(line.line().productId());
            double capacity = line.capacity(posture, Evidence.CONTRACTED, 0);
            if (product != null && capacity > 0) {
                for (MadeProduct.Step step : product.steps()) {
                    MaterialNode material = step.material();
                    if (material != null) {
                        drawable.computeIfAbsent(material, any -> new TreeMap<>())
                                .merge(line.line().plantId(), capacity * step.perGoodUnit(), Double::sum);
                    }
                }
            }
        }
    }

    /** One row a plant that counted it, and one for all of them. */
    List<CoverRow> rows(MaterialNode material, @Nullable Boolean singleSource) {
        List<CoverRow> rows = new ArrayList<>();
        double drawn = draw.perMonth(material);
        Map<String, Double> byPlant = drawable.getOrDefault(material, Map.of());
        double drawableByAll =
                byPlant.values().stream().mapToDouble(Double::doubleValue).sum();
        double ownerless = drawableByAll == 0 ? drawn : draw.byKits(material);
        double stockOfPlants =
                material.stocks().stream().mapToDouble(PlantStock::quantity).sum();
        for (PlantStock stock : material.stocks()) {
            double drawnByPlant;
            if (Double.isInfinite(drawn) || Double.isInfinite(drawableByAll)) {
                drawnByPlant = drawn;
            } else {
                double stockShare =
                        stockOfPlants == 0 ? 1.0 / material.stocks().size() : stock.quantity() / stockOfPlants;
                double lineShare = drawableByAll == 0 ? 0 : byPlant.getOrDefault(stock.plantId(), 0.0) / drawableByAll;
                drawnByPlant = (drawn - ownerless) * lineShare + ownerless * stockShare;
            }
            rows.add(row(stock.plantId(), material, stock.quantity(), drawnByPlant, singleSource));
        }
        rows.add(row(CoverRow.ALL, material, material.stockToday(false), drawn, singleSource));
        return rows;
    }

    private CoverRow row(
            String plantId, MaterialNode material, double stock, double drawnPerMonth, @Nullable Boolean singleSource) {
        double drawn = drawnPerMonth / Days.IN_MONTH;
        Double days = drawn > 0 ? stock / drawn : null;
        return new CoverRow(
                plantId, material.id(), posture, days, stock, Double.isInfinite(drawn) ? null : drawn, singleSource);
    }

    /** Whether one parent brings nearly all: of the rates, or of the firm receipts to come where nobody states a rate; null if nobody brings any. */
    static @Nullable Boolean singleSource(MaterialNode material) {
        Double share = largestShare(material, SupplierFlow::perMonth);
        if (share == null) {
            share = largestShare(material, flow -> flow.due().stream()
                    .mapToDouble(SupplierFlow.Due::quantity)
                    .sum());
        }
        return share == null ? null : share >= SINGLE_SOURCE_SHARE - 1e-9;
    }

    private static @Nullable Double largestShare(MaterialNode material, ToDoubleFunction<SupplierFlow> brought) {
        Map<Integer, Double> byParent = new TreeMap<>();
        double all = 0;
        for (SupplierFlow flow : material.flows()) {
            double amount = brought.applyAsDouble(flow);
            all += amount;
            byParent.merge(flow.parent(), amount, Double::sum);
        }
        double largest = byParent.values().stream()
                .mapToDouble(Double::doubleValue)
                .max()
                .orElse(0);
        return all == 0 ? null : largest / all;
    }
}
