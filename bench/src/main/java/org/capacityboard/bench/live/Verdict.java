package org.capacityboard.bench.live;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.capacityboard.bench.load.LoadOracle;
import org.capacityboard.bench.load.LoadSize;
import org.capacityboard.bench.load.StandardLoad;
import org.capacityboard.oracle.OracleDifference;
import org.capacityboard.oracle.OracleRows;

/**
 * The rows that a live run left, compared with the oracle's, some lines at a time: a long run has more rows than fit.
 *
 * @param rows how many rows of closed windows were compared and are the oracle's
 * @param refused how many records were refused, each once
 */
record Verdict(long rows, long refused) {
    private static final int REPORTS_AT_A_TIME = 500_000;

    /**
     * Compares.
     *
     * @throws IllegalStateException with the differences, if there are any
     */
    static Verdict of(StandardLoad load, Connection connection) throws SQLException {
        connection.setAutoCommit(false);
        try (PreparedStatement patience = connection.prepareStatement("set statement_timeout = '120s'")) {
            patience.execute();
        }
        int width = Math.max(1, REPORTS_AT_A_TIME / load.seconds());
        long rows = 0;
        for (int first = 0; first < load.lines(); first += width) {
            int from = first;
            int to = Math.min(load.lines(), first + width);
            OracleRows expected = LoadOracle.rows(load, from, to);
            OracleRows found = OracleRows.fromDatabase(connection, load.lineIds(from, to))
                    .filter((key, row) -> LoadOracle.isClosed(load, key));
            String differences = OracleDifference.describe(OracleDifference.between(expected, found));
            if (!differences.isEmpty()) {
                throw new IllegalStateException("The rows are not the oracle's:\n" + differences);
            }
            rows += expected.rows().size();
        }
        long refused = refused(connection);
        long rubbish = LoadSize.of(load).rubbish();
        if (refused != rubbish) {
            throw new IllegalStateException(refused + " records were refused, must be " + rubbish);
        }
        return new Verdict(rows, refused);
    }

    private static long refused(Connection connection) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement("select count(*) from capacity.rejected_event");
                ResultSet result = query.executeQuery()) {
            result.next();
            return result.getLong(1);
        }
    }
}
