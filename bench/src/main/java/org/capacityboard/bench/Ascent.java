package org.capacityboard.bench;

import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.lang.management.OperatingSystemMXBean;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.capacityboard.bench.load.LoadEvents;
import org.capacityboard.bench.load.LoadOracle;
import org.capacityboard.bench.load.LoadSize;
import org.capacityboard.bench.load.LoadWriter;
import org.capacityboard.bench.load.StandardLoad;
import org.capacityboard.bench.report.BenchReport;
import org.capacityboard.bench.report.Conditions;
import org.capacityboard.bench.report.Ladder;
import org.capacityboard.bench.report.Machine;
import org.capacityboard.bench.report.Measurement;
import org.capacityboard.bench.report.StepRun;
import org.capacityboard.bench.report.StepRuns;
import org.capacityboard.bench.run.BenchServers;
import org.capacityboard.bench.run.RunPlan;
import org.capacityboard.bench.run.RungProcess;
import org.capacityboard.local.embedded.Folders;
import org.capacityboard.local.setup.DatabaseAccess;
import org.capacityboard.process.errors.Problem;
import org.capacityboard.process.errors.UserError;
import org.capacityboard.process.settings.DatabaseSettings;

/** One way up the ladder: writes the load once, has every step take it as often as planned, and gathers what they say. */
final class Ascent {
    private static final String PREFIX = "bench";
    private static final String LOG = "log.txt";
    private static final int RUN_HEAP_MEGABYTES = 4_096;
    /** Load average per core above which others take what a run should have. */
    private static final double BUSY = 0.3;

    private static final int LINES_OF_A_PROBLEM = 12;

    private final LadderPlan plan;
    private final Path data;
    private final Path output;
    private final PrintStream progress;
    private final BooleanSupplier isToStop;

    /**
     * @param data a new or empty folder, where everything happens
     * @param output an existing folder, where the logs of runs without figures go
     * @param isToStop whether somebody does not want the rest any more
     */
    Ascent(LadderPlan plan, Path data, Path output, PrintStream progress, BooleanSupplier isToStop) {
        this.plan = plan;
        this.data = data;
        this.output = output;
        this.progress = progress;
        this.isToStop = isToStop;
    }

    /** Runs everything. */
    BenchReport climb() throws IOException, SQLException, InterruptedException {
        double loadAverage = loadAverage();
        StandardLoad load = plan.load();
        LoadSize size = LoadSize.of(load);
        boolean hasSteps = !plan.steps().isEmpty();
        Path digest = data.resolve("oracle");
        if (hasSteps) {
            say("computing with the oracle what %,d lines must come to", load.lines());
            LoadOracle.digest(load).write(digest);
        }
        try (BenchServers servers = servers()) {
            try {
                RunPlan run = new RunPlan(load, size, plan.parallelism(), servers.topics(PREFIX), data, digest);
                if (hasSteps) {
                    say("writing %,d records", size.records());
                    write(servers, load);
                }
                Ladder ladder = new Ladder(steps(servers, run));
                List<Measurement> figures = figures(ladder, trials(servers));
                Machine machine = Machine.here(postgresql(servers, run));
                return new BenchReport(
                        ladder,
                        figures,
                        machine,
                        new Conditions(
                                load,
                                size,
                                plan.parallelism(),
                                plan.rounds(),
                                RUN_HEAP_MEGABYTES,
                                run.warmUp(),
                                loadAverage,
                                plan.command()));
            } finally {
                // The servers are given time to stop, whoever interrupts.
                if (Thread.interrupted()) {
                    say("stopping the servers");
                }
            }
        }
    }

    private double loadAverage() {
        OperatingSystemMXBean system = ManagementFactory.getOperatingSystemMXBean();
        double loadAverage = system.getSystemLoadAverage();
        if (loadAverage > system.getAvailableProcessors() * BUSY) {
            say(
                    "the machine is busy with something else, load average %.1f: the rates will be lower than it can do",
                    loadAverage);
        }
        return loadAverage;
    }

    private BenchServers servers() throws IOException, InterruptedException {
        try {
            return BenchServers.start(data);
        } catch (IllegalStateException e) {
            stopIfAsked();
            for (String server : List.of("broker", "database")) {
                keep(data.resolve(server + ".log"), "log-" + server + ".txt");
            }
            throw UserError.failed(new Problem(
                    "bench",
                    null,
                    "cannot start its servers: "
                            + String.valueOf(e.getMessage()).lines().findFirst().orElse(""),
                    "log-broker.txt or log-database.txt in the folder of --output says why"));
        }
    }

    private boolean keep(Path log, String name) throws IOException {
        boolean isThere = Files.exists(log);
        if (isThere) {
            Files.copy(log, output.resolve(name), StandardCopyOption.REPLACE_EXISTING);
        }
        return isThere;
    }

    private static void write(BenchServers servers, StandardLoad load) {
        try (LoadWriter writer = new LoadWriter(servers.bootstrap(), PREFIX)) {
            writer.reference(load);
            new LoadEvents(load).writeAll(writer);
            writer.flush();
        }
    }

    private List<StepRuns> steps(BenchServers servers, RunPlan run) throws InterruptedException {
        Map<Step, List<StepRun>> runs = new EnumMap<>(Step.class);
        plan.steps().forEach(step -> runs.put(step, new ArrayList<>()));
        List<Turn> turns = plan.turns();
        for (int i = 0; i < turns.size(); i++) {
            stopIfAsked();
            Turn turn = turns.get(i);
            StepRun taken =
                    take(turn, servers, run.in(data.resolve("run-" + turn.step().word() + "-" + turn.round())));
            runs.computeIfAbsent(turn.step(), step -> new ArrayList<>()).add(taken);
            say("%d/%d %s: %s", i + 1, turns.size(), turn, inWords(taken));
        }
        return plan.steps().stream()
                .map(step -> new StepRuns(step.word(), step.what(), runs.getOrDefault(step, List.of())))
                .toList();
    }

    /** A trial tells more of a figure than the ladder does. */
    private static List<Measurement> figures(Ladder ladder, List<Measurement> ofTrials) {
        Set<String> told = ofTrials.stream().map(Measurement::name).collect(Collectors.toSet());
        return Stream.concat(
                        Figure.of(ladder).stream().filter(figure -> !told.contains(figure.name())), ofTrials.stream())
                .toList();
    }

    private List<Measurement> trials(BenchServers servers) throws InterruptedException {
        TrialGround ground = new TrialGround(servers, plan, data);
        List<Measurement> measured = new ArrayList<>();
        for (Trial trial : plan.trials()) {
            stopIfAsked();
            try {
                List<Measurement> found = trial.run(ground);
                found.forEach(figure -> say(
                        "%s: %s %s, %s", trial.word(), String.valueOf(figure.value()), figure.unit(), figure.remark()));
                measured.addAll(found);
            } catch (Exception e) {
                stopIfAsked();
                say("%s: no figure: %s", trial.word(), why(e));
                measured.add(new Measurement(trial.word(), null, "", null, null, why(e)));
            }
        }
        return measured;
    }

    private void stopIfAsked() throws InterruptedException {
        if (isToStop.getAsBoolean()) {
            throw new InterruptedException("asked to stop");
        }
    }

    private static String inWords(StepRun taken) {
        Double rate = taken.figures().get(StepRun.EVENTS_PER_SECOND);
        return rate == null
                ? "no figure: "
                        + String.valueOf(taken.problem()).lines().findFirst().orElse("")
                : String.format(Locale.ROOT, "%,.0f events/s", rate);
    }

    private StepRun take(Turn turn, BenchServers servers, RunPlan plain) throws InterruptedException {
        StepRun taken;
        try {
            taken = StepRun.measured(turn.round(), figures(turn.step(), servers, plain));
        } catch (RuntimeException | IOException | SQLException e) {
            stopIfAsked();
            taken = StepRun.failed(turn.round(), why(e) + keptLog(turn, plain.directory()));
        }
        lighten(plain.directory());
        return taken;
    }

    private static Map<String, Double> figures(Step step, BenchServers servers, RunPlan plain)
            throws IOException, SQLException, InterruptedException {
        Map<String, String> settings = new TreeMap<>(plain.settings());
        settings.putAll(servers.emptyDatabase(PREFIX));
        servers.forgetOffsets();
        RunPlan run = new RunPlan(
                plain.load(), plain.size(), plain.parallelism(), settings, plain.directory(), plain.digest());
        try {
            if (step == Step.L7) {
                servers.stopBroker();
            }
            return RungProcess.run(step, run, RUN_HEAP_MEGABYTES);
        } finally {
            servers.startBroker();
        }
    }

    /** What went wrong, without where in the program it did: the log tells that. */
    private static String why(Exception failure) {
        return String.valueOf(failure.getMessage())
                .replaceFirst("^Step \\S+ has no figure: ", "")
                .replaceFirst("^java\\.lang\\.IllegalStateException: ", "")
                .lines()
                .filter(line -> !line.startsWith("\t") && !line.startsWith("Maybe its log"))
                .limit(LINES_OF_A_PROBLEM)
                .collect(Collectors.joining("\n"));
    }

    private String keptLog(Turn turn, Path directory) {
        String name = "log-" + turn.step().word() + "-" + turn.round() + ".txt";
        try {
            return keep(directory.resolve(LOG), name) ? "\n(" + name + " says more.)" : "";
        } catch (IOException e) {
            return "\n(Its log could not be kept: " + e + ")";
        }
    }

    /** Deletes what takes room: checkpoints, state, rows. */
    private static void lighten(Path directory) {
        try {
            if (Files.isDirectory(directory)) {
                try (DirectoryStream<Path> children = Files.newDirectoryStream(
                        directory, child -> !child.toString().endsWith(".txt"))) {
                    for (Path child : children) {
                        Folders.delete(child);
                    }
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot delete what a run left in " + directory, e);
        }
    }

    private static String postgresql(BenchServers servers, RunPlan run) throws SQLException, IOException {
        Map<String, String> settings = new TreeMap<>(run.settings());
        settings.putAll(servers.emptyDatabase(PREFIX));
        RunPlan withDatabase =
                new RunPlan(run.load(), run.size(), run.parallelism(), settings, run.directory(), run.digest());
        DatabaseSettings database = withDatabase.boardSettings().database();
        try (Connection connection = new DatabaseAccess(database.url(), "migrator", database.migrator()).connect()) {
            return connection.getMetaData().getDatabaseProductVersion();
        }
    }

    private void say(String format, Object... values) {
        progress.printf(Locale.ROOT, format + "%n", values);
        progress.flush();
    }
}
