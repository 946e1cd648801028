package org.capacityboard.flink.operators;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
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
    private final Map<String, Set<Long>> changesMs = new HashMap<>();

    void add(Ingested.Reference reference) {
        products.add(reference.id(), reference.validFromMs(), reference.revision(), SurgeReader.product(reference));
        changesMs.computeIfAbsent(reference.id(), any -> new HashSet<>()).add(reference.validFromMs());
    }

    /** The circle that a version would close at some instant, its product first; null if it closes none. */
    @Nullable
    List<String> circle(Ingested.Reference reference) {
        SurgeProduct changed = SurgeReader.product(reference);
        if (changed.bill().isEmpty()) {
            return null;
        }
        for (Long ms : instants(changed, reference.validFromMs())) {
            List<String> path = new ArrayList<>(List.of(changed.productId()));
            if (leadsBack(changed, changed.productId(), ms, path, new HashSet<>())) {
                return path;
            }
        }
        return null;
    }

    /** When what goes into a product changes, from an instant on. */
    private Set<Long> instants(SurgeProduct changed, long fromMs) {
        Set<Long> instants = new TreeSet<>(Set.of(fromMs));
        changesMs.values().forEach(all -> all.stream().filter(ms -> ms > fromMs).forEach(instants::add));
        instants.removeIf(ms -> ms > fromMs
                && changesMs.getOrDefault(changed.productId(), Set.of()).stream()
                        .anyMatch(own -> own > fromMs && own <= ms));
        return instants;
    }

    private boolean leadsBack(SurgeProduct from, String goal, long ms, List<String> path, Set<String> seen) {
        for (BillItem item : from.bill()) {
            String input = item.inputId();
            if (input.equals(goal)) {
                return true;
            }
            SurgeProduct next = products.at(input, ms);
            if (next != null && seen.add(input)) {
                path.add(input);
                if (leadsBack(next, goal, ms, path, seen)) {
                    return true;
                }
                path.remove(path.size() - 1);
            }
        }
        return false;
    }
}
