package org.capacityboard.domain.surge;

import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** What would be known if some suppliers delivered nothing from today on. */
final class LostSupply {
    private LostSupply() {}

    /** @param lostId whether a supplier of which nothing but its id is known is lost */
    static SurgeSnapshot from(SurgeSnapshot snapshot, Predicate<SurgeSupplier> lost, Predicate<String> lostId) {
        List<SurgeSupplier> suppliers = snapshot.suppliers().stream()
                .map(supplier -> lost.test(supplier) ? withoutRates(supplier) : supplier)
                .toList();
        Set<String> lostIds = snapshot.suppliers().stream()
                .filter(lost)
                .map(SurgeSupplier::supplierId)
                .collect(Collectors.toSet());
        Predicate<Receipt> comes = receipt -> receipt.dueAtMs() <= snapshot.nowMs()
                || !lostIds.contains(receipt.supplierId()) && !lostId.test(receipt.supplierId());
        List<MaterialCount> counts = snapshot.counts().stream()
                .map(count -> count.withReceipts(
                        count.receipts().stream().filter(comes).toList()))
                .toList();
        return snapshot.withSuppliers(suppliers).withCounts(counts);
    }

    private static SurgeSupplier withoutRates(SurgeSupplier supplier) {
        return new SurgeSupplier(
                supplier.supplierId(),
                supplier.parentEntity(),
                supplier.nation(),
                supplier.allied(),
                supplier.supplies().stream()
                        .map(offer -> new SupplierOffer(offer.materialId(), 0))
                        .toList());
    }
}
