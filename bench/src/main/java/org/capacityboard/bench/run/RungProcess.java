package org.capacityboard.bench.run;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.capacityboard.bench.Step;
import org.jspecify.annotations.Nullable;

/** Starts a JVM of its own for a run, so that no run inherits compiled code, garbage or state from another. */
public final class RungProcess {
    private static final String MORE_FLAGS = "CAPACITY_BENCH_JAVA_OPTS";

    private static final int LOOK_EVERY_MS = 100;

    private RungProcess() {}

    /**
     * Runs a step and returns its figures.
     *
     * @param heapMegabytes most heap that its JVM may take
     * @throws IllegalStateException with what went wrong; its log stays in the plan's folder
     */
    public static Map<String, Double> run(Step step, RunPlan plan, int heapMegabytes)
            throws IOException, InterruptedException {
        return run(step, plan, heapMegabytes, List.of(), null, () -> {});
    }

    /**
     * Runs a step and returns its figures.
     *
     * @param heapMegabytes most heap that its JVM may take
     * @param flags more flags of its JVM
     * @param sign name of a file that the step leaves in the plan's folder when it has come so far; null if it leaves none
     * @param onSign what is done then
     * @throws IllegalStateException with what went wrong; its log stays in the plan's folder
     */
    public static Map<String, Double> run(
            Step step, RunPlan plan, int heapMegabytes, List<String> flags, @Nullable String sign, Runnable onSign)
            throws IOException, InterruptedException {
        Files.createDirectories(plan.directory());
        Path planFile = plan.directory().resolve("plan.properties");
        Path outcomeFile = plan.directory().resolve("outcome.properties");
        Path log = plan.directory().resolve("log.txt");
        plan.write(planFile);
        // Between the class path and the class, a JVM takes more flags.
        List<String> words = new ArrayList<>(flags);
        words.addAll(List.of(RungRun.class.getName(), step.word(), planFile.toString(), outcomeFile.toString()));
        Process process = start(
                heapMegabytes, log, words.get(0), words.subList(1, words.size()).toArray(String[]::new));
        try {
            boolean isSigned = sign == null;
            while (!process.waitFor(LOOK_EVERY_MS, TimeUnit.MILLISECONDS)) {
                if (!isSigned && Files.exists(plan.directory().resolve(sign))) {
                    isSigned = true;
                    onSign.run();
                }
            }
        } finally {
            process.destroyForcibly();
        }
        Properties outcome = new Properties();
        if (Files.exists(outcomeFile)) {
            try (Reader in = Files.newBufferedReader(outcomeFile)) {
                outcome.load(in);
            }
        } else {
            outcome.setProperty(RungRun.PROBLEM, "it ended without a word, status " + process.exitValue());
        }
        String problem = outcome.getProperty(RungRun.PROBLEM);
        if (problem != null) {
            throw new IllegalStateException(
                    "Step " + step.word() + " has no figure: " + problem + "\nMaybe its log in " + log + " says more.");
        }
        Map<String, Double> figures = new TreeMap<>();
        outcome.stringPropertyNames().forEach(name -> figures.put(name, Double.valueOf(outcome.getProperty(name))));
        return figures;
    }

    /** Starts a class of this program in a JVM of its own, with the flags of the launcher. */
    public static Process start(int heapMegabytes, Path log, String mainClass, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseParallelGC",
                "-Xmx" + heapMegabytes + "m",
                "--add-opens=java.base/java.util=ALL-UNNAMED",
                "--add-opens=java.base/java.lang=ALL-UNNAMED",
                "--add-opens=java.base/java.time=ALL-UNNAMED"));
        String more = System.getenv(MORE_FLAGS);
        if (more != null && !more.isBlank()) {
            command.addAll(List.of(more.trim().split("\\s+")));
        }
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), mainClass));
        command.addAll(List.of(arguments));
        ProcessBuilder process =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
        // A job takes what starts like this for a setting, and knows none of that name.
        process.environment().remove(MORE_FLAGS);
        return process.start();
    }
}
