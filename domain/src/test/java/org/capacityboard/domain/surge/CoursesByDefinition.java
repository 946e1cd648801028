package org.capacityboard.domain.surge;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Stock and inflow of materials day by day, word for word by their definition. */
final class CoursesByDefinition {
    private static final double MONTH = ByDefinition.MONTH;
    private static final int LAST_DAY = 1_500;

    /** Days of a material under some loss: stock at the end of each and what comes on each. */
    record Course(double[] stock, double[] inflow) {}

    private final SurgeSnapshot snapshot;
    private final Map<String, Course> courses = new HashMap<>();

    CoursesByDefinition(SurgeSnapshot snapshot) {
        this.snapshot = snapshot;
    }

    static int day(long ms) {
        return (int) Math.ceil((ms - Scene.TODAY) / (double) Scene.DAY);
    }

    double quality(String productId) {
        for (ProductOutput output : snapshot.productOutputs()) {
            if (output.productId().equals(productId) && output.producedUnits() > 0) {
                return Math.min(1, (double) output.goodUnits() / output.producedUnits());
            }
        }
        return 1;
    }

    String parent(String supplierId) {
        for (SurgeSupplier supplier : snapshot.suppliers()) {
            if (supplier.supplierId().equals(supplierId)) {
                return supplier.parentEntity();
            }
        }
        return supplierId;
    }

    private boolean allied(String supplierId) {
        return snapshot.suppliers().stream()
                .anyMatch(supplier -> supplier.supplierId().equals(supplierId) && supplier.allied());
    }

    private double usedPerDay(String materialId) {
        double used = 0;
        for (ProductOutput output : snapshot.productOutputs()) {
            for (SurgeProduct product : snapshot.products()) {
                for (BillItem item : product.bill()) {
                    if (product.productId().equals(output.productId())
                            && item.inputId().equals(materialId)) {
                        used += (double) output.goodUnits()
                                / output.days()
                                * item.quantityPerUnit()
                                / quality(output.productId());
                    }
                }
            }
        }
        return used;
    }

    private double stockToday(String materialId, boolean low) {
        List<MaterialCount> counts = snapshot.counts().stream()
                .filter(count -> count.materialId().equals(materialId))
                .toList();
        double onHand = counts.stream().mapToDouble(MaterialCount::onHand).sum();
        double sum = 0;
        for (MaterialCount count : counts) {
            double share = onHand == 0 ? 1.0 / counts.size() : count.onHand() / onHand;
            double stock = count.onHand();
            for (int day = day(count.countedAtMs()); day <= 0; day++) {
                if (day > day(count.countedAtMs())) {
                    stock = Math.max(0, stock - usedPerDay(materialId) * share);
                }
                for (Receipt receipt : count.receipts()) {
                    if (receipt.dueAtMs() > count.countedAtMs() && day(receipt.dueAtMs()) == day) {
                        stock += receipt.quantity();
                    }
                }
            }
            boolean stale = count.countedAtMs() < Scene.TODAY - 14 * Scene.DAY;
            sum += low && stale ? 0 : stock;
        }
        return sum;
    }

    /** What comes, by supplier and day. */
    Map<String, double[]> inflows(String materialId, Posture posture, @Nullable String lost) {
        record Due(String supplierId, int day, double quantity) {}
        List<Due> due = new ArrayList<>();
        for (MaterialCount count : snapshot.counts()) {
            if (count.materialId().equals(materialId)) {
                count.receipts().stream()
                        .filter(receipt -> receipt.dueAtMs() > Scene.TODAY)
                        .forEach(one -> due.add(new Due(one.supplierId(), day(one.dueAtMs()), one.quantity())));
            }
        }
        if (posture == Posture.CRISIS && !due.isEmpty()) {
            Due largest = due.stream()
                    .min((a, b) -> a.quantity() != b.quantity()
                            ? Double.compare(b.quantity(), a.quantity())
                            : a.day() != b.day()
                                    ? Integer.compare(a.day(), b.day())
                                    : a.supplierId().compareTo(b.supplierId()))
                    .orElseThrow();
            due.remove(largest);
            due.add(new Due(largest.supplierId(), largest.day() + 60, largest.quantity()));
        }
        TreeSet<String> suppliers = new TreeSet<>();
        due.forEach(one -> suppliers.add(one.supplierId()));
        snapshot.suppliers().forEach(supplier -> suppliers.add(supplier.supplierId()));
        Map<String, double[]> inflows = new TreeMap<>();
        for (String supplier : suppliers) {
            double rate = 0;
            for (SurgeSupplier one : snapshot.suppliers()) {
                for (SupplierOffer offer : one.supplies()) {
                    boolean meant = one.supplierId().equals(supplier)
                            && offer.materialId().equals(materialId);
                    rate += meant ? offer.unitsPerMonth() / MONTH : 0;
                }
            }
            int last = due.stream()
                    .filter(one -> one.supplierId().equals(supplier))
                    .mapToInt(Due::day)
                    .max()
                    .orElse(0);
            boolean comes = !parent(supplier).equals(lost) && (posture != Posture.CONFLICT || allied(supplier));
            double[] inflow = new double[LAST_DAY + 1];
            for (int day = 1; comes && day <= LAST_DAY; day++) {
                inflow[day] = day > last ? rate : 0;
                for (Due one : due) {
                    inflow[day] += one.supplierId().equals(supplier) && one.day() == day ? one.quantity() : 0;
                }
            }
            inflows.put(supplier, inflow);
        }
        return inflows;
    }

    Course course(String materialId, Posture posture, @Nullable String lost, boolean low) {
        return courses.computeIfAbsent(materialId + posture + lost + low, any -> {
            double[] inflow = new double[LAST_DAY + 1];
            for (double[] one : inflows(materialId, posture, lost).values()) {
                for (int day = 1; day <= LAST_DAY; day++) {
                    inflow[day] += one[day];
                }
            }
            double[] stock = new double[LAST_DAY + 1];
            stock[0] = stockToday(materialId, low);
            double used = usedPerDay(materialId);
            for (int day = 1; day <= LAST_DAY; day++) {
                stock[day] = Math.max(0, stock[day - 1] - used) + inflow[day];
            }
            return new Course(stock, inflow);
        });
    }
}
