package org.capacityboard.local;

import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.capacityboard.process.errors.Problem;
import org.capacityboard.process.errors.ProblemReport;
import org.capacityboard.process.errors.UserError;
import org.capacityboard.process.settings.Settings;
import org.capacityboard.process.settings.SettingsSources;
import org.jspecify.annotations.Nullable;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.UnmatchedArgumentException;

/** The {@code capacity} command: results on standard output, everything else on standard error. */
@Command(
        name = "capacity",
        description = "Streaming industrial capacity dashboard: from telemetry to a figure.",
        scope = ScopeType.INHERIT,
        mixinStandardHelpOptions = true,
        versionProvider = CapacityVersion.class,
        showDefaultValues = false,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:done", "1:failed", "2:wrong usage or settings"})
public final class CapacityCommand {

    @Option(
            names = "--config",
            paramLabel = "FILE",
            scope = ScopeType.INHERIT,
            description = "YAML file with settings; the environment (CAPACITY_...) and --set win over it.")
    private @Nullable Path config;

    @Option(
            names = "--set",
            paramLabel = "KEY=VALUE",
            scope = ScopeType.INHERIT,
            description = "One setting; may be repeated. 'capacity config print' lists them.")
    private List<String> flags = new ArrayList<>();

    @Option(
            names = "--stacktrace",
            scope = ScopeType.INHERIT,
            description = "Show where in the program an error arose.")
    private boolean stacktrace;

    private final PrintStream out;
    private final PrintStream err;
    private final Map<String, String> environment;

    private CapacityCommand(PrintStream out, PrintStream err, Map<String, String> environment) {
        this.out = out;
        this.err = err;
        this.environment = environment;
    }

    public static void main(String[] arguments) {
        System.exit(run(List.of(arguments), System.out, System.err, System.getenv()));
    }

    /** Runs one command and returns its exit code. */
    public static int run(List<String> arguments, PrintStream out, PrintStream err, Map<String, String> environment) {
        CapacityCommand capacity = new CapacityCommand(out, err, environment);
        CommandLine line = capacity.commandLine();
        line.setOut(new PrintWriter(out, true));
        line.setErr(new PrintWriter(err, true));
        line.setCaseInsensitiveEnumValuesAllowed(true);
        line.setExecutionStrategy(parsed -> {
            capacity.flags = flags(parsed);
            return new CommandLine.RunLast().execute(parsed);
        });
        line.setParameterExceptionHandler(capacity::wrongUsage);
        line.setExecutionExceptionHandler((failure, command, parsed) -> capacity.failed(failure));
        return arguments.isEmpty() ? line.execute("help") : line.execute(arguments.toArray(new String[0]));
    }

    /** Those before the subcommand's name and those after it, which win; the parser itself keeps only the latter. */
    private static List<String> flags(ParseResult parsed) {
        return parsed.asCommandLineList().stream()
                .map(level -> level.getParseResult().matchedOption("--set"))
                .filter(Objects::nonNull)
                .flatMap(set -> set.originalStringValues().stream())
                .toList();
    }

    private CommandLine commandLine() {
        CommandLine line = new CommandLine(this);
        line.addSubcommand("demo", new DemoCommand(this));
        line.addSubcommand("replay", new ReplayCommand(this));
        line.addSubcommand("ingest", new IngestCommand(this));
        line.addSubcommand("job", new JobCommand(this));
        line.addSubcommand("viewer", new ViewerCommand(this));
        line.addSubcommand("render", new RenderCommand(this));
        line.addSubcommand("whatif", new WhatIfCommand(this));
        line.addSubcommand("simulator", new SimulatorCommand(this));
        line.addSubcommand("topics", new TopicsCommand(this));
        line.addSubcommand("db", new DatabaseCommand(this));
        line.addSubcommand("schemas", new SchemasCommand(this));
        line.addSubcommand("doctor", new DoctorCommand(this));
        line.addSubcommand("config", new ConfigCommand(this));
        line.addSubcommand("bench", new BenchCommand());
        line.addSubcommand("stand-in", new StandInCommand(this));
        line.addSubcommand("help", new CommandLine.HelpCommand());
        return line;
    }

    @Command(name = "completion", description = "Print a completion script for bash and zsh.")
    int completion() {
        out.println(AutoComplete.bash("capacity", commandLine()));
        return 0;
    }

    /** Settings as the file, the environment and the flags say. */
    Settings settings() {
        return settings(List.of());
    }

    /** The same with flags that a command has options for; these win. */
    Settings settings(List<String> options) {
        List<String> all = new ArrayList<>(flags);
        all.addAll(options);
        return Settings.read(new SettingsSources(config, environment, all));
    }

    PrintStream out() {
        return out;
    }

    PrintStream err() {
        return err;
    }

    private int wrongUsage(ParameterException wrong, String[] arguments) {
        String name = wrong.getCommandLine().getCommandSpec().qualifiedName();
        List<String> meant =
                wrong instanceof UnmatchedArgumentException unmatched ? unmatched.getSuggestions() : List.of();
        ProblemReport.print(
                List.of(new Problem(
                        "capacity",
                        null,
                        "was called wrongly: "
                                + String.valueOf(wrong.getMessage()).strip(),
                        (meant.isEmpty() ? "" : "you meant '" + meant.get(0) + "': ") + "'" + name
                                + " --help' shows how it is meant")),
                err);
        return UserError.WRONG_USAGE;
    }

    private int failed(Exception failure) {
        if (stacktrace) {
            failure.printStackTrace(err);
        }
        UserError userError = cause(failure, UserError.class);
        if (userError != null) {
            ProblemReport.print(userError.problems(), err);
            return userError.exitCode();
        }
        StringBuilder chain = new StringBuilder();
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            chain.append(chain.isEmpty() ? "" : ": ")
                    .append(cause.getMessage() == null ? cause.toString() : cause.getMessage());
        }
        ProblemReport.print(
                List.of(new Problem(
                        "capacity",
                        null,
                        "failed for a reason it does not know: " + chain,
                        "'capacity doctor' finds it; --stacktrace shows where in the program it arose")),
                err);
        return UserError.FAILED;
    }

    private static <T> @Nullable T cause(Throwable failure, Class<T> type) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (type.isInstance(cause)) {
                return type.cast(cause);
            }
        }
        return null;
    }
}
