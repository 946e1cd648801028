package org.capacityboard.flink.sinks;

import java.sql.SQLException;

/** Rows that wait for the database. Of several writings of one row only the newest need wait. */
interface RowBuffer<T> {
    void add(T row);

    /** How many rows wait. */
    int size();

    /** Writes what waits, ordered by key so that two writers never wait for each other in a circle. May be called again after a failure. */
    void write(DatabaseSession session) throws SQLException;

    void clear();
}
