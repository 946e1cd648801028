package org.capacityboard.process.settings;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One line of the catalogue.
 *
 * @param key name in the file and on the flag: {@code throughput.horizon}
 * @param type how its text becomes a value
 * @param defaultText what holds if nobody says otherwise; null for nothing
 * @param description what it does, one sentence
 * @param programs who reads it
 */
public record Setting<T>(
        String key, ValueType<T> type, @Nullable String defaultText, String description, List<Program> programs) {
    static final String ENVIRONMENT_PREFIX = "CAPACITY_";

    /** The environment variable of the same meaning. */
    public String environmentName() {
        return ENVIRONMENT_PREFIX
                + key.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
    }

    /** Whether its value may neither be shown nor stand in the file or on a flag. */
    public boolean isSecret() {
        return type == ValueType.SECRET;
    }

    /** What the settings table calls its type. */
    public String typeWord() {
        return type.word();
    }
}
