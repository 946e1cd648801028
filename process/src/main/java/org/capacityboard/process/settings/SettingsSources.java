package org.capacityboard.process.settings;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.capacityboard.process.errors.Problem;
import org.capacityboard.process.errors.UserError;
import org.jspecify.annotations.Nullable;

/**
 * Where settings are taken from; a later source wins over an earlier one.
 *
 * @param file the YAML file; null for none
 * @param environment the process's variables
 * @param flags {@code key=value}, as {@code --set} takes them
 */
public record SettingsSources(@Nullable Path file, Map<String, String> environment, List<String> flags) {
    static final String CONFIG_VARIABLE = "CAPACITY_CONFIG";

    /** File named by {@code --config}, else by {@code CAPACITY_CONFIG}, else none. */
    public SettingsSources {
        environment = Map.copyOf(environment);
        flags = List.copyOf(flags);
        String named = environment.getOrDefault(CONFIG_VARIABLE, "");
        if (file == null && !named.isBlank()) {
            file = Path.of(named);
        }
    }

    /** Reads {@code --config FILE} and {@code --set key=value} of a program that knows no other arguments. */
    public static SettingsSources fromArguments(List<String> arguments, Map<String, String> environment) {
        Path file = null;
        List<String> flags = new ArrayList<>();
        for (int i = 0; i < arguments.size(); i++) {
            String argument = arguments.get(i);
            int equals = argument.indexOf('=');
            String name = equals < 0 ? argument : argument.substring(0, equals);
            if (!name.equals("--config") && !name.equals("--set")) {
                throw UserError.wrongUsage(
                        new Problem("argument", argument, "is none of --config FILE, --set KEY=VALUE"));
            }
            if (equals < 0 && i + 1 == arguments.size()) {
                throw UserError.wrongUsage(new Problem("argument", argument, "needs a value"));
            }
            String value = equals < 0 ? arguments.get(++i) : argument.substring(equals + 1);
            if (name.equals("--config")) {
                file = Path.of(value);
            } else {
                flags.add(value);
            }
        }
        return new SettingsSources(file, environment, flags);
    }
}
