package org.capacityboard.oracle;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** A view of the schema {@code capacity} on surge readiness that the oracle recomputes. */
public enum SurgeTable {
    SURGE_READINESS(
            "surge_readiness",
            "as_of product_id posture evidence",
            "~required_per_month ~achievable_per_month ~readiness ~readiness_low ~readiness_high binding_constraint"
                    + " binding_id next_constraint next_id ~next_achievable_per_month time_to_surge_days sustained_days"
                    + " ~units_short lost_parent final"),
    SURGE_CONSTRAINT("surge_constraint", "as_of line_id posture constraint", "~units_per_month final"),
    MATERIAL_COVER(
            "material_cover",
            "as_of plant_id material_id posture",
            "~days_of_supply single_source ~on_hand ~daily_draw final"),
    SUPPLIER_CRITICALITY(
            "supplier_criticality",
            "as_of supplier_parent product_id posture",
            "~readiness_without ~criticality final");

    /** Marks a column whose values are compared as numbers that were rounded on the way. */
    private static final char ROUNDED = '~';

    private final String viewName;
    private final List<String> keys;
    private final List<String> columns;
    private final List<Boolean> rounded;

    SurgeTable(String viewName, String keys, String columns) {
        this.viewName = viewName;
        this.keys = List.of(keys.split(" "));
        List<String> marked = Arrays.asList(columns.split(" "));
        this.columns = marked.stream()
                .map(column -> isMarked(column) ? column.substring(1) : column)
                .toList();
        this.rounded = marked.stream().map(SurgeTable::isMarked).toList();
    }

    private static boolean isMarked(String column) {
        return column.charAt(0) == ROUNDED;
    }

    /** Name of the view and, with {@code .csv} added, of its file. */
    public String viewName() {
        return viewName;
    }

    /** Names of the columns that tell one row from another; {@code as_of} is the first. */
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
