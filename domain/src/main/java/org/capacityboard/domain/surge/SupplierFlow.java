package org.capacityboard.domain.surge;

import java.util.List;

/**
 * What one supplier brings of one material from tomorrow on: its firm receipts, and after the last of them its rate.
 *
 * @param parent number of its parent, in the order of their names
 * @param allied whether it delivers in a conflict
 * @param due firm receipts, the earliest first
 * @param perMonth its rate, in the unit of the material a month
 */
record SupplierFlow(String supplierId, int parent, boolean allied, List<Due> due, double perMonth) {
    /** A receipt on a day, 1 or later. */
    record Due(int day, double quantity) {}

    SupplierFlow {
        due = List.copyOf(due);
    }

    /** First day of its rate. */
    int rateFromDay() {
        return due.isEmpty() ? 1 : due.get(due.size() - 1).day() + 1;
    }

    boolean bringsAnything() {
        return perMonth > 0 || due.stream().anyMatch(one -> one.quantity() > 0);
    }
}
