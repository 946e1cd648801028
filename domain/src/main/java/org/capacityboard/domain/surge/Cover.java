package org.capacityboard.domain.surge;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** How long stocks last in one posture, by plant and altogether. */
final class Cover {
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
    List<CoverRow> rows(MaterialNode material, @Nullable MainSource source) {
        List<CoverRow> rows = new ArrayList<>();
        double drawn = draw.perMonth(material);
        Map<String, Double> byPlant = drawable.getOrDefault(material, Map.of());
        double drawableByAll =
                byPlant.values().stream().mapToDouble(Double::doubleValue).sum();
        double ownerless = drawableByAll == 0 ? drawn : draw.byKits(material);
        // Both are the same sum in another order where nothing but kits draws: what is left of rounding is no draw.
        double byLines = drawn - ownerless < 1e-9 * drawn ? 0 : drawn - ownerless;
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
                drawnByPlant = byLines * lineShare + ownerless * stockShare;
            }
            rows.add(row(stock.plantId(), material, stock.quantity(), drawnByPlant, source));
        }
        rows.add(row(CoverRow.ALL, material, material.stockToday(false), drawn, source));
        return rows;
    }

    private CoverRow row(
            String plantId, MaterialNode material, double stock, double drawnPerMonth, @Nullable MainSource source) {
        double drawn = drawnPerMonth / Days.IN_MONTH;
        Double days = drawn > 0 ? stock / drawn : null;
        return new CoverRow(
                plantId,
                material.id(),
                posture,
                days,
                stock,
                Double.isInfinite(drawn) ? null : drawn,
                source == null ? null : source.isSingle(),
                source == null ? null : source.parent(),
                source == null ? null : source.share());
    }
}
