package org.capacityboard.bench.run;

import java.io.IOException;
import java.io.Reader;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import org.capacityboard.bench.load.LoadSize;
import org.capacityboard.bench.load.StandardLoad;
import org.capacityboard.process.settings.Settings;

/**
 * What a run is told.
 *
 * @param load what stands in the telemetry topic
 * @param size how much that is
 * @param parallelism threads, tasks or copies of operators
 * @param settings where broker and database are, and how the job is set
 * @param directory a folder of the run's own
 * @param digest what the oracle computed of the load
 */
public record RunPlan(
        StandardLoad load, LoadSize size, int parallelism, Map<String, String> settings, Path directory, Path digest) {
    private static final String SETTING = "setting.";
    /** Of more, the rest is measured. */
    private static final long LONGEST_WARM_UP = 80_000_000;

    public RunPlan {
        settings = Map.copyOf(settings);
    }

    /** The product's settings of this run. */
    public Settings boardSettings() {
        Settings read = Settings.defaults();
        for (Map.Entry<String, String> setting : settings.entrySet()) {
            read = read.with(setting.getKey(), setting.getValue());
        }
        return read;
    }

    /** The same with one setting changed. */
    public RunPlan with(String key, String value) {
        Map<String, String> changed = new TreeMap<>(settings);
        changed.put(key, value);
        return new RunPlan(load, size, parallelism, changed, directory, digest);
    }

    /** The same in another folder. */
    public RunPlan in(Path otherDirectory) {
        return new RunPlan(load, size, parallelism, settings, otherDirectory, digest);
    }

    /** Reports after which the clock starts: until then classes load and the compiler works, half a minute and more on few cores. */
    public long warmUp() {
        return Math.min(size.reports() * 2 / 3, LONGEST_WARM_UP);
    }

    void write(Path file) throws IOException {
        Properties properties = new Properties();
        properties.setProperty("lines", String.valueOf(load.lines()));
        properties.setProperty("seconds", String.valueOf(load.seconds()));
        properties.setProperty("start", load.start().toString());
        properties.setProperty("seed", String.valueOf(load.seed()));
        properties.setProperty("intervalSeconds", String.valueOf(load.intervalSeconds()));
        properties.setProperty("reports", String.valueOf(size.reports()));
        properties.setProperty("rubbish", String.valueOf(size.rubbish()));
        properties.setProperty("parallelism", String.valueOf(parallelism));
        properties.setProperty("directory", directory.toString());
        properties.setProperty("digest", digest.toString());
        settings.forEach((key, value) -> properties.setProperty(SETTING + key, value));
        try (Writer out = Files.newBufferedWriter(file)) {
            properties.store(out, null);
        }
    }

    static RunPlan read(Path file) throws IOException {
        Properties properties = new Properties();
        try (Reader in = Files.newBufferedReader(file)) {
            properties.load(in);
        }
        Map<String, String> settings = new TreeMap<>();
        for (String name : properties.stringPropertyNames()) {
            if (name.startsWith(SETTING)) {
                settings.put(name.substring(SETTING.length()), properties.getProperty(name));
            }
        }
        return new RunPlan(
                new StandardLoad(
                        Integer.parseInt(properties.getProperty("lines")),
                        Integer.parseInt(properties.getProperty("seconds")),
                        Instant.parse(properties.getProperty("start")),
                        Long.parseLong(properties.getProperty("seed")),
                        Integer.parseInt(properties.getProperty("intervalSeconds"))),
                new LoadSize(
                        Long.parseLong(properties.getProperty("reports")),
                        Long.parseLong(properties.getProperty("rubbish"))),
                Integer.parseInt(properties.getProperty("parallelism")),
                settings,
                Path.of(properties.getProperty("directory")),
                Path.of(properties.getProperty("digest")));
    }
}
