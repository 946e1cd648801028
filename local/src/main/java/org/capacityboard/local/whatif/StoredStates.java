package org.capacityboard.local.whatif;

import java.sql.Connection;
import java.sql.Date;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import org.capacityboard.flink.rows.SurgeSnapshotJson;
import org.capacityboard.local.setup.DatabaseAccess;
import org.capacityboard.process.errors.Problem;
import org.capacityboard.process.errors.UserError;
import org.capacityboard.process.settings.DatabaseSettings;
import org.jspecify.annotations.Nullable;

/** The states behind the figures of a database. */
public final class StoredStates {
    private static final String STATE =
            "select as_of, watermark, snapshot from capacity.surge_snapshot where as_of = coalesce(?::date, (select"
                    + " max(as_of) from capacity.surge_snapshot))";
    private static final String DAYS = "select min(as_of), max(as_of) from capacity.surge_snapshot";
    private static final String NO_SUCH_VIEW = "42P01";

    private StoredStates() {}

    /**
     * Reads the state of a day, as the role that reads views.
     *
     * @param asOf the day; null: the newest
     * @throws UserError if the database does not answer or has no such state
     */
    public static KnownState read(DatabaseSettings database, @Nullable LocalDate asOf) {
        DatabaseAccess access = new DatabaseAccess(database.url(), "reader", database.reader());
        try (Connection connection = access.connect();
                PreparedStatement state = connection.prepareStatement(STATE)) {
            state.setDate(1, asOf == null ? null : Date.valueOf(asOf));
            try (ResultSet result = state.executeQuery()) {
                if (result.next()) {
                    return new KnownState(
                            result.getObject(1, LocalDate.class),
                            result.getObject(2, OffsetDateTime.class).toInstant(),
                            database.url(),
                            SurgeSnapshotJson.decode(result.getString(3)));
                }
            }
            throw UserError.failed(missing(connection, database.url(), asOf));
        } catch (SQLException e) {
            throw UserError.failed(
                    NO_SUCH_VIEW.equals(e.getSQLState())
                            ? new Problem(
                                    "database.url",
                                    database.url(),
                                    "has not the views of this release",
                                    "run 'capacity db migrate'")
                            : new Problem("database.url", database.url(), "broke off: " + e.getMessage()));
        }
    }

    private static Problem missing(Connection connection, String url, @Nullable LocalDate asOf) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet days = statement.executeQuery(DAYS)) {
            days.next();
            LocalDate first = days.getObject(1, LocalDate.class);
            LocalDate last = days.getObject(2, LocalDate.class);
            if (asOf == null || first == null) {
                return new Problem(
                        "database.url",
                        url,
                        "holds no state of surge readiness to start from",
                        "the job surge-readiness has not computed yet");
            }
            return missing(asOf, first, last);
        }
    }

    static Problem missing(LocalDate asOf, LocalDate first, LocalDate last) {
        return new Problem(
                "--as-of",
                asOf.toString(),
                "is a day without a state of surge readiness",
                first.equals(last)
                        ? "you meant " + first + ", the only one there is"
                        : "you meant one of " + first + " to " + last);
    }
}
