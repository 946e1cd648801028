package org.capacityboard.oracle;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One value of one row on surge readiness in which two sources disagree: numbers that are not whole by more than a billionth, all
 * else at all.
 *
 * @param column {@code row} if one of the two has no such row
 */
public record SurgeDifference(SurgeKey key, String column, String expected, String found) {
    private static final int SHOWN = 25;

    /** Every difference, in key order. */
    public static List<SurgeDifference> between(SurgeRows expected, SurgeRows found) {
        SortedSet<SurgeKey> keys = new TreeSet<>(expected.rows().keySet());
        keys.addAll(found.rows().keySet());
        List<SurgeDifference> differences = new ArrayList<>();
        for (SurgeKey key : keys) {
            @Nullable List<String> left = expected.rows().get(key);
            @Nullable List<String> right = found.rows().get(key);
            if (left == null || right == null) {
                differences.add(new SurgeDifference(
                        key,
                        "row",
                        left == null ? "none" : left.toString(),
                        right == null ? "none" : right.toString()));
                continue;
            }
            for (int i = 0; i < left.size(); i++) {
                if (!LeadTimeDifference.agree(
                        left.get(i), right.get(i), key.table().isRounded(i))) {
                    differences.add(
                            new SurgeDifference(key, key.table().columns().get(i), left.get(i), right.get(i)));
                }
            }
        }
        return differences;
    }

    /** The first differences, one a line, and how many there are; empty if there is none. */
    public static String describe(List<SurgeDifference> differences) {
        if (differences.isEmpty()) {
            return "";
        }
        return differences.size() + " differences" + (differences.size() > SHOWN ? ", the first " + SHOWN : "") + ":\n"
                + differences.stream()
                        .limit(SHOWN)
                        .map(SurgeDifference::toString)
                        .collect(Collectors.joining("\n"));
    }

    @Override
    public String toString() {
        return key + ": " + column + " expected '" + expected + "', found '" + found + "'";
    }
}
