package org.capacityboard.local.deploy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** Files of this repository that are not code. */
final class ProjectFile {
    private static final Path ROOT = Path.of("..");
    private static final ObjectMapper JSON = new ObjectMapper();

    private ProjectFile() {}

    static Path of(String path) {
        return ROOT.resolve(path).normalize();
    }

    static JsonNode json(Path file) {
        return JSON.convertValue(parsed(file), JsonNode.class);
    }

    static JsonNode yaml(String path) {
        return JSON.valueToTree(merged(parsed(of(path))));
    }

    /** Files of a folder with this ending, by name. */
    static List<Path> in(String folder, String ending) {
        try (Stream<Path> files = Files.walk(of(folder))) {
            return files.filter(file -> file.toString().endsWith(ending))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot list " + folder, e);
        }
    }

    /** JSON is YAML too, and this parser refuses a key that stands twice. */
    private static Object parsed(Path file) {
        LoadSettings settings = LoadSettings.builder()
                .setLabel(file.toString())
                .setAllowDuplicateKeys(false)
                .build();
        try {
            return new Load(settings).loadFromString(Files.readString(file));
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read " + file, e);
        }
    }

    /** Resolves merge keys: what a mapping says itself wins over what it merges. A key without a value is an empty mapping. */
    private static Object merged(Object node) {
        if (node instanceof List<?> list) {
            return list.stream().map(ProjectFile::merged).collect(Collectors.toList());
        }
        if (!(node instanceof Map<?, ?> map)) {
            return node;
        }
        Map<Object, Object> result = new LinkedHashMap<>();
        map.forEach((key, value) -> {
            if (!key.equals("<<")) {
                result.put(key, value == null ? Map.of() : merged(value));
            }
        });
        if (map.containsKey("<<")) {
            Object sources = map.get("<<");
            for (Object source : sources instanceof List<?> several ? several : List.of(sources)) {
                ((Map<?, ?>) merged(source)).forEach(result::putIfAbsent);
            }
        }
        return result;
    }
}
