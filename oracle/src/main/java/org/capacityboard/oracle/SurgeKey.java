package org.capacityboard.oracle;

import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;

/**
 * What a row on surge readiness is about.
 *
 * @param parts values of the table's key columns, as text
 */
public record SurgeKey(SurgeTable table, List<String> parts) implements Comparable<SurgeKey> {
    private static final Comparator<SurgeKey> ORDER =
            Comparator.comparing(SurgeKey::table).thenComparing(key -> String.join("\t", key.parts));

    public SurgeKey {
        parts = List.copyOf(parts);
        if (parts.size() != table.keys().size()) {
            throw new IllegalArgumentException("Key of " + table.viewName() + " is " + parts + ", must be "
                    + table.keys().size() + " values");
        }
    }

    /** The UTC date that the row stands for. */
    public LocalDate asOf() {
        return LocalDate.parse(parts.get(0));
    }

    @Override
    public int compareTo(SurgeKey other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return table.viewName() + " " + String.join(", ", parts);
    }
}
