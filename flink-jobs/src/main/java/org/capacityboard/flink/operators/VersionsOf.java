package org.capacityboard.flink.operators;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Versions of one kind of reference data by id, of each validFrom the highest revision. */
final class VersionsOf<T> {
    private final Map<String, TreeMap<Long, Revised<T>>> byId = new HashMap<>();

    private record Revised<T>(long revision, T value) {}

    void add(String id, long validFromMs, long revision, T value) {
        byId.computeIfAbsent(id, any -> new TreeMap<>())
                .merge(
                        validFromMs,
                        new Revised<>(revision, value),
                        (known, given) -> given.revision() > known.revision() ? given : known);
    }

    boolean knows(String id) {
        return byId.containsKey(id);
    }

    boolean isEmpty() {
        return byId.isEmpty();
    }

    /** What holds of an id at an instant; null if nothing does. */
    @Nullable
    T at(String id, long ms) {
        TreeMap<Long, Revised<T>> versions = byId.get(id);
        Map.Entry<Long, Revised<T>> version = versions == null ? null : versions.floorEntry(ms);
        return version == null ? null : version.getValue().value();
    }

    /** All that holds at an instant. */
    List<T> allAt(long ms) {
        List<T> all = new ArrayList<>();
        for (TreeMap<Long, Revised<T>> versions : byId.values()) {
            Map.Entry<Long, Revised<T>> version = versions.floorEntry(ms);
            if (version != null) {
                all.add(version.getValue().value());
            }
        }
        return all;
    }
}
