package org.capacityboard.local.embedded;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A real PostgreSQL server started by this JVM, on loopback, with passwords asked of everybody. Its directory is kept;
 * a server that a killed JVM left behind on it is stopped before a new one starts.
 */
public final class EmbeddedDatabase implements AutoCloseable {

    public static final String SUPERUSER = "postgres";

    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedDatabase.class);
    private static final String SERVER_LOG = "server.log";
    private static final Duration START_PATIENCE = Duration.ofSeconds(60);

    /** What a crash of the machine may cost. */
    public enum Durability {
        /** Nothing that was committed: for data that is kept. */
        COMMITTED_IS_KEPT,
        /** Everything: for tests and replays that start from nothing. */
        THROWAWAY
    }

    private final EmbeddedPostgres postgres;
    private final String superuserPassword;

    private EmbeddedDatabase(EmbeddedPostgres postgres, String superuserPassword) {
        this.postgres = postgres;
        this.superuserPassword = superuserPassword;
    }

    /**
     * Starts a server.
     *
     * @param directory where the data lives; filled if it is new
     * @param port port on the loopback interface, 0 for a free one
     */
    public static EmbeddedDatabase start(Path directory, int port, Durability durability) {
        Path home = directory.toAbsolutePath().normalize();
        Path data = home.resolve("pgdata");
        Path passwordFile = home.resolve("superuser-password");
        try {
            Files.createDirectories(home);
            Path realData = home.toRealPath().resolve("pgdata");
            stopOrphan(directory);
            if (!Files.exists(passwordFile)) {
                Folders.delete(data);
            }
            String password = Files.exists(passwordFile) ? Files.readString(passwordFile) : null;
            EmbeddedPostgres postgres = server(realData, port, durability, password);
            if (password == null) {
                password = askForPasswords(postgres, realData);
                writeSecret(passwordFile, password);
            }
            return new EmbeddedDatabase(postgres, password);
        } catch (IOException | SQLException e) {
            throw new IllegalStateException(
                    "The embedded database did not start in " + home + "; its last words are in " + SERVER_LOG, e);
        }
    }

    /** Stops the server that a killed process left behind on a directory, if there is one. */
    public static void stopOrphan(Path directory) {
        if (!Files.isDirectory(directory)) {
            return;
        }
        try {
            Postmaster orphan = Postmaster.of(directory.toRealPath().resolve("pgdata"));
            if (orphan != null) {
                LOG.warn(
                        "stopping the database that a killed process left behind pid={}",
                        orphan.process().pid());
                orphan.stop();
            }
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot examine " + directory, e);
        }
    }

    /** The port of the server that runs on a directory now, in whatever process; null if none does. */
    public static @Nullable Integer portOf(Path directory) {
        try {
            Path data = directory.resolve("pgdata");
            Postmaster running = Files.isDirectory(data) ? Postmaster.of(data.toRealPath()) : null;
            return running == null ? null : running.port();
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot examine " + directory, e);
        }
    }

    private static EmbeddedPostgres server(Path data, int port, Durability durability, @Nullable String password)
            throws IOException {
        try (PostgresProgram program = PostgresProgram.reserve()) {
            EmbeddedPostgres.Builder builder = EmbeddedPostgres.builder()
                    .setDataDirectory(data)
                    .setOverrideWorkingDirectory(program.folder().toFile())
                    .setCleanDataDirectory(false)
                    .setRegisterShutdownHook(false)
                    .setPort(LoopbackPort.orFree(port))
                    .setOutputRedirector(ProcessBuilder.Redirect.appendTo(
                            data.resolveSibling(SERVER_LOG).toFile()))
                    .setPGStartupWait(START_PATIENCE);
            configuration(durability).forEach(builder::setServerConfig);
            if (password != null) {
                builder.setConnectConfig("password", password);
            }
            return builder.start();
        }
    }

    private static Map<String, String> configuration(Durability durability) {
        String kept = durability == Durability.COMMITTED_IS_KEPT ? "on" : "off";
        Map<String, String> configuration = new TreeMap<>();
        configuration.put("fsync", kept);
        // A row whose commit was answered must survive: the job's checkpoint counts on it.
        configuration.put("synchronous_commit", kept);
        configuration.put("full_page_writes", kept);
        configuration.put("log_min_messages", "warning");
        configuration.put("log_checkpoints", "off");
        configuration.put("timezone", "UTC");
        configuration.put("max_connections", "60");
        configuration.put("shared_buffers", "192MB");
        configuration.put("work_mem", "16MB");
        configuration.put("maintenance_work_mem", "64MB");
        // Nobody replicates from here, so the log need not carry what replication wants.
        configuration.put("wal_level", "minimal");
        configuration.put("max_wal_senders", "0");
        configuration.put("max_wal_size", "2GB");
        configuration.put("checkpoint_timeout", "15min");
        configuration.put("wal_compression", "on");
        configuration.put("random_page_cost", "1.1");
        configuration.put("jit", "off");
        return configuration;
    }

    private static String askForPasswords(EmbeddedPostgres postgres, Path data) throws SQLException, IOException {
        byte[] random = new byte[18];
        new SecureRandom().nextBytes(random);
        String password = HexFormat.of().formatHex(random);
        try (Connection connection = postgres.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("ALTER ROLE " + SUPERUSER + " PASSWORD '" + password + "'");
            Files.write(
                    data.resolve("pg_hba.conf"),
                    List.of("host all all 127.0.0.1/32 scram-sha-256", "host all all ::1/128 scram-sha-256"));
            statement.execute("SELECT pg_reload_conf()");
        }
        return password;
    }

    private static void writeSecret(Path file, String secret) throws IOException {
        Path fresh = Files.createTempFile(file.getParent(), "secret", null);
        Files.writeString(fresh, secret);
        Files.move(fresh, file);
    }

    public int port() {
        return postgres.getPort();
    }

    public String superuserPassword() {
        return superuserPassword;
    }

    /** JDBC address of a database of this server, without user and password. */
    public String url(String database) {
        return url(port(), database);
    }

    /** JDBC address of a database of the server on a port, without user and password. */
    public static String url(int port, String database) {
        return "jdbc:postgresql://" + LoopbackPort.HOST + ":" + port + "/" + database;
    }

    /** Opens a connection as the server's superuser. */
    public Connection connect(String database) throws SQLException {
        return DriverManager.getConnection(url(database), SUPERUSER, superuserPassword);
    }

    /** Creates a database of this name unless there is one. */
    public void createDatabase(String name) {
        try (Connection connection = connect(SUPERUSER);
                Statement statement = connection.createStatement()) {
            try (var found = statement.executeQuery(
                    "SELECT 1 FROM pg_database WHERE datname = '" + name.replace("'", "''") + "'")) {
                if (found.next()) {
                    return;
                }
            }
            statement.execute("CREATE DATABASE \"" + name.replace("\"", "\"\"") + "\"");
        } catch (SQLException e) {
            throw new IllegalStateException("Cannot create database " + name, e);
        }
    }

    @Override
    public void close() {
        try {
            postgres.close();
        } catch (IOException e) {
            throw new UncheckedIOException("The embedded database did not stop", e);
        }
    }
}
