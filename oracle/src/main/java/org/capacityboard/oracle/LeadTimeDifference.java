package org.capacityboard.oracle;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * One value of one row on orders in which two sources disagree: numbers that are not whole by more than a billionth, all else
 * at all.
 *
 * @param column {@code row} if one of the two has no such row
 */
public record LeadTimeDifference(LeadTimeKey key, String column, String expected, String found) {
    private static final int SHOWN = 25;
    private static final double RELATIVE = 1e-9;
    private static final double ABSOLUTE = 1e-12;
    private static final String NONE = "none";

    /** Every difference, in key order. */
    public static List<LeadTimeDifference> between(LeadTimeRows expected, LeadTimeRows found) {
        SortedSet<LeadTimeKey> keys = new TreeSet<>(expected.rows().keySet());
        keys.addAll(found.rows().keySet());
        List<LeadTimeDifference> differences = new ArrayList<>();
        for (LeadTimeKey key : keys) {
            List<String> left = expected.rows().getOrDefault(key, Collections.emptyList());
            List<String> right = found.rows().getOrDefault(key, Collections.emptyList());
            if (left.isEmpty() || right.isEmpty()) {
                differences.add(new LeadTimeDifference(
                        key,
                        "row",
                        left.isEmpty() ? NONE : told(key, left),
                        right.isEmpty() ? NONE : told(key, right)));
                continue;
            }
            for (int i = 0; i < left.size(); i++) {
                if (!agree(left.get(i), right.get(i), key.table().isRounded(i))) {
                    differences.add(new LeadTimeDifference(
                            key, key.table().columns().get(i), shown(left.get(i)), shown(right.get(i))));
                }
            }
        }
        return differences;
    }

    static boolean agree(String left, String right, boolean isRounded) {
        if (left.equals(right)) {
            return true;
        }
        if (!isRounded || left.isEmpty() || right.isEmpty()) {
            return false;
        }
        double a = Double.parseDouble(left);
        double b = Double.parseDouble(right);
        return Math.abs(a - b) <= Math.max(ABSOLUTE, RELATIVE * Math.max(Math.abs(a), Math.abs(b)));
    }

    private static String shown(String text) {
        return text.isEmpty() ? "null" : text;
    }

    private static String told(LeadTimeKey key, List<String> row) {
        List<String> told = new ArrayList<>();
        for (int i = 0; i < row.size(); i++) {
            told.add(key.table().columns().get(i) + " " + shown(row.get(i)));
        }
        return String.join(", ", told);
    }

    /** The first differences, one a line, and how many there are; empty if there is none. */
    public static String describe(List<LeadTimeDifference> differences) {
        if (differences.isEmpty()) {
            return "";
        }
        return differences.size() + " differences" + (differences.size() > SHOWN ? ", the first " + SHOWN : "") + ":\n"
                + differences.stream()
                        .limit(SHOWN)
                        .map(LeadTimeDifference::toString)
                        .collect(Collectors.joining("\n"));
    }

    @Override
    public String toString() {
        return key + ": " + column + " expected " + expected + ", found " + found;
    }
}
