package org.capacityboard.local;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.capacityboard.local.doctor.Examination;
import org.capacityboard.process.errors.Problem;
import org.capacityboard.process.errors.UserError;
import org.capacityboard.process.settings.Settings;
import org.capacityboard.viewer.archive.DashboardArchive;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code capacity render}. */
@Command(
        name = "render",
        description = {
            "Write a dashboard with its figures into one HTML file, to be mailed or kept.",
            "The file needs neither server nor network; its path is printed."
        })
final class RenderCommand implements Callable<Integer> {

    private final CapacityCommand capacity;

    @Option(
            names = "--dashboard",
            required = true,
            paramLabel = "UID",
            description = "The dashboard, by the uid that its address ends with: .../d/UID.")
    private String dashboard = "";

    @Option(
            names = "--from",
            paramLabel = "TIME",
            description = "Begin: now-7d, now/d, 2026-11-22T06:00:00Z or milliseconds since 1970. Default: now-24h.")
    private String from = "now-24h";

    @Option(names = "--to", paramLabel = "TIME", description = "End, written in the same ways. Default: now.")
    private String to = "now";

    @Option(
            names = "--var",
            paramLabel = "NAME=VALUE",
            description = "Value of a variable of the dashboard; repeated for several of them, $__all for all.")
    private List<String> variables = new ArrayList<>();

    @Option(
            names = "--output",
            required = true,
            paramLabel = "DIR",
            description = "Folder for the file, which is named after the dashboard; an older one is replaced.")
    private Path output = Path.of("");

    RenderCommand(CapacityCommand capacity) {
        this.capacity = capacity;
    }

    @Override
    public Integer call() {
        Map<String, List<String>> values = values(variables);
        Settings settings = capacity.settings();
        List<Problem> problems = new Examination(settings).forReader();
        if (!problems.isEmpty()) {
            throw UserError.failed(problems);
        }
        try (DashboardArchive archive = new DashboardArchive(settings)) {
            capacity.out().println(archive.write(dashboard, from, to, values, output));
        }
        return 0;
    }

    private static Map<String, List<String>> values(List<String> texts) {
        Map<String, List<String>> values = new LinkedHashMap<>();
        for (String text : texts) {
            int equals = text.indexOf('=');
            if (equals < 1) {
                throw UserError.wrongUsage(new Problem(
                        "option --var",
                        text,
                        "must be NAME=VALUE",
                        "you mean --var plant=" + (text.isEmpty() ? "VALUE" : text)));
            }
            values.computeIfAbsent(text.substring(0, equals), name -> new ArrayList<>())
                    .add(text.substring(equals + 1));
        }
        return values;
    }
}
