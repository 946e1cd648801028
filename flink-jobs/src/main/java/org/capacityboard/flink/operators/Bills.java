package org.capacityboard.flink.operators;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.capacityboard.domain.surge.BillItem;
import org.capacityboard.domain.surge.SurgeProduct;
import org.capacityboard.flink.ingest.Ingested;
import org.capacityboard.flink.ingest.SurgeReader;
import org.jspecify.annotations.Nullable;

/** What goes into what, over all time: finds the version of a product by which something would go into itself. */
final class Bills {
    private final VersionsOf<SurgeProduct> products = new VersionsOf<>();
    private final TreeSet<Long> changesMs = new TreeSet<>();
    private final Map<String, TreeSet<Long>> changesOfProductMs = new HashMap<>();

    void add(Ingested.Reference reference) {
        products.add(reference.id(), reference.validFromMs(), reference.revision(), SurgeReader.product(reference));
        changesMs.add(reference.validFromMs());
        changesOfProductMs
                .computeIfAbsent(reference.id(), any -> new TreeSet<>())
                .add(reference.validFromMs());
    }

    /** The circle that a version would close at some instant, its product first; null if it closes none. */
    @Nullable
    List<String> circle(Ingested.Reference reference) {
        SurgeProduct changed = SurgeReader.product(reference);
        if (changed.bill().isEmpty()) {
            return null;
        }
        for (Long ms : instants(changed.productId(), reference.validFromMs())) {
            List<String> path = pathBack(changed, ms);
            if (path != null) {
                return path;
            }
        }
        return null;
    }

    /** When what goes into anything changes, from an instant on, until the product's own next version. */
    private Set<Long> instants(String productId, long fromMs) {
        Long next = changesOfProductMs.getOrDefault(productId, new TreeSet<>()).higher(fromMs);
        TreeSet<Long> instants = new TreeSet<>(changesMs.tailSet(fromMs, false));
        if (next != null) {
            instants.tailSet(next).clear();
        }
        instants.add(fromMs);
        return instants;
    }

    /** How a product's bill leads back to it at an instant. Without recursion: bills may be of more levels than a thread's stack. */
    private @Nullable List<String> pathBack(SurgeProduct changed, long ms) {
        Set<String> seen = new HashSet<>();
        List<String> path = new ArrayList<>(List.of(changed.productId()));
        Deque<Iterator<BillItem>> left = new ArrayDeque<>(List.of(changed.bill().iterator()));
        while (!left.isEmpty()) {
            if (left.element().hasNext()) {
                String input = left.element().next().inputId();
                if (input.equals(changed.productId())) {
                    return path;
                }
                SurgeProduct next = products.at(input, ms);
                if (next != null && seen.add(input)) {
                    path.add(input);
                    left.push(next.bill().iterator());
                }
            } else {
                left.pop();
                path.remove(path.size() - 1);
            }
        }
        return null;
    }
}
