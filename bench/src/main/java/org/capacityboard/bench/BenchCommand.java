package org.capacityboard.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.capacityboard.bench.load.LoadEvents;
import org.capacityboard.bench.load.LoadOracle;
import org.capacityboard.bench.load.LoadSize;
import org.capacityboard.bench.load.LoadWriter;
import org.capacityboard.bench.load.StandardLoad;
import org.capacityboard.bench.run.BenchServers;
import org.capacityboard.bench.run.RunPlan;
import org.capacityboard.bench.run.RungProcess;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code capacity bench}. */
@Command(name = "bench", description = "Measure the ladder.", mixinStandardHelpOptions = true)
public final class BenchCommand implements Callable<Integer> {
    @Option(names = "--rungs", split = ",")
    List<String> rungs = List.of("l1", "l2", "l3a", "l3b", "l4", "l5", "l5-off", "l6", "l7");

    @Option(names = "--events")
    long events = 6_000_000;

    @Option(names = "--lines")
    int lines = 10_000;

    @Option(names = "--repeat")
    int repeat = 1;

    @Option(names = "--parallelism")
    int parallelism = 2;

    @Option(names = "--data")
    Path data = Path.of("bench-data");

    public static void main(String[] arguments) {
        System.exit(new CommandLine(new BenchCommand()).execute(arguments));
    }

    @Override
    public Integer call() throws IOException, SQLException, InterruptedException {
        StandardLoad load = StandardLoad.ofEvents(events, lines, 1);
        LoadSize size = LoadSize.of(load);
        Path directory = Files.createDirectories(data).toAbsolutePath();
        Path digest = directory.resolve("oracle");
        long t0 = System.nanoTime();
        LoadOracle.digest(load).write(digest);
        System.err.printf("oracle %.1f s%n", (System.nanoTime() - t0) / 1e9);
        try (BenchServers servers = BenchServers.start(directory)) {
            Map<String, String> settings = new TreeMap<>(servers.topics("bench"));
            t0 = System.nanoTime();
            try (LoadWriter writer = new LoadWriter(servers.bootstrap(), "bench")) {
                writer.reference(load);
                LoadEvents all = new LoadEvents(load);
                while (all.hasNext()) {
                    all.next(writer);
                }
                writer.flush();
            }
            System.err.printf("%d records written, %.1f s%n", size.records(), (System.nanoTime() - t0) / 1e9);
            for (int i = 0; i < repeat; i++) {
                for (String word : rungs) {
                    Step step = Step.named(word);
                    settings.putAll(servers.emptyDatabase("bench"));
                    servers.forgetOffsets();
                    if (step == Step.L7) {
                        servers.stopBroker();
                    }
                    RunPlan plan = new RunPlan(
                            load, size, parallelism, settings, directory.resolve("run-" + word + "-" + i), digest);
                    try {
                        System.out.println(word + " " + RungProcess.run(step, plan, 4_096));
                    } catch (IllegalStateException e) {
                        System.out.println(word + " " + e.getMessage());
                    }
                    servers.startBroker();
                }
            }
        }
        return 0;
    }
}
