package org.capacityboard.local;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which plants are simulated; each option is short for a setting. */
final class SimulatorOptions {

    @Option(names = "--scenario", paramLabel = "NAME", description = "alliance-155, clean-line, or a YAML file.")
    private @Nullable String scenario;

    @Option(
            names = "--speed",
            paramLabel = "N",
            description =
                    "Simulated seconds in a second. Above 1 the last day of history is played at this speed; at the present it falls to 1.")
    private @Nullable String speed;

    @Option(names = "--weeks", paramLabel = "N", description = "Weeks of history before the present.")
    private @Nullable String weeks;

    @Option(names = "--seed", paramLabel = "N", description = "Same seed, same events.")
    private @Nullable String seed;

    /** As {@code key=value}. */
    List<String> settings() {
        List<String> settings = new ArrayList<>();
        add(settings, "simulator.scenario", scenario);
        add(settings, "simulator.speed", speed);
        add(settings, "simulator.weeks", weeks);
        add(settings, "simulator.seed", seed);
        return settings;
    }

    private static void add(List<String> settings, String key, @Nullable String value) {
        if (value != null) {
            settings.add(key + "=" + value);
        }
    }
}
