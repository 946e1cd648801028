package org.capacityboard.local.doctor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.capacityboard.local.embedded.LoopbackPort;
import org.capacityboard.local.setup.DatabaseAccess;
import org.capacityboard.local.setup.SchemaRegistration;
import org.capacityboard.local.setup.TopicCreation;
import org.capacityboard.local.setup.TopicCreation.TopicStanding;
import org.capacityboard.process.errors.Problem;
import org.capacityboard.process.errors.UserError;
import org.capacityboard.process.settings.DatabaseSettings;
import org.capacityboard.process.settings.HttpSettings;
import org.capacityboard.process.settings.RoleLogin;
import org.capacityboard.process.settings.Settings;
import org.capacityboard.schemas.RegisteredSchema;

/** The single examinations; each goes on after a finding, so that everything wrong is known at once. */
public final class Examination {

    private static final int OLDEST_JAVA = 17;
    private static final long MIB = 1024 * 1024;
    private static final long LEAST_DISK_MIB = 2_048;
    private static final long LEAST_HEAP_MIB = 1_024;

    private final Settings settings;

    public Examination(Settings settings) {
        this.settings = settings;
    }

    /** Everything that a machine needs for the demo. */
    public List<Finding> machine(Path dataDirectory) {
        return List.of(java(), heap(), disk(dataDirectory), httpPort(), dashboards());
    }

    /** Everything that jobs need of brokers and database. */
    public List<Finding> surroundings() {
        List<Finding> findings = new ArrayList<>(brokers());
        findings.addAll(databases());
        return findings;
    }

    /** What keeps a job from working: its port, the topics, the writer's login and tables. */
    public List<Problem> forJob() {
        List<Finding> findings = new ArrayList<>();
        findings.add(httpPort());
        findings.addAll(brokers());
        findings.add(writer());
        return problems(findings);
    }

    /** What keeps a producer from sending: the topics. */
    public List<Problem> forProducer() {
        return problems(brokers());
    }

    /** What keeps figures from being seen: the reader's login and views. */
    public List<Problem> forReader() {
        return problems(List.of(reader()));
    }

    private static List<Problem> problems(List<Finding> findings) {
        return findings.stream().map(Finding::problem).filter(Objects::nonNull).toList();
    }

    private static Finding java() {
        int version = Runtime.version().feature();
        return version >= OLDEST_JAVA
                ? Finding.well("java", Runtime.version().toString())
                : Finding.wrong(
                        "java",
                        new Problem(
                                "Java",
                                Integer.toString(version),
                                "is too old: 17 or newer is needed",
                                "JAVA_HOME names an old one"));
    }

    private static Finding heap() {
        long heapMib = Runtime.getRuntime().maxMemory() / MIB;
        return heapMib >= LEAST_HEAP_MIB
                ? Finding.well("heap", heapMib + " MiB")
                : Finding.wrong(
                        "heap",
                        new Problem(
                                "heap",
                                heapMib + " MiB",
                                "is less than the " + LEAST_HEAP_MIB + " MiB that the demo needs",
                                "set CAPACITY_JAVA_OPTS=-Xmx2g"));
    }

    private static Finding disk(Path directory) {
        Path existing = directory.toAbsolutePath();
        while (!Files.exists(existing)) {
            existing = Objects.requireNonNull(existing.getParent());
        }
        try {
            long freeMib = Files.getFileStore(existing).getUsableSpace() / MIB;
            if (!Files.isWritable(existing)) {
                return Finding.wrong(
                        "disk",
                        new Problem(
                                "directory", existing.toString(), "cannot be written", "it belongs to somebody else"));
            }
            return freeMib >= LEAST_DISK_MIB
                    ? Finding.well("disk", freeMib + " MiB free at " + existing)
                    : Finding.wrong(
                            "disk",
                            new Problem(
                                    "disk of " + existing,
                                    freeMib + " MiB free",
                                    "is less than the " + LEAST_DISK_MIB + " MiB that a few weeks of history take",
                                    "--data names a directory on a larger disk"));
        } catch (IOException e) {
            return Finding.wrong("disk", new Problem("directory", existing.toString(), "cannot be examined: " + e));
        }
    }

    private Finding httpPort() {
        HttpSettings http = settings.http();
        return http.port() == 0 || LoopbackPort.isFree(http.port())
                ? Finding.well("port", http.port() + " is free")
                : Finding.wrong("port", taken("http.port", http.port()));
    }

    private Finding dashboards() {
        Path folder = settings.viewer().dashboards();
        if (folder == null) {
            return Finding.well("dashboards", "those of this release");
        }
        try (Stream<Path> files = Files.list(folder)) {
            long count = files.filter(file -> file.toString().endsWith(".json")).count();
            return count > 0
                    ? Finding.well("dashboards", count + " files in " + folder)
                    : Finding.wrong("dashboards", noDashboards(folder, "holds no *.json file"));
        } catch (IOException e) {
            return Finding.wrong("dashboards", noDashboards(folder, "cannot be read"));
        }
    }

    private static Problem noDashboards(Path folder, String rule) {
        return new Problem(
                "viewer.dashboards",
                folder.toString(),
                rule,
                "another folder is meant; without it this release's serve");
    }

    /** The problem of a port that somebody else listens on. */
    public static Problem taken(String setting, int port) {
        return new Problem(
                setting,
                Integer.toString(port),
                "is taken by another process on " + LoopbackPort.HOST,
                "another Capacity Board runs here: stop it or choose another port");
    }

    private List<Finding> brokers() {
        List<TopicStanding> standings;
        try {
            standings = new TopicCreation(settings.kafka()).standings();
        } catch (UserError e) {
            return wrong("broker", e);
        }
        List<Finding> findings = new ArrayList<>();
        findings.add(Finding.well("broker", settings.kafka().bootstrap() + " answers"));
        List<Finding> topics = TopicCreation.problems(standings).stream()
                .map(problem -> Finding.wrong("topic", problem))
                .toList();
        if (!topics.isEmpty()) {
            findings.addAll(topics);
            return findings;
        }
        findings.add(Finding.well("topics", standings.size() + " with the settings of the catalogue"));
        findings.add(schemas());
        return findings;
    }

    private Finding schemas() {
        Map<String, String> present = new SchemaRegistration(settings.kafka()).read();
        List<String> missing = SchemaRegistration.ofThisRelease().stream()
                .map(RegisteredSchema::key)
                .filter(key -> !present.containsKey(key))
                .toList();
        return missing.isEmpty()
                ? Finding.well("schemas", present.size() + " registered")
                : Finding.wrong(
                        "schemas",
                        new Problem(
                                "topic schemas",
                                null,
                                "lacks " + missing.size() + " schemas of this release",
                                "run 'capacity schemas register'"));
    }

    private List<Finding> databases() {
        DatabaseSettings database = settings.database();
        return List.of(role("migrator", database.migrator(), "select 1", "lets the migrator in"), writer(), reader());
    }

    private Finding reader() {
        return role(
                "reader",
                settings.database().reader(),
                "select 1 from capacity.line_current limit 0",
                "lets the reader see the views");
    }

    private Finding writer() {
        return role(
                "writer",
                settings.database().writer(),
                "select 1 from store.line_product_hour limit 0",
                "lets the writer reach the tables");
    }

    private Finding role(String role, RoleLogin login, String query, String seen) {
        DatabaseAccess access = new DatabaseAccess(settings.database().url(), role, login);
        try (Connection connection = access.connect()) {
            return probe(connection, role, query, seen);
        } catch (UserError e) {
            return wrong(role, e).get(0);
        } catch (SQLException e) {
            return Finding.wrong(role, new Problem("database.url", access.url(), "broke off: " + e.getMessage()));
        }
    }

    private Finding probe(Connection connection, String role, String query, String seen) {
        String url = settings.database().url();
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(query)) {
            return Finding.well(
                    role,
                    url + " " + seen + " as "
                            + result.getStatement()
                                    .getConnection()
                                    .getMetaData()
                                    .getUserName());
        } catch (SQLException e) {
            return Finding.wrong(
                    role,
                    new Problem(
                            "database.url",
                            url,
                            "has not the tables and views of this release: "
                                    + String.valueOf(e.getMessage())
                                            .lines()
                                            .findFirst()
                                            .orElse(""),
                            "run 'capacity db migrate'"));
        }
    }

    private static List<Finding> wrong(String thing, UserError error) {
        return error.problems().stream()
                .map(problem -> Finding.wrong(thing, problem))
                .toList();
    }
}
