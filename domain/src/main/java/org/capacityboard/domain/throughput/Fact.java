package org.capacityboard.domain.throughput;

import java.util.Locale;

/** The additive facts of a window, in the order of the stored columns. Milliseconds, microseconds or units: integers, so sums never depend on order. */
public enum Fact {
    PLANNED_MS,
    PRODUCING_MS,
    SETUP_MS,
    DELAY_MS,
    DOWN_MS,
    UNKNOWN_MS,
    UNPLANNED_PRODUCING_MS,
    GOOD_UNITS,
    SCRAP_UNITS,
    REWORK_UNITS,
    IDEAL_US,
    IDEAL_GOOD_US,
    REPORTS,
    DUPLICATES,
    LOST_REPORTS,
    LATE_REPORTS;

    /** How many facts a window has. */
    public static final int COUNT = values().length;

    /** Name of the database column and of the CSV column. */
    public String column() {
        return name().toLowerCase(Locale.ROOT);
    }
}
