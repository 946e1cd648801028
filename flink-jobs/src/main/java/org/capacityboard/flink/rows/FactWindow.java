package org.capacityboard.flink.rows;

/** Size of the window that a row of facts covers. */
public enum FactWindow {
    MINUTE,
    HOUR,
    DAY
}
