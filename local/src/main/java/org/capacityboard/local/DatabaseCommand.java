package org.capacityboard.local;

import java.util.List;
import org.capacityboard.local.setup.DatabaseMigration;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code capacity db}. */
@Command(name = "db", description = "The database that the jobs write to.")
final class DatabaseCommand {

    private final CapacityCommand capacity;

    DatabaseCommand(CapacityCommand capacity) {
        this.capacity = capacity;
    }

    @Command(
            name = "migrate",
            description = {
                "Bring the tables to the shape of this release, as the role database.migrator.user.",
                "Creates the writer and the reader if they are missing and sets their passwords if the settings name them."
            })
    int migrate(@Option(names = "--json", description = "Print JSON.") boolean json) {
        DatabaseMigration.Outcome outcome =
                DatabaseMigration.migrate(capacity.settings().database());
        new TextTable(
                        List.of("version", "applied"),
                        List.of(TextTable.row(outcome.version(), Integer.toString(outcome.applied()))))
                .print(capacity.out(), json);
        return 0;
    }
}
