package org.capacityboard.oracle;

import java.util.ArrayList;
import java.util.List;

/**
 * What a row on orders is about.
 *
 * @param parts values of the table's key columns, as text
 */
public record LeadTimeKey(LeadTimeTable table, List<String> parts) implements Comparable<LeadTimeKey> {
    public LeadTimeKey {
        parts = List.copyOf(parts);
        if (parts.size() != table.keys().size()) {
            throw new IllegalArgumentException("Key of " + table.viewName() + " is " + parts + ", must be "
                    + table.keys().size() + " values");
        }
    }

    /** The key with these values. */
    public static LeadTimeKey of(LeadTimeTable table, Object... parts) {
        List<String> texts = new ArrayList<>();
        for (Object part : parts) {
            texts.add(part.toString());
        }
        return new LeadTimeKey(table, texts);
    }

    /** The value of a key column. */
    public String part(String column) {
        return parts.get(table.keys().indexOf(column));
    }

    @Override
    public int compareTo(LeadTimeKey other) {
        int order = table.compareTo(other.table);
        for (int i = 0; order == 0 && i < parts.size(); i++) {
            // Days of a curve are numbers without leading zeros.
            if (table.keys().get(i).equals("day")) {
                order = Integer.compare(
                        parts.get(i).length(), other.parts.get(i).length());
            }
            order = order == 0 ? parts.get(i).compareTo(other.parts.get(i)) : order;
        }
        return order;
    }

    @Override
    public String toString() {
        return table.viewName() + " " + String.join(", ", parts);
    }
}
