package org.capacityboard.flink.rows;

/** A row that tells how new it is. */
public interface StampedRow {
    RowStamp stamp();
}
