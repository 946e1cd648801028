package org.capacityboard.local.viewer;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.capacityboard.local.deploy.FilledBoard;
import org.capacityboard.local.embedded.Folders;
import org.capacityboard.process.meters.ProcessMetrics;
import org.capacityboard.process.settings.Settings;
import org.capacityboard.viewer.Viewer;

/** Viewers of a database with a week of figures: one with the dashboards of this release, one with those of the tests. */
final class FilledViewer implements AutoCloseable {

    private final Path directory;
    private final FilledBoard board;
    private final ProcessMetrics metrics = new ProcessMetrics("viewer");
    private final Viewer committed;
    private final Viewer tests;
    private final Settings settings;

    FilledViewer() {
        try {
            directory = Files.createTempDirectory("capacity-viewer");
            board = new FilledBoard(directory.resolve("database"));
            settings = board.settings().with("http.port", "0");
            committed = Viewer.start(settings, metrics, List.of());
            Path dashboards = Files.createDirectory(directory.resolve("dashboards"));
            TestDashboards.writeTo(dashboards);
            tests = Viewer.start(settings.with("viewer.dashboards", dashboards.toString()), metrics, List.of());
        } catch (IOException | SQLException e) {
            throw new IllegalStateException("The viewers for the tests did not start", e);
        }
    }

    /** How another viewer reaches the same database. */
    Settings settings() {
        return settings;
    }

    /** Settings of the viewer that shows the dashboards of the tests. */
    Settings settingsOfTests() {
        return settings.with(
                "viewer.dashboards", directory.resolve("dashboards").toString());
    }

    /** Another viewer of the same database; the caller closes it. */
    Viewer another(Settings changed) {
        return Viewer.start(changed, metrics, List.of());
    }

    /** A page of the dashboards of this release. */
    URI committed(String path) {
        return committed.address().resolve(path);
    }

    /** A page of the dashboards that the tests wrote. */
    URI tests(String path) {
        return tests.address().resolve(path);
    }

    /** A dashboard of the tests over the week that has figures. */
    URI week(String uid) {
        return tests("/d/" + uid + "?" + week());
    }

    /** The week that has figures, as the address carries it. */
    static String week() {
        return "from=" + FilledBoard.WEEK_START.toEpochMilli() + "&to=" + (FilledBoard.WEEK_END.toEpochMilli() - 1);
    }

    /** Rows as the reader sees them, each value as text; null as {@code null}. */
    List<List<String>> rows(String query) throws SQLException {
        try (Connection reader = board.reader()) {
            return rows(reader, query);
        }
    }

    /** The only value of a query. */
    String value(String query) throws SQLException {
        return rows(query).get(0).get(0);
    }

    private static List<List<String>> rows(Connection connection, String query) throws SQLException {
        List<List<String>> rows = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(query)) {
            while (result.next()) {
                List<String> row = new ArrayList<>();
                for (int i = 1; i <= result.getMetaData().getColumnCount(); i++) {
                    row.add(String.valueOf(result.getString(i)));
                }
                rows.add(row);
            }
        }
        return rows;
    }

    /** Every table with a digest of its rows. */
    List<List<String>> everything() throws SQLException {
        try (Connection owner = DriverManager.getConnection(
                settings.database().url(),
                settings.database().migrator().user(),
                Objects.requireNonNull(settings.database().migrator().password())
                        .reveal())) {
            return rows(
                    owner,
                    "SELECT schemaname, relname, (xpath('/row/digest/text()', query_to_xml(format("
                            + "'select count(*) || md5(string_agg(t::text, '','' order by t::text)) as digest from %I.%I as t',"
                            + " schemaname, relname), false, true, '')))[1] FROM pg_stat_user_tables ORDER BY 1, 2");
        }
    }

    @Override
    public void close() throws IOException {
        tests.close();
        committed.close();
        metrics.close();
        board.close();
        Folders.delete(directory);
    }
}
