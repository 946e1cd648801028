package org.capacityboard.bench.run;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import org.capacityboard.bench.Step;

/** The process of one run: takes its plan from a file and leaves its figures, or what went wrong, in another. */
public final class RungRun {
    static final String PROBLEM = "problem";

    private RungRun() {}

    /**
     * @param arguments name of the step, file of the plan, file for the outcome
     */
    public static void main(String[] arguments) throws IOException {
        RunPlan plan = RunPlan.read(Path.of(arguments[1]));
        Course course = new Course(plan);
        Properties outcome = new Properties();
        try {
            Step.named(arguments[0]).rung().run(plan, course);
            course.figures().forEach((name, value) -> outcome.setProperty(name, value.toString()));
        } catch (Exception | LinkageError | OutOfMemoryError e) {
            StringWriter text = new StringWriter();
            e.printStackTrace(new PrintWriter(text));
            outcome.setProperty(PROBLEM, text.toString());
        }
        try (Writer out = Files.newBufferedWriter(Path.of(arguments[2]))) {
            outcome.store(out, null);
        }
        // Threads of a client that failed must not keep the process.
        System.exit(0);
    }
}
