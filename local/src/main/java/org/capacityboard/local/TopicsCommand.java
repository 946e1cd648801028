package org.capacityboard.local;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.capacityboard.local.setup.TopicCreation;
import org.capacityboard.local.setup.TopicCreation.TopicStanding;
import org.capacityboard.process.errors.Problem;
import org.capacityboard.process.errors.UserError;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code capacity topics}. */
@Command(name = "topics", description = "The topics of the catalogue at the brokers.")
final class TopicsCommand {

    private final CapacityCommand capacity;

    TopicsCommand(CapacityCommand capacity) {
        this.capacity = capacity;
    }

    @Command(name = "create", description = "Create the topics that are missing; report those with other settings.")
    int create(@Option(names = "--json", description = "Print JSON.") boolean json) {
        List<TopicStanding> standings = new TopicCreation(capacity.settings().kafka()).create();
        List<List<String>> rows = new ArrayList<>();
        for (TopicStanding standing : standings) {
            rows.add(TextTable.row(
                    standing.name(),
                    standing.state().name().toLowerCase(Locale.ROOT),
                    Integer.toString(standing.partitions())));
        }
        new TextTable(List.of("topic", "state", "partitions"), rows).print(capacity.out(), json);
        List<Problem> problems = TopicCreation.problems(standings);
        if (!problems.isEmpty()) {
            throw UserError.failed(problems);
        }
        return 0;
    }
}
