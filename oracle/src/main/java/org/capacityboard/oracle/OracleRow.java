package org.capacityboard.oracle;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/**
 * Values of a row.
 *
 * @param values one per column of the table
 * @param isFinal whether only a restatement may change them
 */
public record OracleRow(List<Long> values, boolean isFinal) {
    public OracleRow {
        values = List.copyOf(values);
    }

    /** A row of facts or of a loss from plain numbers. */
    public static OracleRow of(boolean isFinal, long... values) {
        return new OracleRow(Arrays.stream(values).boxed().toList(), isFinal);
    }

    static OracleRow zero(OracleTable table) {
        return new OracleRow(Collections.nCopies(table.columns().size(), 0L), true);
    }

    boolean isZero() {
        return values.stream().allMatch(value -> value == 0);
    }
}
