package org.capacityboard.domain.leadtime;

import java.util.Locale;

/** Which part of the past percentiles rest on. */
public enum Cohort {
    /** Every order ever confirmed. */
    ALL,
    /** What happened in the last 365 days; orders that are older enter late. */
    TRAILING;

    /** As it stands in tables. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
