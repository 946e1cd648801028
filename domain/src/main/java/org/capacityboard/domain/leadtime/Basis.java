package org.capacityboard.domain.leadtime;

/** What ends a lead time. The names stand in tables. */
public enum Basis {
    /** Acceptance of the order's last unit. */
    LAST_UNIT,
    /** Acceptance of its first unit. */
    FIRST_UNIT,
    /** Acceptance of each unit: every unit is an observation. */
    PER_UNIT
}
