package org.capacityboard.local.proof;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.capacityboard.process.settings.RoleLogin;
import org.capacityboard.process.settings.Settings;

/** Rows whose version fell, as the database itself notes them. */
final class FallenVersions {
    private final Settings settings;

    private FallenVersions(Settings settings) {
        this.settings = settings;
    }

    /** Begins to watch tables of the schema {@code store}. */
    static FallenVersions watch(Settings settings, List<String> tables) throws SQLException {
        FallenVersions watch = new FallenVersions(settings);
        try (Connection connection = watch.migrator();
                Statement statement = connection.createStatement()) {
            statement.execute("create table public.fallen (row text)");
            statement.execute(
                    """
                    create function public.note_fall() returns trigger language plpgsql security definer as $$
                    begin
                        insert into public.fallen values (old::text || ' -> ' || new::text);
                        return null;
                    end $$""");
            for (String table : tables) {
                statement.execute("create trigger version_falls after update on store." + table
                        + " for each row when (new.version < old.version) execute function public.note_fall()");
            }
        }
        return watch;
    }

    List<String> rows() throws SQLException {
        List<String> rows = new ArrayList<>();
        try (Connection connection = migrator();
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery("select row from public.fallen")) {
            while (result.next()) {
                rows.add(result.getString(1));
            }
        }
        return rows;
    }

    private Connection migrator() throws SQLException {
        RoleLogin login = settings.database().migrator();
        return DriverManager.getConnection(
                settings.database().url(),
                login.user(),
                Objects.requireNonNull(login.password()).reveal());
    }
}
