package org.capacityboard.bench.live;

import java.math.BigDecimal;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.capacityboard.bench.load.LoadOracle;
import org.capacityboard.bench.load.LoadSize;
import org.capacityboard.bench.load.StandardLoad;
import org.capacityboard.oracle.OracleDifference;
import org.capacityboard.oracle.OracleKey;
import org.capacityboard.oracle.OracleRow;
import org.capacityboard.oracle.OracleRows;
import org.capacityboard.oracle.OracleTable;

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
            OracleRows found = read(load, connection, from, to);
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

    private static OracleRows read(StandardLoad load, Connection connection, int from, int to) throws SQLException {
        List<String> ids = new ArrayList<>();
        for (int line = from; line < to; line++) {
            ids.add(load.lineId(line));
        }
        Array lines = connection.createArrayOf("text", ids.toArray());
        Map<OracleKey, OracleRow> rows = new HashMap<>();
        for (OracleTable table : OracleTable.values()) {
            try (PreparedStatement query = connection.prepareStatement(
                    "select * from capacity." + table.viewName() + " where line_id = any(?)")) {
                query.setFetchSize(10_000);
                query.setArray(1, lines);
                try (ResultSet found = query.executeQuery()) {
                    while (found.next()) {
                        rows.put(key(table, found), row(table, found));
                    }
                }
            }
        }
        return new OracleRows(rows).filter((key, row) -> LoadOracle.isClosed(load, key));
    }

    private static OracleKey key(OracleTable table, ResultSet found) throws SQLException {
        String lineId = found.getString("line_id");
        return switch (table) {
            case LINE_PRODUCT_MINUTE ->
                OracleKey.minute(
                        lineId,
                        found.getString("product_id"),
                        found.getObject("window_start", OffsetDateTime.class).toInstant());
            case LINE_PRODUCT_HOUR ->
                OracleKey.hour(
                        lineId,
                        found.getString("product_id"),
                        found.getObject("window_start", OffsetDateTime.class).toInstant());
            case LINE_PRODUCT_DAY ->
                OracleKey.day(
                        lineId, found.getString("product_id"), found.getObject("production_day", LocalDate.class));
            case LINE_LOSS_DAY ->
                OracleKey.loss(
                        lineId,
                        found.getObject("production_day", LocalDate.class),
                        found.getString("category"),
                        found.getString("reason_code"));
        };
    }

    private static OracleRow row(OracleTable table, ResultSet found) throws SQLException {
        List<Long> values = new ArrayList<>();
        if (table == OracleTable.LINE_LOSS_DAY) {
            BigDecimal seconds = found.getBigDecimal("seconds");
            values.add(seconds.movePointRight(3).longValueExact());
        } else {
            for (String column : table.columns()) {
                values.add(found.getLong(column));
            }
        }
        return new OracleRow(values, found.getBoolean("final"));
    }

    private static long refused(Connection connection) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement("select count(*) from capacity.rejected_event");
                ResultSet result = query.executeQuery()) {
            result.next();
            return result.getLong(1);
        }
    }
}
