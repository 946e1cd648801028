package org.capacityboard.local.setup;

import java.net.UnknownHostException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Locale;
import java.util.Properties;
import org.capacityboard.process.errors.Problem;
import org.capacityboard.process.errors.UserError;
import org.capacityboard.process.settings.RoleLogin;
import org.capacityboard.process.settings.Secret;

/**
 * A login at the database: opens connections, and says in words of the settings why one cannot be had.
 *
 * @param url JDBC address without user and password
 * @param role the role's short name in the settings: {@code writer}
 * @param login user and password
 */
public record DatabaseAccess(String url, String role, RoleLogin login) {

    private static final String CONNECT_SECONDS = "5";

    /**
     * Opens a connection.
     *
     * @throws UserError if the database cannot be reached or does not let the role in
     */
    public Connection connect() {
        try {
            return open();
        } catch (SQLException e) {
            throw UserError.failed(problem(e));
        }
    }

    Connection open() throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("user", login.user());
        Secret password = login.password();
        if (password != null) {
            properties.setProperty("password", password.reveal());
        }
        properties.setProperty("connectTimeout", CONNECT_SECONDS);
        properties.setProperty("loginTimeout", CONNECT_SECONDS);
        properties.setProperty("ApplicationName", "capacity");
        return DriverManager.getConnection(url, properties);
    }

    Problem problem(SQLException e) {
        String state = e.getSQLState() == null ? "" : e.getSQLState();
        String user = "database." + role + ".user";
        String password = "database." + role + ".password";
        return switch (state) {
            case "28P01", "28000" ->
                new Problem(
                        user,
                        login.user(),
                        "is not let in by " + url + ": " + firstLine(e),
                        "the password is another one: it comes from CAPACITY_DATABASE_" + role.toUpperCase(Locale.ROOT)
                                + "_PASSWORD or the file that " + password + "-file names");
            case "08004" ->
                new Problem(
                        user,
                        login.user(),
                        "needs a password at " + url + ": " + firstLine(e),
                        "set " + password + "-file");
            case "3D000" ->
                new Problem(
                        "database.url", url, "names a database that does not exist", "create it: createdb capacity");
            case "42501" ->
                new Problem(
                        user,
                        login.user(),
                        "may not do that at " + url + ": " + firstLine(e),
                        "'capacity db migrate' was not run as a role that may create roles and schemas");
            default ->
                state.startsWith("08") || state.startsWith("57")
                        ? new Problem(
                                "database.url",
                                url,
                                "does not answer: "
                                        + (e.getCause() instanceof UnknownHostException
                                                ? "nobody knows its host"
                                                : firstLine(e)),
                                "PostgreSQL is not running there, or host or port is another one")
                        : new Problem("database.url", url, "refused: " + firstLine(e), null);
        };
    }

    private static String firstLine(SQLException e) {
        return String.valueOf(e.getMessage())
                .lines()
                .findFirst()
                .orElse("")
                .replaceFirst("^FATAL: ", "")
                .replaceFirst(" Check that the hostname and port are correct.*", "");
    }
}
