package org.capacityboard.schemas.database;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.flywaydb.core.Flyway;
import org.jspecify.annotations.Nullable;

/** A real PostgreSQL with all migrations done. */
final class MigratedDatabase implements AutoCloseable {
    private final EmbeddedPostgres postgres;

    MigratedDatabase() throws IOException {
        postgres = EmbeddedPostgres.start();
        migrate("postgres");
    }

    /** Migrates a database of the cluster and says how many migrations that took. */
    int migrate(String database) {
        return Flyway.configure()
                .dataSource(postgres.getDatabase("postgres", database))
                .defaultSchema("store")
                .load()
                .migrate()
                .migrationsExecuted;
    }

    /** Runs one statement as a role and gives the rows of its result, if it has one. */
    List<List<@Nullable Object>> run(String role, String sql) throws SQLException {
        try (Connection connection = postgres.getDatabase(role, "postgres").getConnection();
                Statement statement = connection.createStatement()) {
            List<List<@Nullable Object>> rows = new ArrayList<>();
            if (statement.execute(sql)) {
                ResultSet result = statement.getResultSet();
                while (result.next()) {
                    List<@Nullable Object> row = new ArrayList<>();
                    for (int i = 1; i <= result.getMetaData().getColumnCount(); i++) {
                        row.add(result.getObject(i));
                    }
                    rows.add(row);
                }
            }
            return rows;
        }
    }

    @Override
    public void close() throws IOException {
        postgres.close();
    }
}
