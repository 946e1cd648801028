package org.capacityboard.domain.surge;

import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * All that is known of lines, products, materials, suppliers, stocks, people and requirements at one instant. In whatever order the lists come, equal content
 * makes an equal snapshot. What a list names and no other list describes (a line's product, a material of a count) is taken to have nothing but its id.
 *
 * @param nowMs "today": the instant at which it stands, ms since 1970 UTC; the closing midnight of its UTC date, or earlier
 * @param staleAfterDays days without a report or count after which a line or stock counts as nothing at the low end of the range
 * @param lines lines, also funded ones
 * @param products products and components
 * @param materials materials
 * @param suppliers suppliers
 * @param counts newest count of each material in each plant
 * @param addedStocks stocks beside what was counted
 * @param crews people by line; a line without an entry is not limited by people
 * @param requirements one for a product and posture
 * @param lineOutputs full weeks of the last 52, by line and product
 * @param productOutputs last 13 weeks, by product
 * @param lastReports newest report by line; a line without an entry never reported
 */
public record SurgeSnapshot(
        long nowMs,
        int staleAfterDays,
        List<SurgeLine> lines,
        List<SurgeProduct> products,
        List<SurgeMaterial> materials,
        List<SurgeSupplier> suppliers,
        List<MaterialCount> counts,
        List<AddedStock> addedStocks,
        List<Crew> crews,
        List<Requirement> requirements,
        List<LineOutput> lineOutputs,
        List<ProductOutput> productOutputs,
        List<LastReport> lastReports) {
    /** Days after which silence is stale, where no setting says otherwise. */
    public static final int STALE_AFTER_DAYS = 14;

    public SurgeSnapshot {
        Checks.within("staleAfterDays", staleAfterDays, 1, Integer.MAX_VALUE);
        lines = distinct("Line", lines, SurgeLine::lineId);
        products = distinct("Product", products, SurgeProduct::productId);
        materials = distinct("Material", materials, SurgeMaterial::materialId);
        suppliers = distinct("Supplier", suppliers, SurgeSupplier::supplierId);
        counts = distinct("Count", counts, count -> count.materialId() + "|" + count.plantId());
        addedStocks = distinct("Added stock", addedStocks, AddedStock::materialId);
        crews = distinct("Crew", crews, Crew::lineId);
        requirements = distinct("Requirement", requirements, one -> one.productId() + "|" + one.posture());
        lineOutputs = distinct("Weekly output", lineOutputs, one -> one.lineId() + "|" + one.productId());
        productOutputs = distinct("Output", productOutputs, ProductOutput::productId);
        lastReports = distinct("Last report", lastReports, LastReport::lineId);
    }

    private static <T> List<T> distinct(String what, List<T> values, Function<T, String> key) {
        record Keyed<T>(String key, T value) {}
        List<Keyed<T>> sorted = values.stream()
                .map(value -> new Keyed<>(key.apply(value), value))
                .sorted(Comparator.comparing(Keyed::key))
                .toList();
        for (int i = 1; i < sorted.size(); i++) {
            if (sorted.get(i).key().equals(sorted.get(i - 1).key())) {
                throw new IllegalArgumentException(
                        what + " " + sorted.get(i).key() + " stands twice in the snapshot, must stand once");
            }
        }
        return sorted.stream().map(Keyed::value).toList();
    }

    /** UTC date that it is about, an epoch day: the one that {@link #nowMs} closes or lies in. */
    public long asOfEpochDay() {
        return Math.floorDiv(nowMs - 1, Days.MS);
    }

    /** Products that anything names: described, made by a line, or required. */
    public Set<String> productIds() {
        Set<String> ids = new TreeSet<>();
        products.forEach(product -> ids.add(product.productId()));
        lines.forEach(line -> ids.add(line.productId()));
        requirements.forEach(required -> ids.add(required.productId()));
        return ids;
    }

    /** The same with other lines. */
    public SurgeSnapshot withLines(List<SurgeLine> others) {
        return new SurgeSnapshot(
                nowMs,
                staleAfterDays,
                others,
                products,
                materials,
                suppliers,
                counts,
                addedStocks,
                crews,
                requirements,
                lineOutputs,
                productOutputs,
                lastReports);
    }

    /** The same with other suppliers. */
    public SurgeSnapshot withSuppliers(List<SurgeSupplier> others) {
        return new SurgeSnapshot(
                nowMs,
                staleAfterDays,
                lines,
                products,
                materials,
                others,
                counts,
                addedStocks,
                crews,
                requirements,
                lineOutputs,
                productOutputs,
                lastReports);
    }

    /** The same with other counts. */
    public SurgeSnapshot withCounts(List<MaterialCount> others) {
        return new SurgeSnapshot(
                nowMs,
                staleAfterDays,
                lines,
                products,
                materials,
                suppliers,
                others,
                addedStocks,
                crews,
                requirements,
                lineOutputs,
                productOutputs,
                lastReports);
    }

    /** The same with other stocks beside what was counted. */
    public SurgeSnapshot withAddedStocks(List<AddedStock> others) {
        return new SurgeSnapshot(
                nowMs,
                staleAfterDays,
                lines,
                products,
                materials,
                suppliers,
                counts,
                others,
                crews,
                requirements,
                lineOutputs,
                productOutputs,
                lastReports);
    }

    /** The same with other people. */
    public SurgeSnapshot withCrews(List<Crew> others) {
        return new SurgeSnapshot(
                nowMs,
                staleAfterDays,
                lines,
                products,
                materials,
                suppliers,
                counts,
                addedStocks,
                others,
                requirements,
                lineOutputs,
                productOutputs,
                lastReports);
    }

    /** The same with other requirements. */
    public SurgeSnapshot withRequirements(List<Requirement> others) {
        return new SurgeSnapshot(
                nowMs,
                staleAfterDays,
                lines,
                products,
                materials,
                suppliers,
                counts,
                addedStocks,
                crews,
                others,
                lineOutputs,
                productOutputs,
                lastReports);
    }

    /** The same with other weekly output. */
    public SurgeSnapshot withLineOutputs(List<LineOutput> others) {
        return new SurgeSnapshot(
                nowMs,
                staleAfterDays,
                lines,
                products,
                materials,
                suppliers,
                counts,
                addedStocks,
                crews,
                requirements,
                others,
                productOutputs,
                lastReports);
    }
}
