package org.capacityboard.oracle;

import java.util.List;
import java.util.Set;

/** A view of the schema {@code capacity} that the oracle recomputes. */
public enum OracleTable {
    LINE_PRODUCT_MINUTE("line_product_minute", "window_start", OracleTable.FACTS),
    LINE_PRODUCT_HOUR("line_product_hour", "window_start", OracleTable.FACTS),
    LINE_PRODUCT_DAY("line_product_day", "production_day", OracleTable.FACTS),
    LINE_LOSS_DAY("line_loss_day", "production_day", OracleTable.LOSS);

    /** How often a report came and how many came too late depends on arrival, so nothing is claimed of them. */
    static final Set<String> OUTSIDE_COMPARISON = Set.of("duplicates", "late_reports");

    private static final String FACTS =
            "planned_ms producing_ms setup_ms delay_ms down_ms unknown_ms unplanned_producing_ms good_units scrap_units"
                    + " rework_units ideal_us ideal_good_us reports duplicates lost_reports late_reports";
    /** Of the view's exact decimal {@code seconds}, in ms. */
    private static final String LOSS = "lost_ms";

    private final String viewName;
    private final String windowColumn;
    private final List<String> columns;

    OracleTable(String viewName, String windowColumn, String columns) {
        this.viewName = viewName;
        this.windowColumn = windowColumn;
        this.columns = List.of(columns.split(" "));
    }

    /** Name of the view and, with {@code .csv} added, of its file. */
    public String viewName() {
        return viewName;
    }

    String windowColumn() {
        return windowColumn;
    }

    /** Names of a row's values, in their order. */
    public List<String> columns() {
        return columns;
    }
}
