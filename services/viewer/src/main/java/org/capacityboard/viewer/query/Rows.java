package org.capacityboard.viewer.query;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a query gave.
 *
 * @param rows values in the order of the columns; null is unknown
 * @param truncated whether there were more rows than the limit lets through
 */
public record Rows(List<Column> columns, List<List<@Nullable Object>> rows, boolean truncated) {

    /** The place of the column of this name; -1 if there is none. */
    public int indexOf(String column) {
        for (int i = 0; i < columns.size(); i++) {
            if (columns.get(i).name().equals(column)) {
                return i;
            }
        }
        return -1;
    }
}
