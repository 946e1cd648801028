package org.capacityboard.flink.operators;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.capacityboard.domain.surge.BillItem;
import org.capacityboard.domain.surge.BillOrder;
import org.capacityboard.domain.surge.SurgeProduct;
import org.capacityboard.domain.surge.SurgeSnapshot;

/**
 * A snapshot that can be computed. Bills of products that go into themselves are left out, and with them what is required of these products and of all that
 * takes them: by their lines alone they would look ready.
 *
 * @param snapshot what is left
 * @param inCircles products that go into themselves, in order
 */
record WithoutCircles(SurgeSnapshot snapshot, Set<String> inCircles) {
    static WithoutCircles of(SurgeSnapshot snapshot) {
        List<SurgeProduct> products = snapshot.products();
        List<String> circle = BillOrder.circleIn(products);
        if (circle == null) {
            return new WithoutCircles(snapshot, Set.of());
        }
        Set<String> leftOut = new HashSet<>();
        Set<String> inCircles = new TreeSet<>();
        while (circle != null) {
            inCircles.addAll(circle);
            leftOut.addAll(takersOf(circle, products));
            products = products.stream()
                    .map(product -> inCircles.contains(product.productId()) ? withoutBill(product) : product)
                    .toList();
            circle = BillOrder.circleIn(products);
        }
        return new WithoutCircles(
                new SurgeSnapshot(
                        snapshot.nowMs(),
                        snapshot.staleAfterDays(),
                        snapshot.lines(),
                        products,
                        snapshot.materials(),
                        snapshot.suppliers(),
                        snapshot.counts(),
                        snapshot.addedStocks(),
                        snapshot.crews(),
                        snapshot.requirements().stream()
                                .filter(required -> !leftOut.contains(required.productId()))
                                .toList(),
                        snapshot.lineOutputs(),
                        snapshot.productOutputs(),
                        snapshot.lastReports()),
                inCircles);
    }

    private static SurgeProduct withoutBill(SurgeProduct product) {
        return new SurgeProduct(product.productId(), product.name(), product.interchangeabilityGroup(), List.of());
    }

    /** These products and all into which they go. */
    private static Set<String> takersOf(List<String> inputs, List<SurgeProduct> products) {
        Map<String, List<String>> takers = new HashMap<>();
        for (SurgeProduct product : products) {
            for (BillItem item : product.bill()) {
                takers.computeIfAbsent(item.inputId(), any -> new ArrayList<>()).add(product.productId());
            }
        }
        Set<String> found = new HashSet<>(inputs);
        Deque<String> left = new ArrayDeque<>(inputs);
        while (!left.isEmpty()) {
            for (String taker : takers.getOrDefault(left.remove(), List.of())) {
                if (found.add(taker)) {
                    left.add(taker);
                }
            }
        }
        return found;
    }
}
