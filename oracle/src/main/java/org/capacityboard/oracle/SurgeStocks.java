package org.capacityboard.oracle;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.capacityboard.events.BillOfMaterialsItem;
import org.capacityboard.events.MaterialStock;
import org.capacityboard.events.Product;
import org.capacityboard.events.Receipt;
import org.capacityboard.events.Supplier;
import org.capacityboard.events.SupplierOffer;
import org.jspecify.annotations.Nullable;

/** One material: what is there, what comes, and from whom. */
final class SurgeStocks {
    private static final long DAY_MS = 86_400_000;
    private static final int CRISIS_DELAY_DAYS = 60;

    /**
     * A firm receipt.
     *
     * @param day day on which it is in stock; today is 0
     */
    private record Coming(int day, long dueMs, double quantity, String supplierId) {}

    private final SurgeWorld world;
    private final String materialId;
    private final List<Coming> coming = new ArrayList<>();
    private final double usedADay;

    SurgeStocks(SurgeWorld world, String materialId) {
        this.world = world;
        this.materialId = materialId;
        for (MaterialStock count : counts()) {
            for (Receipt receipt : count.getReceipts()) {
                if (receipt.getDueAt().isAfter(world.now())) {
                    coming.add(new Coming(
                            day(receipt.getDueAt()),
                            receipt.getDueAt().toEpochMilli(),
                            receipt.getQuantity(),
                            receipt.getSupplierId()));
                }
            }
        }
        double used = 0;
        for (Product product : world.products().values()) {
            SurgeWorld.Made made = world.made(product.getProductId());
            for (BillOfMaterialsItem item : product.getBillOfMaterials()) {
                if (item.getInputId().equals(materialId) && !world.products().containsKey(materialId)) {
                    double units = Math.max(0, Math.max(made.good(), made.produced()));
                    used += units / made.days() * item.getQuantityPerUnit();
                }
            }
        }
        usedADay = used;
    }

    private List<MaterialStock> counts() {
        return world.counts().stream()
                .filter(count -> count.getMaterialId().equals(materialId))
                .toList();
    }

    /** Whole days from now on, the last one begun counting in full. */
    private int day(Instant at) {
        return (int) Math.ceil((at.toEpochMilli() - world.now().toEpochMilli()) / (double) DAY_MS);
    }

    /** Plants that count it. */
    Set<String> plants() {
        Set<String> plants = new TreeSet<>();
        counts().forEach(count -> plants.add(count.getPlantId()));
        return plants;
    }

    /** Stock of a plant now. */
    double onHand(String plantId) {
        double counted = counts().stream().mapToDouble(MaterialStock::getOnHand).sum();
        double stock = 0;
        for (MaterialStock count : counts()) {
            if (count.getPlantId().equals(plantId)) {
                double share = counted > 0 ? count.getOnHand() / counted : 1.0 / counts().size();
                double rate = usedADay * share;
                int first = day(count.getEventTime());
                stock = count.getOnHand() + arrived(count, first);
                for (int day = first + 1; day <= 0; day++) {
                    stock = Math.max(0, stock - rate) + arrived(count, day);
                }
            }
        }
        return stock;
    }

    private double arrived(MaterialStock count, int day) {
        double quantity = 0;
        for (Receipt receipt : count.getReceipts()) {
            if (receipt.getDueAt().isAfter(count.getEventTime())
                    && !receipt.getDueAt().isAfter(world.now())
                    && day(receipt.getDueAt()) == day) {
                quantity += receipt.getQuantity();
            }
        }
        return quantity;
    }

    /** Stock of all plants now; with {@code low} without those that have not counted for long. */
    double onHand(boolean low) {
        double stock = 0;
        for (MaterialStock count : counts()) {
            if (!low || !SurgeSums.isStale(count.getEventTime(), world.now())) {
                stock += onHand(count.getPlantId());
            }
        }
        return stock;
    }

    /** What comes in on each day from today, 0, on. */
    double[] inflow(String posture, @Nullable String lostParent, int days) {
        List<Coming> receipts = receipts(posture);
        double[] inflow = new double[days + 1];
        for (Coming receipt : receipts) {
            @Nullable Supplier supplier = world.suppliers().get(receipt.supplierId);
            boolean isVouchedFor = supplier != null && supplier.getAllied();
            if (receipt.day <= days
                    && !parent(receipt.supplierId).equals(lostParent)
                    && (isVouchedFor || !posture.equals("CONFLICT"))) {
                inflow[receipt.day] += receipt.quantity;
            }
        }
        for (Supplier supplier : world.suppliers().values()) {
            if (supplier.getParentEntity().equals(lostParent)
                    || (posture.equals("CONFLICT") && !supplier.getAllied())) {
                continue;
            }
            int last = 0;
            for (Coming receipt : receipts) {
                if (receipt.supplierId.equals(supplier.getSupplierId())) {
                    last = Math.max(last, receipt.day);
                }
            }
            for (int day = last + 1; day <= days; day++) {
                inflow[day] += rate(supplier) / SurgeSums.MONTH_DAYS;
            }
        }
        return inflow;
    }

    private List<Coming> receipts(String posture) {
        if (!posture.equals("CRISIS") || coming.isEmpty()) {
            return coming;
        }
        int largest = 0;
        for (int i = 1; i < coming.size(); i++) {
            if (isBefore(coming.get(i), coming.get(largest))) {
                largest = i;
            }
        }
        List<Coming> delayed = new ArrayList<>(coming);
        Coming late = coming.get(largest);
        delayed.set(
                largest,
                new Coming(
                        late.day + CRISIS_DELAY_DAYS,
                        late.dueMs + Duration.ofDays(CRISIS_DELAY_DAYS).toMillis(),
                        late.quantity,
                        late.supplierId));
        return delayed;
    }

    private static boolean isBefore(Coming a, Coming b) {
        if (a.quantity != b.quantity) {
            return a.quantity > b.quantity;
        }
        return a.dueMs != b.dueMs ? a.dueMs < b.dueMs : a.supplierId.compareTo(b.supplierId) < 0;
    }

    private double rate(Supplier supplier) {
        return supplier.getSupplies().stream()
                .filter(offer -> offer.getMaterialId().equals(materialId))
                .mapToDouble(SupplierOffer::getUnitsPerMonth)
                .sum();
    }

    private String parent(String supplierId) {
        @Nullable Supplier supplier = world.suppliers().get(supplierId);
        return supplier == null ? supplierId : supplier.getParentEntity();
    }

    /** Stock at the end of each day from today, 0, on. */
    double[] course(double today, double[] inflow) {
        double[] stock = new double[inflow.length];
        stock[0] = today;
        for (int day = 1; day < stock.length; day++) {
            stock[day] = Math.max(0, stock[day - 1] - usedADay) + inflow[day];
        }
        return stock;
    }

    /** Parents that offer it, be it nothing, or owe a receipt. */
    Set<String> parents() {
        Set<String> parents = new TreeSet<>();
        for (Supplier supplier : world.suppliers().values()) {
            if (supplier.getSupplies().stream()
                    .anyMatch(offer -> offer.getMaterialId().equals(materialId))) {
                parents.add(supplier.getParentEntity());
            }
        }
        coming.forEach(receipt -> parents.add(parent(receipt.supplierId)));
        return parents;
    }

    /** Parents of the alliance that bring some. */
    Set<String> alliedBringers() {
        Set<String> parents = new TreeSet<>();
        for (Supplier supplier : world.suppliers().values()) {
            boolean owes = coming.stream()
                    .anyMatch(receipt -> receipt.supplierId.equals(supplier.getSupplierId()) && receipt.quantity > 0);
            if (supplier.getAllied() && (owes || rate(supplier) > 0)) {
                parents.add(supplier.getParentEntity());
            }
        }
        return parents;
    }

    /** Whether one parent brings 19 of 20 units; null if nobody brings any. */
    @Nullable
    Boolean isSingleSource() {
        Map<String, Double> brought = new HashMap<>();
        for (Supplier supplier : world.suppliers().values()) {
            brought.merge(supplier.getParentEntity(), rate(supplier), Double::sum);
        }
        if (brought.values().stream().allMatch(units -> units == 0)) {
            for (Coming receipt : coming) {
                brought.merge(parent(receipt.supplierId), receipt.quantity, Double::sum);
            }
        }
        double all = brought.values().stream().mapToDouble(Double::doubleValue).sum();
        return all == 0 ? null : brought.values().stream().anyMatch(units -> units >= 0.95 * all);
    }
}
