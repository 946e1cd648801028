package org.capacityboard.domain.surge;

import java.util.ArrayList;
import java.util.List;

/**
 * What a plant should have of a material today.
 *
 * @param quantity its count, run down to today; 0 if it is lost
 * @param stale whether the count is too old to be vouched for
 */
record PlantStock(String plantId, double quantity, boolean stale) {

    /** Runs the counts of one material down to today, each at its share of what is used a day, by what was on hand. */
    static List<PlantStock> today(List<MaterialCount> counts, double usedPerDay, SurgeSnapshot snapshot) {
        double onHand = counts.stream().mapToDouble(MaterialCount::onHand).sum();
        long staleBeforeMs = snapshot.nowMs() - snapshot.staleAfterDays() * Days.MS;
        List<PlantStock> stocks = new ArrayList<>();
        for (MaterialCount count : counts) {
            double share = onHand == 0 ? 1.0 / counts.size() : count.onHand() / onHand;
            double quantity = count.lost() ? 0 : runDown(count, usedPerDay * share, snapshot.nowMs());
            stocks.add(new PlantStock(count.plantId(), quantity, count.countedAtMs() < staleBeforeMs));
        }
        return stocks;
    }

    private static double runDown(MaterialCount count, double usedPerDay, long nowMs) {
        int day = Math.min(0, Days.of(count.countedAtMs(), nowMs));
        double quantity = count.onHand();
        for (Receipt receipt : count.receipts()) {
            if (receipt.dueAtMs() > count.countedAtMs() && receipt.dueAtMs() <= nowMs) {
                int dueDay = Days.of(receipt.dueAtMs(), nowMs);
                quantity = Math.max(0, quantity - (dueDay - day) * usedPerDay) + receipt.quantity();
                day = dueDay;
            }
        }
        return Math.max(0, quantity + day * usedPerDay);
    }
}
