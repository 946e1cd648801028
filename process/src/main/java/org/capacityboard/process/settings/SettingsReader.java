package org.capacityboard.process.settings;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.capacityboard.process.errors.Problem;
import org.capacityboard.process.settings.GivenSettings.Given;
import org.jspecify.annotations.Nullable;

/** Turns texts into values and gathers what is wrong on the way, so that a person mends it all in one go. */
final class SettingsReader {
    private final Map<String, Given> given;
    private final List<Problem> problems;

    SettingsReader(GivenSettings texts) {
        given = texts.byKey();
        problems = new ArrayList<>(texts.problems());
    }

    /** The value of a setting that has a default; the default itself if the value given is a problem. */
    <T> T of(Setting<T> setting) {
        T value = ifGiven(setting);
        return value != null ? value : byDefault(setting);
    }

    KafkaSettings kafka() {
        Map<String, String> properties = new HashMap<>();
        Path file = ifGiven(Catalogue.KAFKA_PROPERTIES_FILE);
        if (file != null) {
            Properties loaded = new Properties();
            try (Reader reader = Files.newBufferedReader(file)) {
                loaded.load(reader);
            } catch (IOException | IllegalArgumentException unreadable) {
                problems.add(unreadable(Catalogue.KAFKA_PROPERTIES_FILE, file));
            }
            loaded.stringPropertyNames().forEach(name -> properties.put(name, loaded.getProperty(name)));
        }
        given.forEach((key, text) -> {
            if (key.startsWith(Catalogue.KAFKA_PROPERTIES)) {
                properties.put(key.substring(Catalogue.KAFKA_PROPERTIES.length()), text.text());
            }
        });
        if (properties.containsKey("bootstrap.servers")) {
            problems.add(new Problem(
                    Catalogue.KAFKA_PROPERTIES + "bootstrap.servers",
                    properties.get("bootstrap.servers"),
                    "would contradict " + Catalogue.KAFKA_BOOTSTRAP.key(),
                    "you meant '" + Catalogue.KAFKA_BOOTSTRAP.key() + "'"));
        }
        return new KafkaSettings(of(Catalogue.KAFKA_BOOTSTRAP), of(Catalogue.KAFKA_TOPIC_PREFIX), properties);
    }

    DatabaseSettings database() {
        return new DatabaseSettings(
                of(Catalogue.DATABASE_URL),
                login(Catalogue.MIGRATOR),
                login(Catalogue.WRITER),
                login(Catalogue.READER));
    }

    /** A rule between settings; left alone while a value is a problem of its own. */
    void refuseIf(boolean broken, Setting<?> setting, String rule) {
        if (broken && problems.isEmpty()) {
            Given text = given.get(setting.key());
            problems.add(
                    text == null
                            ? new Problem(GivenSettings.named(setting.key(), "default"), setting.defaultText(), rule)
                            : new Problem(GivenSettings.named(setting.key(), text.source()), text.text(), rule));
        }
    }

    void throwIfAny() {
        if (!problems.isEmpty()) {
            throw new SettingsException(problems);
        }
    }

    ViewerSettings viewer() {
        return new ViewerSettings(
                ifGiven(Catalogue.VIEWER_DASHBOARDS),
                of(Catalogue.VIEWER_QUERY_TIMEOUT),
                of(Catalogue.VIEWER_ROW_LIMIT),
                of(Catalogue.VIEWER_CONNECTIONS),
                secret(Catalogue.VIEWER_ACCESS_TOKEN, Catalogue.VIEWER_ACCESS_TOKEN_FILE),
                ifGiven(Catalogue.VIEWER_USER_HEADER));
    }

    private RoleLogin login(Catalogue.Role role) {
        return new RoleLogin(of(role.user()), secret(role.password(), role.passwordFile()));
    }

    /** What the environment says or what stands in the file; null if neither is given. */
    private @Nullable Secret secret(Setting<Secret> itself, Setting<Path> inFile) {
        Secret secret = ifGiven(itself);
        Path file = ifGiven(inFile);
        if (secret != null && file != null) {
            problems.add(new Problem(
                    inFile.key(), file.toString(), "stands beside " + itself.key() + ": only one of them may"));
        } else if (file != null) {
            return firstLine(inFile, file);
        }
        return secret;
    }

    private @Nullable Secret firstLine(Setting<Path> setting, Path file) {
        try {
            String line = Files.readString(file).lines().findFirst().orElse("");
            if (!line.isEmpty()) {
                return new Secret(line);
            }
            problems.add(new Problem(setting.key(), file.toString(), "is an empty file", null));
        } catch (IOException unreadable) {
            problems.add(unreadable(setting, file));
        }
        return null;
    }

    private static Problem unreadable(Setting<Path> setting, Path file) {
        return new Problem(setting.key(), file.toString(), "cannot be read", "the path is wrong, or its rights are");
    }

    private <T> @Nullable T ifGiven(Setting<T> setting) {
        Given text = given.get(setting.key());
        if (text == null) {
            return null;
        }
        try {
            return setting.type().parser().parse(text.text());
        } catch (RuleBroken broken) {
            problems.add(new Problem(
                    GivenSettings.named(setting.key(), text.source()),
                    broken.valueShown() ? text.text() : null,
                    broken.rule(),
                    broken.maybe()));
            return null;
        }
    }

    private static <T> T byDefault(Setting<T> setting) {
        String text = setting.defaultText();
        if (text == null) {
            throw new IllegalStateException("setting " + setting.key() + " has no default");
        }
        try {
            return setting.type().parser().parse(text);
        } catch (RuleBroken broken) {
            throw new IllegalStateException("default of " + setting.key() + " " + broken.rule(), broken);
        }
    }
}
