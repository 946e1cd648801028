package org.capacityboard.flink.sinks;

import java.io.IOException;
import java.sql.SQLException;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import org.apache.flink.metrics.Counter;
import org.capacityboard.process.settings.DatabaseSettings;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The database as its writer meets it: sometimes gone. Work is done again until it succeeds, however long that takes; only an error that no
 * waiting heals comes out.
 */
final class Database implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Database.class);
    private static final long SHORTEST_PAUSE_MS = 100;
    private static final long LONGEST_PAUSE_MS = 5_000;
    /** Classes of SQLSTATE that pass: connection, transaction rolled back, resources, operator intervention, object in use, system. */
    private static final Set<String> PASSING_CLASSES = Set.of("08", "40", "53", "55", "57", "58");
    /** A standby that is about to become the primary. */
    private static final String READ_ONLY = "25006";
    /** No partition takes the row: it was dropped since it was last seen. */
    private static final String NO_PARTITION = "23514";

    private final DatabaseSettings settings;
    private final Counter retries;
    private volatile @Nullable DatabaseSession session;

    Database(DatabaseSettings settings, Counter retries) {
        this.settings = settings;
        this.retries = retries;
    }

    /** Work in one transaction. */
    interface Work {
        void in(DatabaseSession session) throws SQLException;
    }

    /** Does the work and commits it, again and again while the database is gone. */
    void transact(Work work) throws IOException, InterruptedException {
        long failedAt = 0;
        for (int attempt = 0; ; attempt++) {
            try {
                DatabaseSession connected = connected();
                work.in(connected);
                connected.commit();
                if (attempt > 0) {
                    LOG.info(
                            "The database takes rows again. url={} attempts={} waitedMs={}",
                            settings.url(),
                            attempt + 1,
                            (System.nanoTime() - failedAt) / 1_000_000);
                }
                return;
            } catch (SQLException e) {
                disconnect(e);
                if (!passes(e, attempt)) {
                    throw new IOException(
                            "The database refuses rows: %s (SQLSTATE %s, %s).%nMaybe the database was not migrated, or '%s' is not its writer."
                                    .formatted(
                                            e.getMessage(),
                                            e.getSQLState(),
                                            settings.url(),
                                            settings.writer().user()),
                            e);
                }
                if (attempt == 0) {
                    failedAt = System.nanoTime();
                    LOG.warn(
                            "The database takes no rows, they wait. url={} sqlState={} error=\"{}\"",
                            settings.url(),
                            e.getSQLState(),
                            e.getMessage());
                }
                retries.inc();
                pause(attempt);
            }
        }
    }

    private DatabaseSession connected() throws SQLException {
        DatabaseSession connected = session;
        if (connected == null) {
            connected = new DatabaseSession(settings.url(), settings.writer());
            session = connected;
        }
        return connected;
    }

    private static boolean passes(SQLException e, int attempt) {
        String state = e.getSQLState();
        return state != null
                && (PASSING_CLASSES.contains(state.substring(0, 2))
                        || state.equals(READ_ONLY)
                        || attempt == 0 && state.equals(NO_PARTITION));
    }

    /** Grows with the attempts and is never the same for two writers, so that they do not all come back at once. */
    private static void pause(int attempt) throws InterruptedException {
        long longestMs = Math.min(LONGEST_PAUSE_MS, SHORTEST_PAUSE_MS << Math.min(attempt, 10));
        Thread.sleep(ThreadLocalRandom.current().nextLong(longestMs / 2, longestMs + 1));
    }

    private void disconnect(SQLException cause) {
        try {
            close();
        } catch (SQLException e) {
            cause.addSuppressed(e);
        }
        session = null;
    }

    /** Cuts the connection, for whoever else waits for it; for any thread. */
    void abort() throws SQLException {
        DatabaseSession connected = session;
        if (connected != null) {
            connected.abort();
        }
    }

    @Override
    public void close() throws SQLException {
        DatabaseSession connected = session;
        if (connected != null) {
            connected.close();
        }
    }
}
