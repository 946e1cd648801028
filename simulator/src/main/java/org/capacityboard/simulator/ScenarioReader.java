package org.capacityboard.simulator;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.DateTimeException;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.avro.specific.SpecificRecord;
import org.capacityboard.process.errors.Problem;
import org.capacityboard.process.errors.UserError;
import org.capacityboard.schemas.EventJson;
import org.capacityboard.schemas.EventJsonException;
import org.capacityboard.schemas.Topic;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * Reads a scenario: the keys of the YAML file are the names of the record components, and what stands under {@code plants},
 * {@code products} and so on are events as in JSON Lines. What is not {@code @Nullable} must be there; a list may be left out.
 */
final class ScenarioReader {
    private final String source;

    private ScenarioReader(String source) {
        this.source = source;
    }

    static Scenario read(String source, String yaml) {
        ScenarioReader reader = new ScenarioReader(source);
        Object root;
        try {
            root = new Load(LoadSettings.builder().setLabel(source).build()).loadFromString(yaml);
        } catch (YamlEngineException e) {
            throw reader.problem("the file", null, "must be YAML: " + e.getMessage(), null);
        }
        return (Scenario) reader.record(Scenario.class, root, "");
    }

    private Object record(Class<?> type, @Nullable Object node, String path) {
        Map<?, ?> fields = map(node, path);
        RecordComponent[] components = type.getRecordComponents();
        Set<String> unknown = new TreeSet<>();
        fields.keySet().forEach(key -> unknown.add(String.valueOf(key)));
        List<String> names =
                Arrays.stream(components).map(RecordComponent::getName).toList();
        names.forEach(unknown::remove);
        if (!unknown.isEmpty()) {
            throw problem(path + unknown.iterator().next(), null, "is no key here", "one of " + names);
        }
        @Nullable Object[] values = new Object[components.length];
        for (int i = 0; i < components.length; i++) {
            String name = components[i].getName();
            Object value = fields.get(name);
            if (value != null || components[i].getType() == List.class) {
                values[i] = value(components[i].getGenericType(), value, path + name);
            } else if (!components[i].getAnnotatedType().isAnnotationPresent(Nullable.class)) {
                throw problem(path + name, null, "is missing and has no default", null);
            }
        }
        try {
            Constructor<?> constructor = type.getDeclaredConstructor(
                    Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new));
            return constructor.newInstance(values);
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof UserError error) {
                throw error;
            }
            throw new IllegalStateException(e);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    private Object value(Type type, @Nullable Object node, String path) {
        if (type instanceof ParameterizedType list) {
            return list(list.getActualTypeArguments()[0], node, path);
        }
        Class<?> plain = (Class<?>) type;
        if (plain.isRecord()) {
            return record(plain, node, path + ".");
        }
        try {
            if (plain.isEnum()) {
                return Arrays.stream(plain.getEnumConstants())
                        .filter(it -> ((Enum<?>) it).name().equals(node))
                        .findFirst()
                        .orElseThrow(() -> problem(
                                path, node, "must be one of " + Arrays.toString(plain.getEnumConstants()), null));
            }
            if (plain == LocalTime.class) {
                return LocalTime.parse(String.valueOf(node));
            }
            if (plain == String.class) {
                return String.valueOf(node);
            }
            if (plain == boolean.class && node instanceof Boolean) {
                return node;
            }
            if (node instanceof Number number) {
                if (plain == double.class) {
                    return number.doubleValue();
                }
                if (plain == long.class && number.longValue() == number.doubleValue()) {
                    return number.longValue();
                }
                if ((plain == int.class || plain == Integer.class) && number.intValue() == number.doubleValue()) {
                    return number.intValue();
                }
            }
        } catch (DateTimeException e) {
            throw problem(path, node, "must be a local time such as 06:00", null);
        }
        throw problem(path, node, "must be of type " + plain.getSimpleName().toLowerCase(Locale.ROOT), null);
    }

    private List<Object> list(Type element, @Nullable Object node, String path) {
        if (node == null) {
            return List.of();
        }
        if (!(node instanceof List<?> nodes)) {
            throw problem(path, node, "must be a list", "the dashes in front of its elements are missing");
        }
        List<Object> values = new ArrayList<>();
        for (Object it : nodes) {
            String elementPath = path + "[" + values.size() + "]";
            boolean event = element instanceof Class<?> plain && SpecificRecord.class.isAssignableFrom(plain);
            values.add(event ? event(path, it, elementPath) : value(element, it, elementPath));
        }
        return List.copyOf(values);
    }

    /** Lists of events stand under the name of their topic in camel case. */
    private SpecificRecord event(String key, Object node, String path) {
        Topic topic = Topic.fromBaseName(key.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT));
        try {
            return EventJson.parse(topic, json(map(node, path + "."))).event();
        } catch (EventJsonException e) {
            throw problem(path, null, "is not an event: " + e.getMessage(), null);
        }
    }

    private static String json(@Nullable Object node) {
        StringBuilder text = new StringBuilder();
        if (node instanceof Map<?, ?> map) {
            map.forEach((key, value) -> text.append(text.isEmpty() ? "{" : ",")
                    .append(json(String.valueOf(key)))
                    .append(':')
                    .append(json(value)));
            return text.append(text.isEmpty() ? "{}" : "}").toString();
        }
        if (node instanceof List<?> list) {
            list.forEach(value -> text.append(text.isEmpty() ? "[" : ",").append(json(value)));
            return text.append(text.isEmpty() ? "[]" : "]").toString();
        }
        if (node == null || node instanceof Number || node instanceof Boolean) {
            return String.valueOf(node);
        }
        return '"' + node.toString().replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }

    private Map<?, ?> map(@Nullable Object node, String path) {
        if (node instanceof Map<?, ?> map) {
            return map;
        }
        throw problem(path.isEmpty() ? "the file" : path, node, "must be keys with values", null);
    }

    private UserError problem(String path, @Nullable Object value, String rule, @Nullable String maybe) {
        return UserError.wrongUsage(new Problem(
                "Scenario " + source + ": " + path, value == null ? null : String.valueOf(value), rule, maybe));
    }
}
