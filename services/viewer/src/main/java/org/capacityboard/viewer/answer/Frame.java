package org.capacityboard.viewer.answer;

import java.util.List;
import org.capacityboard.viewer.query.Column;
import org.jspecify.annotations.Nullable;

/**
 * What one query of a panel gave.
 *
 * @param ref letter of the query
 * @param format {@code table} or {@code time_series}
 * @param truncated whether there were more rows than are shown
 * @param problem why there is no answer; null if there is one
 */
public record Frame(
        String ref,
        String format,
        List<Column> columns,
        List<List<@Nullable Object>> rows,
        boolean truncated,
        @Nullable String problem) {}
