package org.capacityboard.process.settings;

import static org.capacityboard.process.settings.Program.DB;
import static org.capacityboard.process.settings.Program.DEMO;
import static org.capacityboard.process.settings.Program.INGEST;
import static org.capacityboard.process.settings.Program.JOB;
import static org.capacityboard.process.settings.Program.RENDER;
import static org.capacityboard.process.settings.Program.SCHEMAS;
import static org.capacityboard.process.settings.Program.SIMULATOR;
import static org.capacityboard.process.settings.Program.TOPICS;
import static org.capacityboard.process.settings.Program.VIEWER;
import static org.capacityboard.process.settings.Program.WHATIF;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Every setting of the product: what is not here is refused. */
public final class Catalogue {
    /** Keys that start so are handed to the Kafka clients untouched. */
    public static final String KAFKA_PROPERTIES = "kafka.properties.";

    static final Setting<String> KAFKA_BOOTSTRAP = new Setting<>(
            "kafka.bootstrap",
            ValueType.BROKERS,
            "127.0.0.1:9092",
            "Brokers to ask first.",
            List.of(JOB, SIMULATOR, INGEST, TOPICS, SCHEMAS));
    static final Setting<String> KAFKA_TOPIC_PREFIX = new Setting<>(
            "kafka.topic-prefix",
            ValueType.NAME,
            "capacity",
            "First part of every topic's name.",
            List.of(JOB, SIMULATOR, INGEST, TOPICS, SCHEMAS, DEMO));
    static final Setting<Path> KAFKA_PROPERTIES_FILE = new Setting<>(
            "kafka.properties-file",
            ValueType.FILE,
            null,
            "Java properties file with more Kafka client properties, the place for their secrets.",
            List.of(JOB, SIMULATOR, INGEST, TOPICS, SCHEMAS));

    static final Setting<String> DATABASE_URL = new Setting<>(
            "database.url",
            ValueType.JDBC_URL,
            "jdbc:postgresql://127.0.0.1:5432/capacity",
            "The database, without user and password.",
            List.of(JOB, DB, VIEWER, RENDER, WHATIF));
    static final Role MIGRATOR = new Role("migrator", "owns the tables", List.of(DB));
    static final Role WRITER = new Role("writer", "writes rows", List.of(JOB, DB));
    static final Role READER = new Role("reader", "reads the views", List.of(DB, VIEWER, RENDER, WHATIF, DEMO));

    static final Setting<Duration> THROUGHPUT_HORIZON = new Setting<>(
            "throughput.horizon",
            ValueType.duration(Duration.ofMinutes(1), Duration.ofDays(31)),
            "48h",
            "How long after its end a window still takes corrections; then its rows are final.",
            List.of(JOB, DEMO));
    static final Setting<Duration> THROUGHPUT_DISORDER = new Setting<>(
            "throughput.disorder",
            ValueType.duration(Duration.ZERO, Duration.ofHours(1)),
            "30s",
            "How far the watermark stays behind the newest event.",
            List.of(JOB, DEMO));
    static final Setting<Duration> THROUGHPUT_IDLE_AFTER = new Setting<>(
            "throughput.idle-after",
            ValueType.duration(Duration.ofMillis(100), Duration.ofHours(1)),
            "1m",
            "How long a partition is silent before the others no longer wait for it.",
            List.of(JOB, DEMO));
    static final Setting<Duration> THROUGHPUT_FUTURE_GUARD = new Setting<>(
            "throughput.future-guard",
            ValueType.duration(Duration.ZERO, Duration.ofHours(24)),
            "5m",
            "How far an event's time may be ahead of its receipt.",
            List.of(JOB, DEMO));
    static final Setting<Duration> THROUGHPUT_UNKNOWN_LINE_WAIT = new Setting<>(
            "throughput.unknown-line-wait",
            ValueType.duration(Duration.ZERO, Duration.ofHours(1)),
            "30s",
            "How long a report waits for the reference data of its line.",
            List.of(JOB, DEMO));

    static final Setting<Duration> LEADTIME_UNKNOWN_ORDER_WAIT = new Setting<>(
            "leadtime.unknown-order-wait",
            ValueType.duration(Duration.ZERO, Duration.ofDays(31)),
            "24h",
            "How long a delivery waits for its order, and an order for its plant and product, in event time.",
            List.of(JOB, DEMO));

    static final Setting<Duration> SURGE_STALE_AFTER = new Setting<>(
            "surge.stale-after",
            ValueType.days(1, 3_650),
            "14d",
            "How long a line may be silent and a stock uncounted, in whole days, before the low end of readiness"
                    + " counts them as nothing.",
            List.of(JOB, DEMO));
    static final Setting<Duration> SURGE_UNKNOWN_REFERENCE_WAIT = new Setting<>(
            "surge.unknown-reference-wait",
            ValueType.duration(Duration.ZERO, Duration.ofDays(31)),
            "30s",
            "How long a stock waits for its plant and material, and a report of people for its line, in event time.",
            List.of(JOB, DEMO));

    static final Setting<Duration> CHECKPOINT_INTERVAL = new Setting<>(
            "checkpoint.interval",
            ValueType.duration(Duration.ofMillis(100), Duration.ofHours(1)),
            "10s",
            "Time between two checkpoints.",
            List.of(JOB, DEMO));
    static final Setting<String> CHECKPOINT_DIRECTORY = new Setting<>(
            "checkpoint.directory",
            ValueType.DIRECTORY,
            "data/checkpoints",
            "Where checkpoints are kept: a path or a URI.",
            List.of(JOB));
    static final Setting<Duration> CHECKPOINT_TIMEOUT = new Setting<>(
            "checkpoint.timeout",
            ValueType.duration(Duration.ofSeconds(1), Duration.ofHours(1)),
            "10m",
            "A checkpoint that takes longer is given up.",
            List.of(JOB, DEMO));
    static final Setting<Integer> CHECKPOINT_RETAINED = new Setting<>(
            "checkpoint.retained",
            ValueType.count(1, 100),
            "3",
            "How many completed checkpoints are kept.",
            List.of(JOB, DEMO));
    static final Setting<StateBackend> STATE_BACKEND = new Setting<>(
            "state.backend",
            ValueType.choice(StateBackend.class),
            "hashmap",
            "Where state lives: on the heap, or on disk for more lines than it holds.",
            List.of(JOB, DEMO));
    static final Setting<Integer> JOB_PARALLELISM = new Setting<>(
            "job.parallelism", ValueType.count(1, 1024), "2", "Copies of every operator.", List.of(JOB, DEMO));
    static final Setting<Integer> JOB_MAX_PARALLELISM = new Setting<>(
            "job.max-parallelism",
            ValueType.count(1, 32_768),
            "128",
            "The widest a job can ever run on its state; fixed with its first checkpoint.",
            List.of(JOB, DEMO));

    static final Setting<Integer> SINK_FLUSH_ROWS = new Setting<>(
            "sink.flush-rows",
            ValueType.count(1, 100_000),
            "5000",
            "Rows that wait at most before they are written.",
            List.of(JOB, DEMO));
    static final Setting<Duration> SINK_FLUSH_AGE = new Setting<>(
            "sink.flush-age",
            ValueType.duration(Duration.ofMillis(10), Duration.ofMinutes(1)),
            "200ms",
            "How long a row waits at most before it is written.",
            List.of(JOB, DEMO));
    static final Setting<Integer> MINUTES_RETENTION_DAYS = new Setting<>(
            "minutes.retention-days",
            ValueType.count(1, 3_660),
            "90",
            "Days that facts per minute are kept.",
            List.of(JOB, DB, DEMO));

    static final Setting<String> HTTP_HOST = new Setting<>(
            "http.host",
            ValueType.HOST,
            "127.0.0.1",
            "Address for health and metrics, and for the viewer.",
            List.of(JOB, SIMULATOR, VIEWER, DEMO));
    static final Setting<Integer> HTTP_PORT = new Setting<>(
            "http.port",
            ValueType.count(0, 65_535),
            "9400",
            "Port for health and metrics, and for the viewer; 0 takes any free one.",
            List.of(JOB, SIMULATOR, VIEWER, DEMO));

    static final Setting<Path> VIEWER_DASHBOARDS = new Setting<>(
            "viewer.dashboards",
            ValueType.FOLDER,
            null,
            "Folder with dashboard files; nothing for those of this release.",
            List.of(VIEWER, RENDER, DEMO));
    static final Setting<Duration> VIEWER_QUERY_TIMEOUT = new Setting<>(
            "viewer.query-timeout",
            ValueType.duration(Duration.ofMillis(100), Duration.ofMinutes(10)),
            "15s",
            "A query of a panel that runs longer is cut.",
            List.of(VIEWER, RENDER, DEMO));
    static final Setting<Integer> VIEWER_ROW_LIMIT = new Setting<>(
            "viewer.row-limit",
            ValueType.count(1, 1_000_000),
            "50000",
            "Rows that one query returns at most.",
            List.of(VIEWER, RENDER, DEMO));
    static final Setting<Integer> VIEWER_CONNECTIONS = new Setting<>(
            "viewer.connections",
            ValueType.count(1, 100),
            "6",
            "Connections to the database at most, and so queries at the same time.",
            List.of(VIEWER, RENDER, DEMO));
    static final Setting<Secret> VIEWER_ACCESS_TOKEN = new Setting<>(
            "viewer.access-token",
            ValueType.SECRET,
            null,
            "What a person must know who looks; taken from the environment only.",
            List.of(VIEWER, DEMO));
    static final Setting<Path> VIEWER_ACCESS_TOKEN_FILE = new Setting<>(
            "viewer.access-token-file",
            ValueType.FILE,
            null,
            "File whose first line is that token.",
            List.of(VIEWER, DEMO));
    static final Setting<String> VIEWER_USER_HEADER = new Setting<>(
            "viewer.user-header",
            ValueType.HEADER,
            null,
            "Header in which a reverse proxy names the user; requests without it are refused.",
            List.of(VIEWER, DEMO));

    static final Setting<String> SIMULATOR_SCENARIO = new Setting<>(
            "simulator.scenario",
            ValueType.NAME_OR_FILE,
            "alliance-155",
            "Which plants are played: alliance-155, clean-line, or a YAML file.",
            List.of(SIMULATOR, DEMO));
    static final Setting<Double> SIMULATOR_SPEED = new Setting<>(
            "simulator.speed", ValueType.SPEED, "1", "Simulated seconds in a second.", List.of(SIMULATOR, DEMO));
    static final Setting<Long> SIMULATOR_SEED = new Setting<>(
            "simulator.seed",
            ValueType.wholeNumber(Long.MIN_VALUE, Long.MAX_VALUE),
            "155",
            "Same seed, same events.",
            List.of(SIMULATOR, DEMO));
    static final Setting<Integer> SIMULATOR_WEEKS = new Setting<>(
            "simulator.weeks",
            ValueType.count(0, 520),
            "1",
            "Weeks of history before the present.",
            List.of(SIMULATOR, DEMO));

    /** All of them, in the order of the settings table. */
    public static final List<Setting<?>> ALL = List.of(
            KAFKA_BOOTSTRAP,
            KAFKA_TOPIC_PREFIX,
            KAFKA_PROPERTIES_FILE,
            DATABASE_URL,
            MIGRATOR.user(),
            MIGRATOR.password(),
            MIGRATOR.passwordFile(),
            WRITER.user(),
            WRITER.password(),
            WRITER.passwordFile(),
            READER.user(),
            READER.password(),
            READER.passwordFile(),
            THROUGHPUT_HORIZON,
            THROUGHPUT_DISORDER,
            THROUGHPUT_IDLE_AFTER,
            THROUGHPUT_FUTURE_GUARD,
            THROUGHPUT_UNKNOWN_LINE_WAIT,
            LEADTIME_UNKNOWN_ORDER_WAIT,
            SURGE_STALE_AFTER,
            SURGE_UNKNOWN_REFERENCE_WAIT,
            CHECKPOINT_INTERVAL,
            CHECKPOINT_DIRECTORY,
            CHECKPOINT_TIMEOUT,
            CHECKPOINT_RETAINED,
            STATE_BACKEND,
            JOB_PARALLELISM,
            JOB_MAX_PARALLELISM,
            SINK_FLUSH_ROWS,
            SINK_FLUSH_AGE,
            MINUTES_RETENTION_DAYS,
            HTTP_HOST,
            HTTP_PORT,
            VIEWER_DASHBOARDS,
            VIEWER_QUERY_TIMEOUT,
            VIEWER_ROW_LIMIT,
            VIEWER_CONNECTIONS,
            VIEWER_ACCESS_TOKEN,
            VIEWER_ACCESS_TOKEN_FILE,
            VIEWER_USER_HEADER,
            SIMULATOR_SCENARIO,
            SIMULATOR_SPEED,
            SIMULATOR_SEED,
            SIMULATOR_WEEKS);

    private Catalogue() {}

    /** The setting of this key; null if the product has none. */
    public static @Nullable Setting<?> find(String key) {
        return ALL.stream()
                .filter(setting -> setting.key().equals(key))
                .findFirst()
                .orElse(null);
    }

    /** The three settings of a database role. */
    record Role(Setting<String> user, Setting<Secret> password, Setting<Path> passwordFile) {
        private Role(String name, String does, List<Program> programs) {
            this(
                    new Setting<>(
                            "database." + name + ".user",
                            ValueType.NAME,
                            "capacity_" + name,
                            "Role that " + does + ".",
                            programs),
                    new Setting<>(
                            "database." + name + ".password",
                            ValueType.SECRET,
                            null,
                            "Its password; taken from the environment only.",
                            programs),
                    new Setting<>(
                            "database." + name + ".password-file",
                            ValueType.FILE,
                            null,
                            "File whose first line is that password.",
                            programs));
        }
    }
}
