package org.capacityboard.oracle;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** A view of the schema {@code capacity} on orders that the oracle recomputes. */
public enum LeadTimeTable {
    LEAD_TIME(
            "lead_time",
            "as_of group_kind group_id cohort basis",
            "~p50_days ~p80_days ~p90_days orders_total orders_completed orders_open orders_cancelled at_risk p80_at_risk"
                    + " p90_at_risk ~cancelled_share ~completed_only_mean_days final"),
    LEAD_TIME_CURVE(
            "lead_time_curve",
            "group_kind group_id cohort basis day",
            "as_of ~survival at_risk ~cancelled_share final"),
    ORDER_BACKLOG(
            "order_backlog",
            "as_of group_kind group_id",
            "open_orders backlog_units overdue_orders overdue_units accepted_units ~rate_weeks ~cover_weeks final"),
    ON_TIME_WEEK(
            "on_time_week",
            "iso_week group_kind group_id",
            "lines_due lines_on_time_in_full units_due units_on_time ~on_time_in_full_ratio ~units_on_time_ratio final"),
    ORDER_STATUS(
            "order_status",
            "order_id",
            "product_id plant_id buyer_nation framework_id priority state ordered_units dispatched_units accepted_units"
                    + " rejected_units backlog_units queue_units confirmed_at baseline_promised_at promised_at"
                    + " first_accepted_at completed_at cancelled_at forecast_p50_at forecast_p80_at ~slip_days overdue"
                    + " stalled flags final");

    /** Marks a column whose values are compared as numbers that were rounded on the way. */
    private static final char ROUNDED = '~';

    private final String viewName;
    private final List<String> keys;
    private final List<String> columns;
    private final List<Boolean> rounded;

    LeadTimeTable(String viewName, String keys, String columns) {
        this.viewName = viewName;
        this.keys = List.of(keys.split(" "));
        List<String> marked = Arrays.asList(columns.split(" "));
        this.columns = marked.stream()
                .map(column -> isMarked(column) ? column.substring(1) : column)
                .toList();
        this.rounded = marked.stream().map(LeadTimeTable::isMarked).toList();
    }

    private static boolean isMarked(String column) {
        return column.charAt(0) == ROUNDED;
    }

    /** Name of the view and, with {@code .csv} added, of its file. */
    public String viewName() {
        return viewName;
    }

    /** Names of the columns that tell one row from another. */
    public List<String> keys() {
        return keys;
    }

    /** Names of a row's values, in their order; {@code final} is the last. */
    public List<String> columns() {
        return columns;
    }

    boolean isRounded(int column) {
        return rounded.get(column);
    }

    Stream<String> allColumns() {
        return Stream.concat(keys.stream(), columns.stream());
    }
}
