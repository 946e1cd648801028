package org.capacityboard.bench.rungs;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.concurrent.Callable;
import org.capacityboard.bench.load.RowSource;
import org.capacityboard.bench.load.StandardLoad;
import org.capacityboard.bench.run.RunPlan;
import org.capacityboard.local.setup.DatabaseAccess;
import org.capacityboard.oracle.OracleRows;
import org.capacityboard.process.settings.DatabaseSettings;

/** What a run left in the database, as a reader sees it. */
public final class DatabaseRows {
    private DatabaseRows() {}

    public static RowSource of(RunPlan plan) {
        DatabaseSettings database = plan.boardSettings().database();
        DatabaseAccess access = new DatabaseAccess(database.url(), "migrator", database.migrator());
        return (fromLine, toLine) -> {
            try (Connection connection = access.connect()) {
                refuseOtherLines(connection, plan.load());
                return OracleRows.fromDatabase(connection, plan.load().lineIds(fromLine, toLine));
            }
        };
    }

    private static void refuseOtherLines(Connection connection, StandardLoad load) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet result =
                        statement.executeQuery("select count(distinct line_id) from capacity.line_product_minute")) {
            result.next();
            if (result.getInt(1) > load.lines()) {
                throw new IllegalStateException(
                        "There are rows of " + result.getInt(1) + " lines, the load has " + load.lines());
            }
        }
    }

    /** Asks whether the last minute that closes is there, of every line. */
    public static Callable<Boolean> lastMinuteIsThere(RunPlan plan) {
        DatabaseSettings database = plan.boardSettings().database();
        Connection connection = new DatabaseAccess(database.url(), "migrator", database.migrator()).connect();
        Instant last = plan.load().lastClosedMinute();
        String sql = "select count(*) from store.line_product_minute where window_start = '" + last
                + "' and watermark >= '" + plan.load().closedUntil() + "'";
        return () -> {
            try (Statement statement = connection.createStatement();
                    ResultSet result = statement.executeQuery(sql)) {
                result.next();
                return result.getLong(1) >= plan.load().lines();
            }
        };
    }
}
