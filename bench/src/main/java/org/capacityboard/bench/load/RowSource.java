package org.capacityboard.bench.load;

import java.io.IOException;
import java.sql.SQLException;
import org.capacityboard.oracle.OracleRows;

/** Where the rows of a run are; they are read some lines at a time, for those of a large load do not fit into the heap of a small run all at once. */
public interface RowSource {
    /** Rows of the lines from {@code fromLine} to before {@code toLine}. */
    OracleRows rows(int fromLine, int toLine) throws IOException, SQLException;
}
