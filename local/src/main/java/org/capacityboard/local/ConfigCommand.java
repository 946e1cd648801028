package org.capacityboard.local;

import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code capacity config}. */
@Command(name = "config", description = "What holds, and where it came from.")
final class ConfigCommand {

    private final CapacityCommand capacity;

    ConfigCommand(CapacityCommand capacity) {
        this.capacity = capacity;
    }

    @Command(name = "print", description = "Print every setting with its value and source; secrets stay hidden.")
    int print(@Option(names = "--json", description = "Print JSON.") boolean json) {
        List<List<String>> rows = capacity.settings().effective().stream()
                .map(setting -> TextTable.row(setting.key(), setting.value(), setting.source()))
                .toList();
        new TextTable(List.of("key", "value", "source"), rows).print(capacity.out(), json);
        return 0;
    }
}
