package org.capacityboard.bench;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.capacityboard.bench.live.Freshness;
import org.capacityboard.bench.live.LiveOptions;
import org.capacityboard.bench.live.OrderBooks;
import org.capacityboard.bench.live.OrderOptions;
import org.capacityboard.bench.live.Recovery;
import org.capacityboard.bench.live.SurgeComputations;
import org.capacityboard.bench.live.SurgeOptions;
import org.capacityboard.bench.live.Sustained;
import org.capacityboard.bench.load.LoadEvents;
import org.capacityboard.bench.load.LoadOracle;
import org.capacityboard.bench.load.LoadSize;
import org.capacityboard.bench.load.LoadWriter;
import org.capacityboard.bench.load.StandardLoad;
import org.capacityboard.bench.report.Measurement;
import org.capacityboard.bench.report.Spread;
import org.capacityboard.bench.report.StepRun;
import org.capacityboard.bench.run.BenchServers;
import org.capacityboard.bench.run.Course;
import org.capacityboard.bench.run.RunPlan;
import org.capacityboard.bench.run.RungProcess;
import org.capacityboard.bench.rungs.FlinkRung;
import org.capacityboard.local.embedded.Folders;

/** Where trials are run: the servers of the ladder, with topics, loads and folders of each trial's own. */
final class TrialGround {
    private static final int HEAP_MEGABYTES = 4_096;
    /** At two million a second, half a minute after the warm-up. */
    private static final long EXACTLY_ONCE_EVENTS = 160_000_000;

    private static final int MILLION = 1_000_000;
    /** In the first half all come over a midnight and the clock stands; in the second a minute closes, as it does for every sixty reports of fewer lines. */
    private static final int MILLION_LINES_SECONDS = 120;
    /** Each is all lines anew, and takes as long as 10,000 lines have between two. */
    private static final int MILLION_LINES_CHECKPOINTS_SECONDS = 60;

    private static final int MILLION_LINES_HEAP_MEGABYTES = 12_288;
    /** As much of a partition at once as holds two reports of each of its lines. */
    private static final int MILLION_LINES_STRETCH_BYTES = 16 * 1024 * 1024;

    private static final int DISK_HEAP_MEGABYTES = 1_536;
    private static final int FEWEST_SECONDS = 45;
    private static final int TWO_DAYS_SECONDS = 172_800;
    private static final int WEIGHED_LINES = 120;
    private static final int DISK_LINES = 100_000;
    private static final int DISK_SECONDS = 1_800;
    private static final Duration SUSTAINED_FOR = Duration.ofMinutes(10);
    private static final Duration SUSTAINED_WARM_UP = Duration.ofMinutes(1);
    private static final int ORDERS = 1_000_000;
    private static final int OPEN_ORDERS = 100_000;
    /** A forecast needs eight weeks of output. */
    private static final Duration ORDERS_CONFIRMED_IN = Duration.ofDays(60);

    private static final int ORDER_EVENTS_PER_SECOND = 2_000;
    private static final Duration ORDERS_WARM_UP = Duration.ofMinutes(1);
    private static final Duration ORDERS_MEASURED_FOR = Duration.ofMinutes(5);
    /** Each is all orders anew, half a gigabyte of a million. */
    private static final Duration ORDERS_CHECKPOINTS = Duration.ofMinutes(1);
    /** With what a JVM needs beside its heap, 3 GB. */
    private static final int ORDERS_HEAP_MEGABYTES = 2_400;
    /** Orders live long: left to itself, the JVM would keep a third of the heap from them. */
    private static final List<String> ORDERS_FLAGS = List.of("-XX:MaxNewSize=400m");

    private static final int SURGE_LINES = 5_000;
    private static final int SURGE_PRODUCTS = 500;
    private static final int SURGE_MATERIALS = 2_000;
    private static final int SURGE_PLANTS = 200;
    private static final int SURGE_CHANGES = 15;
    private static final int SURGE_COMPUTATIONS = 30;

    private final BenchServers servers;
    private final LadderPlan plan;
    private final Path data;

    TrialGround(BenchServers servers, LadderPlan plan, Path data) {
        this.servers = servers;
        this.plan = plan;
        this.data = data;
    }

    List<Measurement> exactlyOnce() throws Exception {
        String name = "exactly-once";
        StandardLoad load =
                StandardLoad.ofEvents(Math.max(plan.events(), EXACTLY_ONCE_EVENTS), plan.lines(), plan.seed());
        RunPlan run = withSettings(offline(name, load), name, Map.of());
        LoadOracle.digest(load).write(run.digest());
        write(name, load);
        Map<Step, List<Double>> rates = new EnumMap<>(Step.class);
        List<Double> seconds = new ArrayList<>();
        for (Turn turn : Turn.of(List.of(Step.L5, Step.L5_OFF), plan.rounds())) {
            servers.forgetOffsets();
            RunPlan own =
                    run.in(data.resolve("trial-" + name + "-" + turn.step().word() + "-" + turn.round()));
            Map<String, Double> figures = RungProcess.run(turn.step(), own, HEAP_MEGABYTES);
            lighten(own);
            rates.computeIfAbsent(turn.step(), step -> new ArrayList<>())
                    .add(figure(figures, StepRun.EVENTS_PER_SECOND));
            seconds.add(figure(figures, Course.MEASURED_SECONDS));
        }
        Spread with = Spread.of(Objects.requireNonNull(rates.get(Step.L5)));
        Spread without = Spread.of(Objects.requireNonNull(rates.get(Step.L5_OFF)));
        return List.of(Figure.EXACTLY_ONCE.measured(
                with.median() / without.median(),
                String.format(
                        Locale.ROOT,
                        "%d runs of each in turn, %.0f s measured of each, a checkpoint every %d s; events/s with %s, without %s",
                        plan.rounds(),
                        Spread.of(seconds).median(),
                        run.boardSettings().checkpoint().interval().toSeconds(),
                        inWords(with),
                        inWords(without))));
    }

    private static String inWords(Spread rates) {
        return String.format(Locale.ROOT, "%,.0f (%,.0f..%,.0f)", rates.median(), rates.min(), rates.max());
    }

    List<Measurement> lines() throws Exception {
        Map<Integer, Double> rates = new TreeMap<>();
        for (int lines : List.of(10_000, 100_000, MILLION)) {
            boolean isMillion = lines == MILLION;
            long events = Math.max(plan.events(), (long) lines * (isMillion ? MILLION_LINES_SECONDS : FEWEST_SECONDS));
            Map<String, String> settings = new TreeMap<>();
            if (isMillion) {
                settings.put("throughput.horizon", "1h");
                settings.put("checkpoint.interval", MILLION_LINES_CHECKPOINTS_SECONDS + "s");
                settings.put("kafka.properties.max.partition.fetch.bytes", String.valueOf(MILLION_LINES_STRETCH_BYTES));
            }
            Map<String, Double> figures = jobThatKnowsItsLines(
                    "lines-" + lines,
                    StandardLoad.ofEvents(events, lines, plan.seed()),
                    settings,
                    isMillion ? MILLION_LINES_HEAP_MEGABYTES : HEAP_MEGABYTES);
            rates.put(lines, figure(figures, StepRun.EVENTS_PER_SECOND));
        }
        List<Measurement> measured = new ArrayList<>();
        double few = Objects.requireNonNull(rates.get(10_000));
        double many = Objects.requireNonNull(rates.get(MILLION));
        measured.add(Figure.MANY_LINES.measured(
                many / few,
                String.format(
                        Locale.ROOT,
                        "events/s at 10,000 / 100,000 / 1,000,000 lines: %,.0f / %,.0f / %,.0f; with the last, checkpoints are %d s apart",
                        few,
                        rates.get(100_000),
                        many,
                        MILLION_LINES_CHECKPOINTS_SECONDS)));
        return measured;
    }

    List<Measurement> state() throws Exception {
        StandardLoad load = StandardLoad.ofEvents((long) TWO_DAYS_SECONDS * WEIGHED_LINES, WEIGHED_LINES, plan.seed());
        Map<String, Double> figures = RungProcess.run(Step.STATE, offline("state", load), HEAP_MEGABYTES);
        return List.of(Figure.STATE_PER_LINE.measured(
                figure(figures, StepRun.LIVE_HEAP_BYTES_PER_LINE),
                WEIGHED_LINES + " lines, each with all reports of two days"));
    }

    List<Measurement> disk() throws Exception {
        StandardLoad load = StandardLoad.ofEvents((long) DISK_SECONDS * DISK_LINES, DISK_LINES, plan.seed())
                .every(60);
        Map<String, Double> figures = job("disk", load, Map.of("state.backend", "rocksdb"), DISK_HEAP_MEGABYTES);
        Double megabytes = figures.get(Course.PEAK_PROCESS_MEGABYTES);
        String remark = String.format(
                Locale.ROOT,
                "RocksDB, incremental checkpoints, most memory of the process; %,.0f events/s meanwhile",
                figure(figures, StepRun.EVENTS_PER_SECOND));
        return List.of(
                megabytes == null
                        ? Figure.DISK_MEMORY.missing("this system does not tell the memory of a process")
                        : Figure.DISK_MEMORY.measured(megabytes / 1_000, remark));
    }

    List<Measurement> freshness() throws Exception {
        LiveOptions options = live("freshness");
        Map<String, Double> figures = Freshness.measure(servers, options);
        String remark = String.format(
                Locale.ROOT,
                "%,d lines at a report a second, %,.0f reports looked at; median %.0f ms, worst %.0f ms",
                options.lines(),
                figure(figures, "samples"),
                figure(figures, "p50Ms"),
                figure(figures, "maxMs"));
        return List.of(Figure.FRESHNESS.measured(figure(figures, "p99Ms"), remark));
    }

    List<Measurement> recovery() throws Exception {
        LiveOptions options = live("recovery");
        LiveOptions.Job job = options.job();
        boolean archive = Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .allMatch(entry -> entry.endsWith(".jar"));
        Map<String, Double> figures = Recovery.measure(
                servers,
                options.withJob(new LiveOptions.Job(
                        job.parallelism(), job.heapMegabytes(), job.checkpointInterval(), job.flags(), archive)));
        String remark = String.format(
                Locale.ROOT,
                "median of %.0f kills, worst %.1f s; every sampled line after %.1f s; %s",
                figure(figures, "kills"),
                figure(figures, "firstRowWorstSeconds"),
                figure(figures, "allLinesMedianSeconds"),
                archive ? "with the archive of classes that a stopped job leaves" : "without an archive of classes");
        return List.of(Figure.RECOVERY.measured(figure(figures, "firstRowMedianSeconds"), remark));
    }

    List<Measurement> sustained() throws Exception {
        LiveOptions options = live("sustained");
        LiveOptions asked = options.withLoad(plan.lines(), plan.rate())
                .withTime(new LiveOptions.Time(options.time().past(), SUSTAINED_WARM_UP, SUSTAINED_FOR));
        Map<String, Double> figures = Sustained.measure(servers, asked);
        String remark = String.format(
                Locale.ROOT,
                "%,d asked for %d minutes; lag at most %.1f s, slope %+.0f records/s",
                plan.rate(),
                SUSTAINED_FOR.toMinutes(),
                figure(figures, "lagMaxSeconds"),
                figure(figures, "lagSlope"));
        return List.of(
                figure(figures, "flat") == 1
                        ? Figure.SUSTAINED.measured(figure(figures, "recordsPerSecond"), remark)
                        : Figure.SUSTAINED.missing("not held: " + remark));
    }

    List<Measurement> orders() throws Exception {
        OrderOptions options = new OrderOptions(
                ORDERS,
                OPEN_ORDERS,
                ORDERS_CONFIRMED_IN,
                ORDER_EVENTS_PER_SECOND,
                ORDERS_WARM_UP,
                ORDERS_MEASURED_FOR,
                new LiveOptions.Job(plan.parallelism(), ORDERS_HEAP_MEGABYTES, ORDERS_CHECKPOINTS, ORDERS_FLAGS, false),
                data.resolve("orders"),
                plan.seed());
        Map<String, Double> figures = OrderBooks.measure(servers, options);
        Double gigabytes = figures.get("peakGigabytes");
        String book = String.format(
                Locale.ROOT,
                "%,.0f orders of %d days, %,.0f open; the past was read at %,.0f events/s",
                figure(figures, "orders"),
                ORDERS_CONFIRMED_IN.toDays(),
                figure(figures, "open"),
                figure(figures, "pastPerSecond"));
        String lag = String.format(
                Locale.ROOT,
                "%,d asked for %d minutes; lag at most %.1f s, slope %+.1f events/s",
                ORDER_EVENTS_PER_SECOND,
                ORDERS_MEASURED_FOR.toMinutes(),
                figure(figures, "lagMaxSeconds"),
                figure(figures, "lagSlope"));
        return List.of(
                gigabytes == null
                        ? Figure.ORDERS_MEMORY.missing("this system does not tell the memory of a process")
                        : Figure.ORDERS_MEMORY.measured(gigabytes, "most memory of the whole process; " + book),
                figure(figures, "flat") == 1
                        ? Figure.ORDERS_RATE.measured(figure(figures, "eventsPerSecond"), lag)
                        : Figure.ORDERS_RATE.missing("not held: " + lag));
    }

    List<Measurement> surge() throws Exception {
        LiveOptions.Job job = live("surge").job();
        SurgeOptions options = new SurgeOptions(
                SURGE_LINES,
                SURGE_PRODUCTS,
                SURGE_MATERIALS,
                SURGE_PLANTS,
                SURGE_CHANGES,
                SURGE_COMPUTATIONS,
                job,
                data.resolve("surge"),
                plan.seed());
        Map<String, Double> figures = SurgeComputations.measure(servers, options);
        return List.of(
                Figure.SURGE_COMPUTATION.measured(
                        figure(figures, "computationMedianSeconds"),
                        String.format(
                                Locale.ROOT,
                                "%,d lines, %,d products, %,d materials, %,d plants: the snapshot that the job wrote, computed %d times; worst %.2f s, the first with cold code %.2f s",
                                SURGE_LINES,
                                SURGE_PRODUCTS,
                                SURGE_MATERIALS,
                                SURGE_PLANTS,
                                SURGE_COMPUTATIONS,
                                figure(figures, "computationMaxSeconds"),
                                figure(figures, "computationFirstSeconds"))),
                Figure.SURGE_FRESHNESS.measured(
                        figure(figures, "visibleMedianSeconds"),
                        String.format(
                                Locale.ROOT,
                                "median of %d, worst %.1f s; the job looks for changes every 10 s; %,.0f rows of readiness and %,.0f of cover",
                                SURGE_CHANGES,
                                figure(figures, "visibleMaxSeconds"),
                                figure(figures, "readinessRows"),
                                figure(figures, "coverRows"))));
    }

    private LiveOptions live(String name) {
        return LiveOptions.standard(data.resolve(name)).withSeed(plan.seed());
    }

    /** Runs the job without sinks over a load of its own, none of which it sees before it has been told of all lines. */
    private Map<String, Double> jobThatKnowsItsLines(
            String name, StandardLoad load, Map<String, String> changed, int heapMegabytes) throws Exception {
        RunPlan run = withSettings(offline(name, load), name, changed);
        LoadOracle.digest(load).write(run.digest());
        try (LoadWriter reference = new LoadWriter(servers.bootstrap(), name);
                LoadWriter telemetry = LoadWriter.heldBack(servers.bootstrap(), name)) {
            reference.reference(load);
            new LoadEvents(load).writeAll(telemetry);
            // A heap that grows is collected as a whole each time, and with so many objects that takes long.
            List<String> flags = List.of("-Xms" + heapMegabytes + "m");
            return RungProcess.run(
                    Step.L5_LINES_KNOWN, run, heapMegabytes, flags, FlinkRung.LINES_KNOWN, telemetry::release);
        } finally {
            lighten(run);
        }
    }

    /** Runs the job without sinks over a load of its own. */
    private Map<String, Double> job(String name, StandardLoad load, Map<String, String> changed, int heapMegabytes)
            throws Exception {
        RunPlan run = withSettings(offline(name, load), name, changed);
        LoadOracle.digest(load).write(run.digest());
        write(name, load);
        try {
            return RungProcess.run(Step.L5, run, heapMegabytes);
        } finally {
            lighten(run);
        }
    }

    private void write(String name, StandardLoad load) {
        try (LoadWriter writer = new LoadWriter(servers.bootstrap(), name)) {
            writer.reference(load);
            new LoadEvents(load).writeAll(writer);
            writer.flush();
        }
    }

    private RunPlan withSettings(RunPlan plan, String topicPrefix, Map<String, String> changed) {
        Map<String, String> settings = new TreeMap<>(servers.topics(topicPrefix));
        settings.putAll(changed);
        return new RunPlan(plan.load(), plan.size(), plan.parallelism(), settings, plan.directory(), plan.digest());
    }

    /** Deletes what takes room. */
    private static void lighten(RunPlan run) throws IOException {
        Folders.delete(run.directory().resolve("checkpoints"));
        Folders.delete(run.directory().resolve("flink"));
    }

    private RunPlan offline(String name, StandardLoad load) {
        return new RunPlan(
                load,
                LoadSize.of(load),
                plan.parallelism(),
                Map.of(),
                data.resolve("trial-" + name),
                data.resolve("oracle-" + name));
    }

    private static double figure(Map<String, Double> figures, String name) {
        return Objects.requireNonNull(figures.get(name), name);
    }
}
