package org.capacityboard.bench;

import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.Callable;
import org.capacityboard.bench.report.BenchReport;
import org.capacityboard.process.errors.Problem;
import org.capacityboard.process.errors.ProblemReport;
import org.capacityboard.process.errors.UserError;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** {@code capacity bench}: progress on standard error, the table on standard output. */
@Command(
        name = "capacity bench",
        description = {
            "Measure how fast the jobs are, beside what can be had at all and beside others, all on the same events.",
            "A run whose rows are not the oracle's has no figure."
        },
        showDefaultValues = false,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:every run has its figures", "1:failed, or a run has none", "2:wrong usage"})
public final class BenchCommand implements Callable<Integer> {
    private static final Path OUTPUT_OTHERWISE = Path.of("bench-results");

    private final PrintStream out;
    private final PrintStream err;

    @Option(
            names = LadderPlan.RUNGS,
            paramLabel = "STEP,...",
            completionCandidates = StepWords.class,
            description =
                    "Steps and trials to measure: ${COMPLETION-CANDIDATES}; all of them otherwise, with --quick the steps.")
    private @Nullable String rungs;

    @Option(
            names = LadderPlan.EVENTS,
            paramLabel = "N",
            description = "About how many events; 120000000 otherwise, 2000000 with --quick.")
    private @Nullable String events;

    @Option(names = LadderPlan.LINES, paramLabel = "N", description = "How many lines send them; 10000 otherwise.")
    private @Nullable String lines;

    @Option(
            names = LadderPlan.REPEAT,
            paramLabel = "N",
            description = "How often each step runs; 3 otherwise, 1 with --quick.")
    private @Nullable String repeat;

    @Option(
            names = LadderPlan.PARALLELISM,
            paramLabel = "P",
            description = "Threads, tasks or copies of operators; 2 otherwise.")
    private @Nullable String parallelism;

    @Option(
            names = LadderPlan.RATE,
            paramLabel = "N",
            description = "Events a second that 'sustained' asks of the job; 150000 otherwise.")
    private @Nullable String rate;

    @Option(names = LadderPlan.SEED, paramLabel = "S", description = "Same seed, same events; 1 otherwise.")
    private @Nullable String seed;

    @Option(names = "--quick", description = "A first look, in minutes: fewer events, once.")
    private boolean quick;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "New or empty folder where it all happens, and which is kept; otherwise a temporary one.")
    private @Nullable Path data;

    @Option(
            names = "--output",
            paramLabel = "DIR",
            description = "Folder for ladder.md, ladder.json and ladder.svg; bench-results otherwise.")
    private Path output = OUTPUT_OTHERWISE;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help message and exit.")
    @SuppressWarnings("unused")
    private boolean help;

    /** For the help. */
    static final class StepWords implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return LadderPlan.words().iterator();
        }
    }

    private BenchCommand(PrintStream out, PrintStream err) {
        this.out = out;
        this.err = err;
    }

    public static void main(String[] arguments) {
        System.exit(run(List.of(arguments), System.out, System.err));
    }

    /** Runs the command and returns its exit code. */
    static int run(List<String> arguments, PrintStream out, PrintStream err) {
        CommandLine line = new CommandLine(new BenchCommand(out, err));
        line.setOut(new PrintWriter(out, true));
        line.setErr(new PrintWriter(err, true));
        line.setParameterExceptionHandler((wrong, given) -> wrongUsage(wrong, err));
        line.setExecutionExceptionHandler((failure, command, parsed) -> ProblemReport.print(failure, err));
        return line.execute(arguments.toArray(new String[0]));
    }

    private static int wrongUsage(ParameterException wrong, PrintStream err) {
        ProblemReport.print(
                List.of(new Problem(
                        "capacity bench",
                        null,
                        "was called wrongly: "
                                + String.valueOf(wrong.getMessage()).strip(),
                        "'capacity bench --help' shows how it is meant")),
                err);
        return UserError.WRONG_USAGE;
    }

    @Override
    public Integer call() throws IOException, SQLException {
        LadderPlan plan =
                LadderPlan.read(new LadderPlan.Flags(rungs, events, lines, repeat, parallelism, rate, seed, quick));
        Path results = writable("--output", output);
        Path directory = data == null ? Files.createTempDirectory("capacity-bench-") : empty(data);
        BenchReport report;
        try (Ending ending = Ending.of(directory, data == null, err)) {
            report = new Ascent(plan, directory, results, err, ending::isAsked).climb();
        } catch (InterruptedException e) {
            err.println("Stopped.");
            return UserError.FAILED;
        }
        report.write(results);
        out.print(report.text());
        out.flush();
        err.println("ladder.md, ladder.json and ladder.svg are in " + results);
        return report.ladder().isComplete() ? 0 : UserError.FAILED;
    }

    private static Path writable(String flag, Path directory) {
        try {
            Files.createDirectories(directory);
            Files.delete(Files.createTempFile(directory, "bench", null));
            return directory.toAbsolutePath().normalize();
        } catch (IOException e) {
            throw UserError.failed(new Problem(
                    flag,
                    directory.toString(),
                    "cannot be written: " + e,
                    "it belongs to somebody else, or the disk is full"));
        }
    }

    private static Path empty(Path directory) throws IOException {
        Path writable = writable("--data", directory);
        try (DirectoryStream<Path> children = Files.newDirectoryStream(writable)) {
            if (children.iterator().hasNext()) {
                throw UserError.wrongUsage(new Problem(
                        "--data",
                        directory.toString(),
                        "must be a new or an empty folder",
                        "an earlier bench left its data there: delete them"));
            }
        }
        return writable;
    }
}
