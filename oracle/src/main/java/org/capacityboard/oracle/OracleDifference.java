package org.capacityboard.oracle;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * One value of one row in which two sources disagree; a row that is missing counts as zeros.
 *
 * @param column the fact, or {@code final}
 */
public record OracleDifference(OracleKey key, String column, String expected, String found) {
    private static final int SHOWN = 25;

    /** Every difference, in key order; {@code duplicates} and {@code late_reports} are not compared. */
    public static List<OracleDifference> between(OracleRows expected, OracleRows found) {
        SortedSet<OracleKey> keys = new TreeSet<>(expected.rows().keySet());
        keys.addAll(found.rows().keySet());
        List<OracleDifference> differences = new ArrayList<>();
        for (OracleKey key : keys) {
            OracleRow left = expected.row(key);
            OracleRow right = found.row(key);
            boolean bothHold = true;
            List<String> columns = key.table().columns();
            for (int i = 0; i < columns.size(); i++) {
                if (OracleTable.OUTSIDE_COMPARISON.contains(columns.get(i))) {
                    continue;
                }
                long before = left.values().get(i);
                long after = right.values().get(i);
                if (before != after) {
                    differences.add(new OracleDifference(
                            key, columns.get(i), String.valueOf(before), after + " (" + (after - before) + " more)"));
                    bothHold = false;
                }
            }
            bothHold &= expected.rows().containsKey(key) && found.rows().containsKey(key);
            if (bothHold && left.isFinal() != right.isFinal()) {
                differences.add(new OracleDifference(
                        key, "final", String.valueOf(left.isFinal()), String.valueOf(right.isFinal())));
            }
        }
        return differences;
    }

    /** The first differences, one a line, and how many there are; empty if there is none. */
    public static String describe(List<OracleDifference> differences) {
        if (differences.isEmpty()) {
            return "";
        }
        return differences.size() + " differences" + (differences.size() > SHOWN ? ", the first " + SHOWN : "") + ":\n"
                + differences.stream()
                        .limit(SHOWN)
                        .map(OracleDifference::toString)
                        .collect(Collectors.joining("\n"));
    }

    @Override
    public String toString() {
        return key + ": " + column + " expected " + expected + ", found " + found;
    }
}
