package org.capacityboard.local;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.capacityboard.local.doctor.Examination;
import org.capacityboard.local.doctor.Finding;
import org.capacityboard.process.errors.Problem;
import org.capacityboard.process.errors.UserError;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code capacity doctor}. */
@Command(
        name = "doctor",
        description = "Examine Java, ports, disk, brokers, topics, database and roles: what is wrong and what to do.")
final class DoctorCommand implements Callable<Integer> {

    private final CapacityCommand capacity;

    @Option(names = "--demo", description = "Examine only what the demo needs of this machine.")
    private boolean demo;

    @Option(names = "--data", paramLabel = "DIR", description = "Directory that the demo keeps its data in.")
    private Path data = DemoCommand.DEFAULT_DATA;

    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    DoctorCommand(CapacityCommand capacity) {
        this.capacity = capacity;
    }

    @Override
    public Integer call() {
        Examination examination = new Examination(capacity.settings());
        List<Finding> findings = new ArrayList<>(examination.machine(data));
        if (!demo) {
            findings.addAll(examination.surroundings());
        }
        List<List<String>> rows = findings.stream()
                .map(finding ->
                        TextTable.row(finding.problem() == null ? "well" : "WRONG", finding.thing(), finding.detail()))
                .toList();
        new TextTable(List.of("state", "thing", "detail"), rows).print(capacity.out(), json);
        List<Problem> problems = findings.stream()
                .map(Finding::problem)
                .filter(Objects::nonNull)
                .distinct()
                .toList();
        if (!problems.isEmpty()) {
            throw UserError.failed(problems);
        }
        return 0;
    }
}
