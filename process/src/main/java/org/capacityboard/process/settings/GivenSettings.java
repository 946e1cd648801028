package org.capacityboard.process.settings;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.capacityboard.process.errors.Problem;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.schema.FailsafeSchema;

/** What the sources say, still as text: the last source that names a key wins, and what no process knows is a problem. */
final class GivenSettings {
    /** Variables that are no settings: read by the launcher, the logging or this class. */
    private static final Set<String> OTHER_VARIABLES =
            Set.of(SettingsSources.CONFIG_VARIABLE, "CAPACITY_JAVA_OPTS", "CAPACITY_LOG_LEVEL");

    private static final String LIST_OF_SETTINGS = "'capacity config print' lists the one you mean";
    private static final String KAFKA_VARIABLES = "CAPACITY_KAFKA_PROPERTIES_";

    /** A text and the place it stands at. */
    record Given(String text, String source) {}

    private final Map<String, Given> byKey;
    private final List<Problem> problems = new ArrayList<>();

    GivenSettings(Map<String, Given> byKey) {
        this.byKey = new TreeMap<>(byKey);
    }

    static GivenSettings from(SettingsSources sources) {
        GivenSettings given = new GivenSettings(Map.of());
        if (sources.file() != null) {
            given.takeFile(sources.file());
        }
        new TreeMap<>(sources.environment()).forEach(given::takeVariable);
        sources.flags().forEach(given::takeFlag);
        return given;
    }

    Map<String, Given> byKey() {
        return byKey;
    }

    List<Problem> problems() {
        return problems;
    }

    /** Takes what the program itself decides, secrets too. */
    void takeFromProgram(String key, String text) {
        if (isKnown(key, "the program")) {
            byKey.put(key, new Given(text, "set by the program"));
        }
    }

    private void takeFile(Path file) {
        String source = "file " + file;
        // The failsafe schema knows nothing but text, so that 010 and 1e3 arrive as they were written.
        LoadSettings yaml = LoadSettings.builder()
                .setLabel(file.toString())
                .setSchema(new FailsafeSchema())
                .build();
        try {
            Object document = new Load(yaml).loadFromString(Files.readString(file));
            if (document instanceof Map<?, ?> map) {
                takeBranch("", map, source);
            } else if (document != null) {
                problems.add(new Problem(source, null, "must hold keys with values", "a colon is missing"));
            }
        } catch (IOException unreadable) {
            problems.add(new Problem(
                    "settings file", file.toString(), "cannot be read", "the path is wrong, or its rights are"));
        } catch (YamlEngineException malformed) {
            problems.add(new Problem(source, null, "is no YAML: " + oneLine(malformed.getMessage()), null));
        }
    }

    private void takeBranch(String prefix, Map<?, ?> branch, String source) {
        branch.forEach((name, value) -> {
            String key = prefix + name;
            if (value instanceof Map<?, ?> nested) {
                takeBranch(key + ".", nested, source);
            } else {
                String text = value instanceof List<?> list
                        ? list.stream().map(String::valueOf).collect(Collectors.joining(","))
                        : value == null ? "" : value.toString();
                takeOpen(key, text, source);
            }
        });
    }

    private void takeVariable(String name, String text) {
        if (!name.startsWith(Setting.ENVIRONMENT_PREFIX) || OTHER_VARIABLES.contains(name) || text.isEmpty()) {
            return;
        }
        Given given = new Given(text, "environment " + name);
        for (Setting<?> setting : Catalogue.ALL) {
            if (setting.environmentName().equals(name)) {
                byKey.put(setting.key(), given);
                return;
            }
        }
        if (name.startsWith(KAFKA_VARIABLES)) {
            String property = name.substring(KAFKA_VARIABLES.length());
            byKey.put(
                    Catalogue.KAFKA_PROPERTIES
                            + property.toLowerCase(Locale.ROOT).replace('_', '.'),
                    given);
            return;
        }
        List<String> known =
                Catalogue.ALL.stream().map(Setting::environmentName).toList();
        problems.add(new Problem(
                "environment variable",
                name,
                "is no setting of Capacity Board",
                Objects.requireNonNullElse(Nearest.youMeant(name, known), LIST_OF_SETTINGS)));
    }

    private void takeFlag(String flag) {
        int equals = flag.indexOf('=');
        if (equals < 1) {
            problems.add(new Problem("flag --set", flag, "must be KEY=VALUE", null));
        } else {
            takeOpen(
                    flag.substring(0, equals).trim(), flag.substring(equals + 1).trim(), "flag --set");
        }
    }

    /** Takes a text from a place that others can read, where no secret may stand. */
    private void takeOpen(String key, String text, String source) {
        if (!isKnown(key, source)) {
            return;
        }
        @Nullable Setting<?> setting = Catalogue.find(key);
        if (setting != null && setting.isSecret()) {
            problems.add(new Problem(
                    named(key, source),
                    null,
                    "is a secret and must not stand there",
                    "put it into " + setting.environmentName() + ", or into a file that " + key + "-file names"));
        } else if (setting == null && KafkaSettings.isSecret(key)) {
            problems.add(new Problem(
                    named(key, source),
                    null,
                    "is a secret and must not stand there",
                    "put it into the file that " + Catalogue.KAFKA_PROPERTIES_FILE.key() + " names"));
        } else {
            byKey.put(key, new Given(text, source));
        }
    }

    private boolean isKnown(String key, String source) {
        if (Catalogue.find(key) != null
                || (key.startsWith(Catalogue.KAFKA_PROPERTIES) && key.length() > Catalogue.KAFKA_PROPERTIES.length())) {
            return true;
        }
        List<String> known = Catalogue.ALL.stream().map(Setting::key).toList();
        problems.add(new Problem(
                "setting from " + source,
                key,
                "is unknown",
                Objects.requireNonNullElse(Nearest.youMeant(key, known), LIST_OF_SETTINGS)));
        return false;
    }

    static String named(String key, String source) {
        return key + " (" + source + ")";
    }

    private static String oneLine(@Nullable String text) {
        return text == null ? "" : text.strip().replaceAll("\\s*\\R\\s*", "; ");
    }
}
