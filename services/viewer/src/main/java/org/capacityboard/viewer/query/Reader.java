package org.capacityboard.viewer.query;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.capacityboard.process.settings.RoleLogin;
import org.capacityboard.process.settings.Secret;
import org.capacityboard.process.settings.Settings;
import org.capacityboard.process.settings.ViewerSettings;
import org.capacityboard.viewer.query.QueryFailed.Reason;
import org.jspecify.annotations.Nullable;
import org.postgresql.ds.PGSimpleDataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks the database as its reader, who sees views only: each query in a read-only transaction of its own, cut when it
 * takes too long. A database that is away is told of at once, and asked again every two seconds until it is back.
 */
public final class Reader implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Reader.class);
    private static final Duration WAIT_FOR_CONNECTION = Duration.ofSeconds(5);
    private static final int CONNECT_SECONDS = 3;
    /** How much longer than a query the driver waits before it gives a silent server up. */
    private static final Duration SILENCE = Duration.ofSeconds(10);

    private static final Duration WATCH_EVERY = Duration.ofSeconds(2);
    private static final String CANCELLED = "57014";

    private final HikariDataSource pool;
    private final Duration queryTimeout;
    private final int rowLimit;
    private final ScheduledExecutorService watch;
    private volatile @Nullable QueryFailed away;
    private volatile boolean looked;

    private Reader(HikariDataSource pool, ViewerSettings settings) {
        this.pool = pool;
        this.queryTimeout = settings.queryTimeout();
        this.rowLimit = settings.rowLimit();
        this.watch = Executors.newSingleThreadScheduledExecutor(work -> {
            Thread thread = new Thread(work, "viewer-database-watch");
            thread.setDaemon(true);
            return thread;
        });
    }

    /** Starts to look for the database; does not wait for it. */
    public static Reader open(Settings settings) {
        ViewerSettings viewer = settings.viewer();
        RoleLogin login = settings.database().reader();
        PGSimpleDataSource server = new PGSimpleDataSource();
        server.setURL(settings.database().url());
        server.setUser(login.user());
        Secret password = login.password();
        if (password != null) {
            server.setPassword(password.reveal());
        }
        server.setApplicationName("capacity-viewer");
        server.setConnectTimeout(CONNECT_SECONDS);
        server.setSocketTimeout(
                Math.toIntExact(viewer.queryTimeout().plus(SILENCE).toSeconds()));
        server.setTcpKeepAlive(true);
        HikariConfig config = new HikariConfig();
        config.setPoolName("viewer");
        config.setDataSource(server);
        config.setMaximumPoolSize(viewer.connections());
        config.setMinimumIdle(1);
        config.setAutoCommit(false);
        config.setReadOnly(true);
        config.setConnectionTimeout(WAIT_FOR_CONNECTION.toMillis());
        config.setInitializationFailTimeout(-1);
        Reader reader = new Reader(new HikariDataSource(config), viewer);
        reader.watch.scheduleWithFixedDelay(reader::look, 0, WATCH_EVERY.toMillis(), TimeUnit.MILLISECONDS);
        return reader;
    }

    /** Why the database cannot be used now; null if it can. Answers at once. */
    public @Nullable String problem() {
        QueryFailed failed = away;
        if (failed != null) {
            return failed.problem();
        }
        return looked ? null : "The database was not asked yet.";
    }

    /**
     * Asks.
     *
     * @param sql with nothing left to fill in
     */
    public Rows ask(String sql) throws QueryFailed {
        QueryFailed failed = away;
        if (failed != null) {
            throw new QueryFailed(failed.reason(), failed.problem(), failed.getCause());
        }
        return run(sql);
    }

    /** Waits until the database answers, for whoever has no use for less. */
    public void await() throws QueryFailed {
        run("SELECT 1");
    }

    private Rows run(String sql) throws QueryFailed {
        // The pool rolls back what is open when a connection comes back.
        try (Connection connection = pool.getConnection();
                Statement statement = connection.createStatement()) {
            // The driver brings the zone of this machine along; a day that becomes an instant is one of UTC.
            statement.execute("SET LOCAL TIME ZONE 'UTC'; SET LOCAL statement_timeout = " + queryTimeout.toMillis());
            statement.setEscapeProcessing(false);
            // All at once: in portions, each would have the whole time for itself.
            statement.setMaxRows(rowLimit + 1);
            if (!statement.execute(sql)) {
                return new Rows(List.of(), List.of(), false);
            }
            try (ResultSet result = statement.getResultSet()) {
                return ResultReader.read(result, rowLimit);
            }
        } catch (SQLException e) {
            throw failed(e);
        }
    }

    private void look() {
        try {
            run("SELECT 1");
            if (away != null) {
                LOG.info("the database answers again");
            }
            away = null;
        } catch (QueryFailed failed) {
            boolean isAway = failed.reason() == Reason.UNREACHABLE;
            if (isAway && away == null) {
                LOG.warn("the database does not answer reason={}", oneLine(failed.getCause()));
            }
            if (isAway) {
                away = failed;
            }
        } catch (RuntimeException broken) {
            LOG.warn("the database could not be looked for reason={}", oneLine(broken));
        } finally {
            looked = true;
        }
    }

    private QueryFailed failed(SQLException e) {
        Throwable root = e;
        String state = e.getSQLState();
        while (state == null && root.getCause() != null) {
            root = root.getCause();
            state = root instanceof SQLException inner ? inner.getSQLState() : null;
        }
        String code = state == null ? "" : state;
        if (code.equals(CANCELLED)) {
            return new QueryFailed(
                    Reason.CUT,
                    "The query ran longer than " + shown(queryTimeout) + " and was cut. Maybe a shorter time range.",
                    e);
        }
        if (code.startsWith("28") || code.equals("08004")) {
            return new QueryFailed(
                    Reason.UNREACHABLE,
                    "The database does not let the reader in. Maybe its password is another one.",
                    e);
        }
        if (code.equals("3D000")) {
            return new QueryFailed(
                    Reason.UNREACHABLE, "The database does not exist. Maybe database.url names another one.", e);
        }
        if (code.equals("53300") || (code.isEmpty() && e instanceof SQLTransientConnectionException)) {
            return new QueryFailed(
                    Reason.BUSY, "All connections to the database are taken. Maybe it works in a moment.", e);
        }
        if (code.startsWith("08") || code.startsWith("57") || root instanceof IOException) {
            return new QueryFailed(
                    Reason.UNREACHABLE, "The database does not answer. Maybe it is being started anew.", e);
        }
        return new QueryFailed(
                Reason.REFUSED, "The database refused the query. Maybe it is of another release: see the log.", e);
    }

    private static String shown(Duration duration) {
        return duration.toMillis() % 1_000 == 0 ? duration.toSeconds() + " s" : duration.toMillis() + " ms";
    }

    private static String oneLine(@Nullable Throwable failure) {
        return String.valueOf(failure).replaceAll("\\s*\\R\\s*", " ");
    }

    @Override
    public void close() {
        watch.shutdownNow();
        pool.close();
    }
}
