package org.capacityboard.local;

import java.io.PrintStream;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.capacityboard.local.demo.Demo;
import org.capacityboard.local.demo.DemoPorts;
import org.capacityboard.local.demo.DemoWatch;
import org.capacityboard.local.embedded.DataDirectory;
import org.capacityboard.process.settings.RoleLogin;
import org.capacityboard.process.settings.Settings;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code capacity demo}. */
@Command(
        name = "demo",
        description = {
            "Run everything in one process: broker, database, jobs, simulated plants and the viewer.",
            "Ctrl-C stops it; the same --data goes on where it stopped."
        })
final class DemoCommand implements Callable<Integer> {

    static final Path DEFAULT_DATA = Path.of("data", "demo");

    private static final Duration BETWEEN_LINES = Duration.ofSeconds(5);

    private final CapacityCommand capacity;

    @Mixin
    private final SimulatorOptions simulator = new SimulatorOptions();

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "Where everything is kept from one start to the next; data/demo otherwise.")
    private Path data = DEFAULT_DATA;

    @Option(names = "--fresh", description = "Delete what earlier runs left in --data.")
    private boolean fresh;

    @Option(
            names = "--port",
            paramLabel = "P",
            description =
                    "HTTP at P, Kafka at P+1, PostgreSQL at P+2; 0 takes free ones. Default: the setting http.port.")
    private @Nullable Integer port;

    DemoCommand(CapacityCommand capacity) {
        this.capacity = capacity;
    }

    @Override
    public Integer call() throws Exception {
        long startedAt = System.nanoTime();
        List<String> options = new ArrayList<>(simulator.settings());
        if (port != null) {
            options.add("http.port=" + port);
        }
        Settings settings = capacity.settings(options);
        PrintStream err = capacity.err();
        try (Interruption interruption = Interruption.listen();
                DataDirectory directory = DataDirectory.take(data)) {
            if (fresh) {
                directory.clear();
            }
            err.println((directory.isUsed() ? "Going on with the data in " : "Keeping data in ")
                    + directory.path()
                    + (directory.isUsed() ? "; --fresh starts over" : "; the next start goes on with it"));
            try (Demo demo = Demo.start(
                    directory, DemoPorts.from(settings.http().port()), settings, step -> err.println("  " + step))) {
                err.printf("Started in %.1f s. Ctrl-C stops.%n", (System.nanoTime() - startedAt) / 1e9);
                printAddresses(demo, directory);
                watch(demo, interruption.asked());
                err.println("Stopping: a last checkpoint, so that the next start goes on here.");
            }
            err.println("Stopped.");
        }
        return 0;
    }

    private void printAddresses(Demo demo, DataDirectory directory) {
        Settings settings = demo.settings();
        RoleLogin reader = settings.database().reader();
        String address = settings.database().url().replaceFirst("^jdbc:", "");
        PrintStream out = capacity.out();
        out.println("database     "
                + address.replaceFirst(
                        "//",
                        "//" + reader.user() + ":"
                                + Objects.requireNonNull(reader.password()).reveal() + "@"));
        out.println("kafka        " + settings.kafka().bootstrap());
        out.println("flink        " + demo.flinkAddress());
        out.println("data         " + directory.path());
        out.println("viewer       " + demo.httpAddress());
        out.flush();
    }

    /** Shows how it goes until somebody asks to stop; what ends by itself is a failure. */
    private void watch(Demo demo, CompletableFuture<Void> asked) throws SQLException, InterruptedException {
        CompletableFuture<Throwable> failure = demo.failure();
        DemoWatch watch = new DemoWatch(demo);
        PrintStream err = capacity.err();
        boolean history = true;
        try (ProgressLine progress = new ProgressLine("history", err)) {
            while (!isDone(asked, failure, history ? progress.pause() : BETWEEN_LINES)) {
                DemoWatch.Look look = watch.look();
                Double ratio = look.historyRatio();
                if (ratio != null) {
                    progress.draw(ratio, look.text());
                } else {
                    if (history) {
                        progress.finish();
                        history = false;
                    }
                    err.println(look.text());
                }
            }
        }
        if (failure.isDone() && !asked.isDone()) {
            throw new IllegalStateException("The demo cannot go on", failure.join());
        }
    }

    private static boolean isDone(CompletableFuture<?> asked, CompletableFuture<?> failure, Duration patience)
            throws InterruptedException {
        try {
            CompletableFuture.anyOf(asked, failure).get(patience.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        } catch (ExecutionException e) {
            return true;
        }
    }
}
