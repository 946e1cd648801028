package org.capacityboard.domain.surge;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** A change that has not happened: from what is known to what would be. Changes follow each other by {@link #then}. */
@FunctionalInterface
public interface WhatIf {
    /** Hours of one more shift, hours a week. */
    double SHIFT_HOURS = 40;

    /**
     * What would be known.
     *
     * @throws UnknownSubjectException if nothing in the snapshot has the name that the change is about
     */
    SurgeSnapshot applyTo(SurgeSnapshot snapshot);

    /** This change and another one after it. */
    default WhatIf then(WhatIf next) {
        return snapshot -> next.applyTo(applyTo(snapshot));
    }

    /** One more shift on a line: 40 contracted hours a week more, at most 168. It brings no people. */
    static WhatIf addShift(String lineId) {
        return snapshot -> {
            List<SurgeLine> lines = new ArrayList<>();
            boolean known = false;
            for (SurgeLine line : snapshot.lines()) {
                boolean meant = line.lineId().equals(lineId);
                known |= meant;
                lines.add(
                        meant
                                ? new SurgeLine(
                                        lineId,
                                        line.plantId(),
                                        line.productId(),
                                        line.declaredUnitsPerHour(),
                                        line.hoursPerWeek().plus(SHIFT_HOURS),
                                        line.availableFromMs())
                                : line);
            }
            UnknownSubjectException.unless(known, "Line", lineId);
            return snapshot.withLines(lines);
        };
    }

    /** A supplier, or all suppliers of a parent, deliver nothing from today on. What plants have stays. */
    static WhatIf loseSupplier(String supplierOrParent) {
        return snapshot -> {
            boolean asSupplier = snapshot.suppliers().stream()
                            .anyMatch(supplier -> supplier.supplierId().equals(supplierOrParent))
                    || snapshot.counts().stream()
                            .flatMap(count -> count.receipts().stream())
                            .anyMatch(receipt -> receipt.supplierId().equals(supplierOrParent));
            boolean asParent = snapshot.suppliers().stream()
                    .anyMatch(supplier -> supplier.parentEntity().equals(supplierOrParent));
            UnknownSubjectException.unless(asSupplier || asParent, "Supplier", supplierOrParent);
            return LostSupply.from(
                    snapshot,
                    supplier -> asSupplier
                            ? supplier.supplierId().equals(supplierOrParent)
                            : supplier.parentEntity().equals(supplierOrParent),
                    supplierOrParent::equals);
        };
    }

    /** No supplier of a nation delivers from today on. What plants have stays. */
    static WhatIf loseNation(String nation) {
        return snapshot -> {
            Predicate<SurgeSupplier> ofNation = supplier -> supplier.nation().equals(nation);
            UnknownSubjectException.unless(
                    snapshot.suppliers().stream().anyMatch(ofNation), "Nation of a supplier", nation);
            return LostSupply.from(snapshot, ofNation, any -> false);
        };
    }

    /** A plant is lost: its lines make nothing and its stocks are gone. What is due to it goes to other plants. */
    static WhatIf losePlant(String plantId) {
        return snapshot -> {
            boolean known =
                    snapshot.lines().stream().anyMatch(line -> line.plantId().equals(plantId))
                            || snapshot.counts().stream()
                                    .anyMatch(count -> count.plantId().equals(plantId));
            UnknownSubjectException.unless(known, "Plant", plantId);
            return LostPlant.from(snapshot, plantId);
        };
    }

    /** So much more of a material is in stock today; less if below 0. */
    static WhatIf addStock(String materialId, double quantity) {
        return snapshot -> {
            boolean known = snapshot.materials().stream()
                            .anyMatch(material -> material.materialId().equals(materialId))
                    || snapshot.counts().stream()
                            .anyMatch(count -> count.materialId().equals(materialId));
            UnknownSubjectException.unless(known, "Material", materialId);
            List<AddedStock> stocks = new ArrayList<>();
            double sum = quantity;
            for (AddedStock added : snapshot.addedStocks()) {
                if (added.materialId().equals(materialId)) {
                    sum += added.quantity();
                } else {
                    stocks.add(added);
                }
            }
            stocks.add(new AddedStock(materialId, sum));
            return snapshot.withAddedStocks(stocks);
        };
    }

    /** Another rate is required of a product in a posture, as soon and for as long as was required before. */
    static WhatIf require(String productId, Posture posture, double unitsPerMonth) {
        return snapshot -> {
            boolean known = snapshot.products().stream()
                            .anyMatch(product -> product.productId().equals(productId))
                    || snapshot.lines().stream()
                            .anyMatch(line -> line.productId().equals(productId));
            UnknownSubjectException.unless(known, "Product", productId);
            List<Requirement> requirements = new ArrayList<>();
            Requirement changed = new Requirement(productId, posture, unitsPerMonth, null, null);
            for (Requirement required : snapshot.requirements()) {
                if (required.productId().equals(productId) && required.posture() == posture) {
                    changed = new Requirement(
                            productId, posture, unitsPerMonth, required.reachWithinDays(), required.sustainDays());
                } else {
                    requirements.add(required);
                }
            }
            requirements.add(changed);
            return snapshot.withRequirements(requirements);
        };
    }
}
