package org.capacityboard.flink.sinks;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.TreeSet;
import org.capacityboard.flink.rows.ThroughputRow;
import org.jspecify.annotations.Nullable;

/**
 * The daily partitions of the minute table. Days are made when their first minute comes and remembered until the connection is lost; the first
 * writer of a job drops those older than the retention whenever a newer day begins. Age counts in event time, so an old history loads whole.
 */
final class MinuteDays {
    private static final long MS_PER_DAY = 86_400_000L;

    private final int retentionDays;
    private final boolean drops;
    private final TreeSet<Integer> made = new TreeSet<>();
    private int newest = Integer.MIN_VALUE;
    private int cleanedFor = Integer.MIN_VALUE;
    private @Nullable DatabaseSession seenBy;

    MinuteDays(int retentionDays, boolean drops) {
        this.retentionDays = retentionDays;
        this.drops = drops;
    }

    /** Makes the partitions that these minutes need, in transactions of their own. */
    void prepare(DatabaseSession session, Iterable<ThroughputRow.Facts> minutes) throws SQLException {
        if (session != seenBy) {
            made.clear();
            seenBy = session;
        }
        TreeSet<Integer> missing = new TreeSet<>();
        int oldestAtHand = Integer.MAX_VALUE;
        for (ThroughputRow.Facts minute : minutes) {
            int day = (int) Math.floorDiv(minute.windowStart(), MS_PER_DAY);
            newest = Math.max(newest, day);
            oldestAtHand = Math.min(oldestAtHand, day);
            if (!made.contains(day)) {
                missing.add(day);
            }
        }
        for (int day : missing) {
            call(
                    session,
                    "select store.ensure_minute_partitions(date '1970-01-01' + ?, date '1970-01-01' + ?)",
                    day,
                    day);
        }
        made.addAll(missing);
        if (drops && newest > cleanedFor) {
            // What is about to be written keeps its partition, however old it is.
            int firstKept = Math.min(newest - retentionDays + 1, oldestAtHand);
            call(session, "select store.drop_minutes_before(date '1970-01-01' + ?)", firstKept);
            made.headSet(firstKept).clear();
            cleanedFor = newest;
        }
    }

    private static void call(DatabaseSession session, String sql, int... days) throws SQLException {
        PreparedStatement statement = session.statement(sql);
        for (int i = 0; i < days.length; i++) {
            statement.setInt(i + 1, days[i]);
        }
        statement.execute();
        session.commit();
    }
}
