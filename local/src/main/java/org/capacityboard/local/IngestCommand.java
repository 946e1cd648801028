package org.capacityboard.local;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.capacityboard.local.doctor.Examination;
import org.capacityboard.local.ingest.EventFile;
import org.capacityboard.local.ingest.FileIngest;
import org.capacityboard.process.errors.Problem;
import org.capacityboard.process.errors.UserError;
import org.capacityboard.process.settings.Settings;
import org.capacityboard.schemas.Topic;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code capacity ingest}. */
@Command(
        name = "ingest",
        description = {
            "Validate JSON Lines files by the rules of the jobs, and send them.",
            "Of a file with a bad line nothing is sent."
        })
final class IngestCommand implements Callable<Integer> {

    private static final int SHOWN_REFUSALS = 100;

    private final CapacityCommand capacity;

    @Option(
            names = "--bootstrap",
            paramLabel = "HOST:PORT",
            description = "The brokers; the setting kafka.bootstrap otherwise.")
    private @Nullable String bootstrap;

    @Option(
            names = "--topic",
            paramLabel = "NAME",
            description = "Whose events the files hold; their names say so otherwise.")
    private @Nullable String topic;

    @Option(names = "--skip-bad", description = "Send the good lines of a file that has bad ones.")
    private boolean skipBad;

    @Option(names = "--check", description = "Only validate; asks no broker.")
    private boolean checkOnly;

    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    @Parameters(paramLabel = "FILE", arity = "1..*", description = "Files such as line-telemetry.jsonl.")
    private List<Path> files = List.of();

    IngestCommand(CapacityCommand capacity) {
        this.capacity = capacity;
    }

    @Override
    public Integer call() {
        Settings settings = capacity.settings(bootstrap == null ? List.of() : List.of("kafka.bootstrap=" + bootstrap));
        List<EventFile> events = files.stream().map(this::eventFile).toList();
        if (!checkOnly) {
            List<Problem> problems = new Examination(settings).forProducer();
            if (!problems.isEmpty()) {
                throw UserError.failed(problems);
            }
        }
        long[] refusals = new long[1];
        FileIngest ingest = new FileIngest(settings, skipBad, refusal -> {
            if (++refusals[0] <= SHOWN_REFUSALS) {
                capacity.err().println(refusal);
            }
        });
        List<FileIngest.Outcome> outcomes = checkOnly ? ingest.check(events) : ingest.run(events);
        if (refusals[0] > SHOWN_REFUSALS) {
            capacity.err().println("... and " + (refusals[0] - SHOWN_REFUSALS) + " more refused lines");
        }
        List<List<String>> rows = outcomes.stream()
                .map(outcome -> TextTable.row(
                        outcome.file().path().toString(),
                        outcome.file().topic().baseName(),
                        Long.toString(outcome.valid()),
                        Long.toString(outcome.refused()),
                        Long.toString(outcome.sent())))
                .toList();
        new TextTable(List.of("file", "topic", "valid", "refused", "sent"), rows).print(capacity.out(), json);
        if (refusals[0] > 0 && !skipBad) {
            throw UserError.failed(new Problem(
                    "input",
                    null,
                    "has " + refusals[0] + " lines that would be refused; of their files nothing was sent",
                    "mend them, or leave them out with --skip-bad"));
        }
        return 0;
    }

    private EventFile eventFile(Path path) {
        if (topic == null) {
            return EventFile.named(path);
        }
        try {
            return new EventFile(path, Topic.fromBaseName(topic));
        } catch (IllegalArgumentException e) {
            throw UserError.wrongUsage(new Problem("--topic", topic, "is not in the catalogue"));
        }
    }
}
