package org.capacityboard.local.setup;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.capacityboard.process.errors.Problem;
import org.capacityboard.process.errors.UserError;
import org.capacityboard.process.settings.DatabaseSettings;
import org.capacityboard.process.settings.RoleLogin;
import org.capacityboard.process.settings.Secret;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.flywaydb.core.api.output.MigrateResult;

/** Brings a database to the shape this release writes to, and gives the writer and the reader their passwords. */
public final class DatabaseMigration {

    private static final String HISTORY_SCHEMA = "store";

    private DatabaseMigration() {}

    /**
     * What a migration did.
     *
     * @param version the shape's version now
     * @param applied how many steps that took, 0 if the shape was right already
     */
    public record Outcome(String version, int applied) {}

    /**
     * Migrates as the migrator of the settings.
     *
     * @throws UserError if the database cannot be reached, or refuses a step
     */
    public static Outcome migrate(DatabaseSettings settings) {
        DatabaseAccess access = new DatabaseAccess(settings.url(), "migrator", settings.migrator());
        try (Connection connection = access.connect()) {
            Outcome outcome = migrate(access);
            for (RoleLogin role : List.of(settings.writer(), settings.reader())) {
                givePassword(connection, role);
            }
            return outcome;
        } catch (SQLException e) {
            throw UserError.failed(access.problem(e));
        }
    }

    /** How many steps a database still lacks. */
    static int pending(DatabaseAccess access) {
        return flyway(access).load().info().pending().length;
    }

    private static Outcome migrate(DatabaseAccess access) {
        try {
            MigrateResult result = flyway(access).load().migrate();
            String version =
                    result.targetSchemaVersion == null ? result.initialSchemaVersion : result.targetSchemaVersion;
            return new Outcome(version == null ? "0" : version, result.migrationsExecuted);
        } catch (FlywayException e) {
            throw UserError.failed(new Problem(
                    "database.url",
                    access.url(),
                    "refused a migration: "
                            + String.valueOf(e.getMessage()).strip().replaceAll("\\s*\\R\\s*", "; "),
                    "'" + access.login().user()
                            + "' may not create roles and schemas, or somebody changed the tables by hand"));
        }
    }

    private static FluentConfiguration flyway(DatabaseAccess access) {
        Secret password = access.login().password();
        return Flyway.configure()
                .dataSource(access.url(), access.login().user(), password == null ? null : password.reveal())
                .defaultSchema(HISTORY_SCHEMA)
                .locations("classpath:db/migration");
    }

    private static void givePassword(Connection connection, RoleLogin role) throws SQLException {
        Secret password = role.password();
        if (password == null) {
            return;
        }
        try (Statement statement = connection.createStatement()) {
            statement.execute("ALTER ROLE " + statement.enquoteIdentifier(role.user(), true) + " PASSWORD "
                    + statement.enquoteLiteral(password.reveal()));
        }
    }
}
