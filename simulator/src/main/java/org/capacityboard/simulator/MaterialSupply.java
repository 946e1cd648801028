package org.capacityboard.simulator;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.capacityboard.events.BillOfMaterialsItem;
import org.capacityboard.events.Material;
import org.capacityboard.events.Plant;
import org.capacityboard.events.Product;
import org.capacityboard.events.Supplier;
import org.capacityboard.events.SupplierOffer;
import org.jspecify.annotations.Nullable;

/**
 * How the plants of a scenario keep stocks of what their lines use, and how they count them.
 *
 * @param countEveryDays days between two counts, where {@code counting} says nothing else
 * @param stocks materials that are kept in stock
 * @param counting plants that count otherwise; of several that fit a stock the first holds
 */
public record MaterialSupply(int countEveryDays, List<Stock> stocks, List<Counting> counting) {
    static final int LONGEST_FIRM_DAYS = 365;
    private static final int LONGEST_COUNT_DAYS = 365;

    public MaterialSupply {
        requireDays("countEveryDays of materialSupply", countEveryDays, 1, LONGEST_COUNT_DAYS);
        Scenario.require(!stocks.isEmpty(), "stocks of materialSupply", "empty", "there must be at least one");
        Set<String> places = new HashSet<>();
        for (Stock stock : stocks) {
            String place = stock.plantId == null ? "any plant" : stock.plantId;
            Scenario.require(
                    places.add(stock.materialId + " of " + place),
                    "materialId of the stocks",
                    stock.materialId,
                    "must have one stock only for " + place);
        }
    }

    /**
     * How a material is kept in stock. Plants order what their lines will use; suppliers get orders by what they can deliver.
     *
     * @param plantId absent: at all plants that use it and have no stock of their own here
     * @param stockDays days of use that lie in the plant, on average
     * @param receiptEveryDays days between two receipts
     * @param firmDays how long ahead a receipt is firm
     * @param spreadRatio receipts, and the first stock, lie within this share around what was meant
     * @param lateRatio share of the receipts that come late
     * @param lateDays the latest of them come so many days late
     */
    public record Stock(
            String materialId,
            @Nullable String plantId,
            double stockDays,
            int receiptEveryDays,
            int firmDays,
            double spreadRatio,
            double lateRatio,
            int lateDays) {
        public Stock {
            String of = " of the stock of " + materialId;
            Scenario.require(
                    stockDays > 0 && stockDays <= 730, "stockDays" + of, stockDays, "must be above 0, up to 730");
            requireDays("firmDays" + of, firmDays, 1, LONGEST_FIRM_DAYS);
            requireDays("receiptEveryDays" + of, receiptEveryDays, 1, firmDays);
            Scenario.requireRatio("spreadRatio" + of, spreadRatio);
            Scenario.requireRatio("lateRatio" + of, lateRatio);
            requireDays("lateDays" + of, lateDays, 0, LONGEST_FIRM_DAYS);
        }
    }

    /**
     * How a plant counts.
     *
     * @param materialId absent: all that it keeps
     * @param everyDays days between two counts
     * @param entryHours longest time until a count is entered; it takes half of that at least
     */
    public record Counting(String plantId, @Nullable String materialId, int everyDays, double entryHours) {
        public Counting {
            String of = " of the counting of " + plantId;
            requireDays("everyDays" + of, everyDays, 1, LONGEST_COUNT_DAYS);
            Scenario.require(entryHours >= 0 && entryHours <= 240, "entryHours" + of, entryHours, "must be 0..240");
        }
    }

    /** How a material is kept at a plant; null if it is not. */
    @Nullable
    Stock stockOf(String materialId, String plantId) {
        Stock found = null;
        for (Stock stock : stocks) {
            if (stock.materialId.equals(materialId)
                    && (plantId.equals(stock.plantId) || (stock.plantId == null && found == null))) {
                found = stock;
            }
        }
        return found;
    }

    /** How a plant counts a material. */
    Counting countingOf(String materialId, String plantId) {
        for (Counting it : counting) {
            if (it.plantId.equals(plantId) && (it.materialId == null || it.materialId.equals(materialId))) {
                return it;
            }
        }
        return new Counting(plantId, materialId, countEveryDays, 0);
    }

    /** Throws unless plants and materials are such, bills of materials end, and somebody delivers what is kept. */
    void requireKnown(List<Plant> plants, List<Product> products, List<Material> materials, List<Supplier> suppliers) {
        Set<String> known = new HashSet<>();
        materials.forEach(it -> known.add(it.getMaterialId()));
        products.forEach(it -> known.add(it.getProductId()));
        for (Product product : products) {
            for (BillOfMaterialsItem item : product.getBillOfMaterials()) {
                Scenario.require(
                        known.contains(item.getInputId()),
                        "inputId of the billOfMaterials of " + product.getProductId(),
                        item.getInputId(),
                        "must be a product or a material of the scenario");
            }
            requireEnd(product, products);
        }
        for (Supplier supplier : suppliers) {
            for (SupplierOffer offer : supplier.getSupplies()) {
                Scenario.find(
                        "materialId of supplier " + supplier.getSupplierId(),
                        offer.getMaterialId(),
                        materials,
                        Material::getMaterialId);
            }
        }
        for (Stock stock : stocks) {
            Scenario.find("materialId of the stocks", stock.materialId, materials, Material::getMaterialId);
            Scenario.require(
                    suppliers.stream().flatMap(it -> it.getSupplies().stream()).anyMatch(it -> it.getMaterialId()
                            .equals(stock.materialId)),
                    "materialId of the stocks",
                    stock.materialId,
                    "must be supplied by a supplier of the scenario");
            if (stock.plantId != null) {
                Scenario.find("plantId of the stock of " + stock.materialId, stock.plantId, plants, Plant::getPlantId);
            }
        }
        for (Counting it : counting) {
            Scenario.find("plantId of the counting", it.plantId, plants, Plant::getPlantId);
            if (it.materialId != null) {
                Scenario.find(
                        "materialId of the counting of " + it.plantId,
                        it.materialId,
                        materials,
                        Material::getMaterialId);
            }
        }
    }

    private static void requireEnd(Product product, List<Product> products) {
        Set<String> seen = new HashSet<>();
        Deque<String> open = new ArrayDeque<>();
        product.getBillOfMaterials().forEach(it -> open.add(it.getInputId()));
        while (!open.isEmpty()) {
            String input = open.remove();
            Scenario.require(
                    !input.equals(product.getProductId()),
                    "billOfMaterials of",
                    product.getProductId(),
                    "must not lead back to the product itself");
            for (Product it : products) {
                if (it.getProductId().equals(input) && seen.add(input)) {
                    it.getBillOfMaterials().forEach(item -> open.add(item.getInputId()));
                }
            }
        }
    }

    private static void requireDays(String thing, int days, int least, int most) {
        Scenario.require(days >= least && days <= most, thing, days, "must be " + least + ".." + most);
    }
}
