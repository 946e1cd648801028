package org.capacityboard.domain.surge;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** A material: its stocks, pooled over plants, and what suppliers bring. */
final class MaterialNode implements Node {
    private static final int LATE_DAYS = 60;
    private static final int[] NO_PARENTS = {};

    private final int index;
    private final SurgeMaterial material;
    private final List<PlantStock> stocks;
    private final double addedStock;
    private final double usedPerDay;
    private final List<SupplierFlow> flows;
    private final List<SupplierFlow> lateFlows;
    private final List<SupplierFlow> alliedFlows;
    private final boolean hasStaleStock;
    private final Map<Posture, int[]> parents = new EnumMap<>(Posture.class);

    /**
     * @param usedPerDay what is used a day at the current rate
     * @param flows by supplier
     */
    MaterialNode(
            int index,
            SurgeMaterial material,
            List<PlantStock> stocks,
            double addedStock,
            double usedPerDay,
            List<SupplierFlow> flows) {
        this.index = index;
        this.material = material;
        this.stocks = stocks;
        this.addedStock = addedStock;
        this.usedPerDay = usedPerDay;
        this.flows = flows;
        lateFlows = withLargestLate(flows);
        alliedFlows = flows.stream().filter(SupplierFlow::allied).toList();
        hasStaleStock = stocks.stream().anyMatch(PlantStock::stale);
        for (Posture posture : Posture.values()) {
            int[] bringing = flows(posture).stream()
                    .filter(SupplierFlow::bringsAnything)
                    .mapToInt(SupplierFlow::parent)
                    .sorted()
                    .distinct()
                    .toArray();
            parents.put(posture, bringing);
        }
    }

    /** The material as it would be if some suppliers brought nothing any more. */
    MaterialNode without(Predicate<SupplierFlow> lost) {
        return new MaterialNode(
                index,
                material,
                stocks,
                addedStock,
                usedPerDay,
                flows.stream().filter(lost.negate()).toList());
    }

    private static List<SupplierFlow> withLargestLate(List<SupplierFlow> flows) {
        int lateFlow = -1;
        SupplierFlow.Due late = new SupplierFlow.Due(0, 0);
        for (int i = 0; i < flows.size(); i++) {
            for (SupplierFlow.Due due : flows.get(i).due()) {
                if (due.quantity() > late.quantity()
                        || lateFlow >= 0 && due.quantity() == late.quantity() && due.day() < late.day()) {
                    late = due;
                    lateFlow = i;
                }
            }
        }
        if (lateFlow < 0) {
            return flows;
        }
        SupplierFlow flow = flows.get(lateFlow);
        List<SupplierFlow.Due> due = new ArrayList<>(flow.due());
        due.remove(late);
        SupplierFlow.Due asItComes = new SupplierFlow.Due(late.day() + LATE_DAYS, late.quantity());
        int at = 0;
        while (at < due.size() && due.get(at).day() <= asItComes.day()) {
            at++;
        }
        due.add(at, asItComes);
        List<SupplierFlow> asTheyCome = new ArrayList<>(flows);
        asTheyCome.set(
                lateFlow, new SupplierFlow(flow.supplierId(), flow.parent(), flow.allied(), due, flow.perMonth()));
        return List.copyOf(asTheyCome);
    }

    @Override
    public int index() {
        return index;
    }

    @Override
    public ConstraintKind kind() {
        return ConstraintKind.MATERIAL;
    }

    @Override
    public String id() {
        return material.materialId();
    }

    @Override
    public String name() {
        return material.name();
    }

    String unit() {
        return material.unit();
    }

    /** By plant. */
    List<PlantStock> stocks() {
        return stocks;
    }

    /** All stock today; without what is stale at the low end of the range. */
    double stockToday(boolean low) {
        double sum = addedStock;
        for (PlantStock stock : stocks) {
            sum += low && stock.stale() ? 0 : stock.quantity();
        }
        return Math.max(0, sum);
    }

    boolean hasStaleStock() {
        return hasStaleStock;
    }

    double usedPerDay() {
        return usedPerDay;
    }

    /** By supplier, in peace and without any loss. */
    List<SupplierFlow> flows() {
        return flows;
    }

    /** By supplier, under what goes wrong in a posture before any parent is lost. */
    List<SupplierFlow> flows(Posture posture) {
        return switch (posture) {
            case PEACETIME -> flows;
            case CRISIS -> lateFlows;
            case CONFLICT -> alliedFlows;
        };
    }

    /** Parents that bring any of it in a posture. */
    int[] parents(Posture posture) {
        return parents.getOrDefault(posture, NO_PARENTS);
    }

    /** Which loss it is to lose a parent: 0 if nothing is lost by it, else one more than the parent's place among those that bring any. */
    int lossNumber(Posture posture, int lostParent) {
        if (lostParent == Supplies.NOBODY) {
            return 0;
        }
        int[] bringing = parents(posture);
        for (int i = 0; i < bringing.length; i++) {
            if (bringing[i] == lostParent) {
                return i + 1;
            }
        }
        return 0;
    }
}
