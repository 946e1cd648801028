package org.capacityboard.domain.surge;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/** A change that has not happened: from what is known to what would be. Changes follow each other by {@link #then}; of two requirements of one product and posture the later holds. */
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

    /** No change. */
    static WhatIf nothing() {
        return snapshot -> snapshot;
    }

    /** One more shift on a line: 40 contracted hours a week more, at most 168. It brings no people. */
    static WhatIf addShift(String lineId) {
        return snapshot -> {
            List<SurgeLine> lines = new ArrayList<>();
            Set<String> known = new HashSet<>();
            for (SurgeLine line : snapshot.lines()) {
                known.add(line.lineId());
                lines.add(
                        line.lineId().equals(lineId)
                                ? new SurgeLine(
                                        lineId,
                                        line.plantId(),
                                        line.productId(),
                                        line.declaredUnitsPerHour(),
                                        line.hoursPerWeek().plus(SHIFT_HOURS),
                                        line.availableFromMs())
                                : line);
            }
            UnknownSubjectException.require(lineId, "Line", known);
            return snapshot.withLines(lines);
        };
    }

    /** All suppliers of a parent, or else the supplier of this id, deliver nothing from today on. What plants have stays. */
    static WhatIf loseSupplier(String supplierOrParent) {
        return snapshot -> {
            Set<String> suppliers = new HashSet<>();
            Set<String> parents = new HashSet<>();
            for (SurgeSupplier supplier : snapshot.suppliers()) {
                suppliers.add(supplier.supplierId());
                parents.add(supplier.parentEntity());
            }
            Set<String> known = new HashSet<>(parents);
            known.addAll(suppliers);
            for (MaterialCount count : snapshot.counts()) {
                count.receipts().forEach(receipt -> known.add(receipt.supplierId()));
            }
            UnknownSubjectException.require(supplierOrParent, "Supplier", known);
            boolean asParent = parents.contains(supplierOrParent);
            return LostSupply.from(
                    snapshot,
                    supplier -> supplierOrParent.equals(asParent ? supplier.parentEntity() : supplier.supplierId()),
                    id -> id.equals(supplierOrParent) && !suppliers.contains(id));
        };
    }

    /** No supplier of a nation delivers from today on. What plants have stays. */
    static WhatIf loseNation(String nation) {
        return snapshot -> {
            Set<String> known = new HashSet<>();
            snapshot.suppliers().forEach(supplier -> known.add(supplier.nation()));
            UnknownSubjectException.require(nation, "Nation of a supplier", known);
            Predicate<SurgeSupplier> ofNation = supplier -> supplier.nation().equals(nation);
            return LostSupply.from(snapshot, ofNation, any -> false);
        };
    }

    /** A plant is lost: its lines make nothing and its stocks are gone. What is due to it goes to other plants. */
    static WhatIf losePlant(String plantId) {
        return snapshot -> {
            Set<String> known = new HashSet<>();
            snapshot.lines().forEach(line -> known.add(line.plantId()));
            snapshot.counts().forEach(count -> known.add(count.plantId()));
            UnknownSubjectException.require(plantId, "Plant", known);
            return LostPlant.from(snapshot, plantId);
        };
    }

    /** So much more of a material is in stock today; less if below 0. */
    static WhatIf addStock(String materialId, double quantity) {
        return snapshot -> {
            Set<String> known = new HashSet<>();
            snapshot.materials().forEach(material -> known.add(material.materialId()));
            snapshot.counts().forEach(count -> known.add(count.materialId()));
            UnknownSubjectException.require(materialId, "Material", known);
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
            UnknownSubjectException.require(productId, "Product", snapshot.productIds());
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
