package org.capacityboard.oracle;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Versions of one thing: which one holds at an instant. */
final class History<T> {
    static final long ALWAYS = Long.MIN_VALUE;

    private record Version<T>(T content, long validFromMs, long revision, long actsFromMs) {}

    private final List<Version<T>> versions = new ArrayList<>();

    /** The first content of one validFrom and revision stands. */
    void add(T content, long validFromMs, long revision, long appliesFromMs) {
        for (Version<T> version : versions) {
            if (version.validFromMs == validFromMs && version.revision == revision) {
                return;
            }
        }
        versions.add(new Version<>(content, validFromMs, revision, Math.max(validFromMs, appliesFromMs)));
    }

    /** The version that holds at an instant: of those that act by then, the one with the highest validFrom, then revision. */
    @Nullable
    T at(long instantMs) {
        @Nullable Version<T> best = null;
        for (Version<T> version : versions) {
            if (version.actsFromMs > instantMs) {
                continue;
            }
            if (best == null
                    || version.validFromMs > best.validFromMs
                    || (version.validFromMs == best.validFromMs && version.revision > best.revision)) {
                best = version;
            }
        }
        return best == null ? null : best.content;
    }

    /** Every content there ever was. */
    List<T> contents() {
        return versions.stream().map(Version::content).toList();
    }

    /** Instants at which another version may start to hold. */
    SortedSet<Long> changesMs() {
        SortedSet<Long> changes = new TreeSet<>();
        for (Version<T> version : versions) {
            if (version.actsFromMs != ALWAYS) {
                changes.add(version.actsFromMs);
            }
        }
        return changes;
    }
}
