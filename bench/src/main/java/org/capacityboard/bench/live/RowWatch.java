package org.capacityboard.bench.live;

import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;

/**
 * Reads the rows of some lines again and again, as the reader, and notes when each version of a line first showed. A version counts the records that its
 * line has accepted, so it tells which reports a row covers, whatever their order.
 */
final class RowWatch implements AutoCloseable {
    /** Plant and line: what a line has accepted before its first report. */
    static final int VERSION_BEFORE_REPORTS = 2;

    static final long NOT_SEEN = Long.MIN_VALUE;

    private static final long LOOK_EVERY_NANOS = Duration.ofMillis(5).toNanos();

    /** Which rows are looked at. */
    enum Rows {
        /** The current state of each line. */
        CURRENT("select line_id, version from capacity.line_current where line_id = any(?)"),
        /** The facts of minutes that are open or were a moment ago. */
        OPEN_MINUTE(
                """
                select line_id, max(version) from capacity.line_product_minute
                where line_id = any(?) and window_start > now() - interval '3 minutes'
                group by line_id""");

        private final String sql;

        Rows(String sql) {
            this.sql = sql;
        }
    }

    private record Seen(long version, long atNanos) {}

    private final Connection connection;
    private final PreparedStatement query;
    private final Map<String, Integer> numbers = new HashMap<>();
    private final List<List<Seen>> seen = new ArrayList<>();
    private final Thread thread = new Thread(this::run, "row-watch");
    private volatile boolean stopped;
    private @Nullable Exception failure;
    private long looks;
    private long lookNanos;
    private long fallen;

    /**
     * @param connection the reader's, closed with the watch
     * @param lineIds whose rows; their places in this list are their numbers
     */
    RowWatch(Connection connection, Rows rows, List<String> lineIds) throws SQLException {
        this.connection = connection;
        for (String lineId : lineIds) {
            numbers.put(lineId, seen.size());
            seen.add(new ArrayList<>());
        }
        // Prepared once, binary, planned once.
        query = connection.prepareStatement(rows.sql);
        Array ids = connection.unwrap(PGConnection.class).createArrayOf("text", lineIds.toArray());
        query.setArray(1, ids);
        thread.start();
    }

    private void run() {
        long next = System.nanoTime();
        try {
            while (!stopped) {
                look();
                next = Math.max(next + LOOK_EVERY_NANOS, System.nanoTime() - LOOK_EVERY_NANOS);
                Patience.until(next);
            }
        } catch (SQLException | RuntimeException e) {
            synchronized (this) {
                failure = e;
            }
        }
    }

    private void look() throws SQLException {
        long startedAt = System.nanoTime();
        try (ResultSet found = query.executeQuery()) {
            long now = System.nanoTime();
            synchronized (this) {
                while (found.next()) {
                    Integer number = numbers.get(found.getString(1));
                    if (number != null) {
                        note(seen.get(number), found.getLong(2), now);
                    }
                }
                looks++;
                lookNanos += System.nanoTime() - startedAt;
            }
        }
    }

    private void note(List<Seen> line, long version, long now) {
        long last = line.isEmpty() ? NOT_SEEN : line.get(line.size() - 1).version;
        if (version > last) {
            line.add(new Seen(version, now));
        } else if (version < last) {
            fallen++;
        }
    }

    /** Version of a line that showed last; {@link #NOT_SEEN} if none did. */
    synchronized long version(int line) {
        check();
        List<Seen> all = seen.get(line);
        return all.isEmpty() ? NOT_SEEN : all.get(all.size() - 1).version;
    }

    /** When a line's row first showed a version or a later one; {@link #NOT_SEEN} if it has not. */
    synchronized long firstSeenNanos(int line, long version) {
        check();
        List<Seen> all = seen.get(line);
        int low = 0;
        int high = all.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (all.get(middle).version < version) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low == all.size() ? NOT_SEEN : all.get(low).atNanos;
    }

    /** How many lines are looked at. */
    int lines() {
        return seen.size();
    }

    /** What a look takes, ms. */
    synchronized double lookMeanMs() {
        return looks == 0 ? 0 : lookNanos / 1e6 / looks;
    }

    /** How often a row went back to an earlier version; must be never. */
    synchronized long fallen() {
        return fallen;
    }

    private void check() {
        if (failure != null) {
            throw new IllegalStateException("The reader's query failed: " + failure.getMessage(), failure);
        }
    }

    @Override
    public void close() throws SQLException, InterruptedException {
        stopped = true;
        thread.join();
        connection.close();
    }
}
