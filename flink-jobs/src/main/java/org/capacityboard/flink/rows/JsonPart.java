package org.capacityboard.flink.rows;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.capacityboard.process.errors.Problem;
import org.capacityboard.process.errors.UserError;
import org.jspecify.annotations.Nullable;

/** An object of a JSON text, read strictly: each field must be there, of its kind, and asked for; what breaks a rule is named by its place in the text. */
final class JsonPart {
    private static final JsonFactory JSON = new JsonFactory();
    private static final int LONGEST_QUOTE = 60;
    private static final String DAMAGED =
            "the text was damaged or changed by hand: it is written anew with the next computation";

    private final String what;
    private final String path;
    /** Those not read yet. */
    private final Map<String, Object> fields;

    private JsonPart(String what, String path, Map<String, Object> fields) {
        this.what = what;
        this.path = path;
        this.fields = fields;
    }

    /** The object that a text consists of; {@code what} names it for people. */
    static JsonPart of(String what, String text) {
        try (JsonParser json = JSON.createParser(text)) {
            if (json.nextToken() == JsonToken.START_OBJECT) {
                JsonPart part = new JsonPart(what, "", object(json));
                if (json.nextToken() == null) {
                    return part;
                }
            }
        } catch (JsonProcessingException e) {
            throw UserError.failed(new Problem(
                    "The " + what,
                    null,
                    "is not JSON at character " + e.getLocation().getCharOffset() + ": " + e.getOriginalMessage(),
                    "the text was cut off or changed by hand: it is written anew with the next computation"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        throw UserError.failed(new Problem("The " + what, shortened(text), "must be one object of JSON", DAMAGED));
    }

    private static Map<String, Object> object(JsonParser json) throws IOException {
        Map<String, Object> fields = new LinkedHashMap<>();
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String name = json.currentName();
            json.nextToken();
            if (fields.put(name, value(json)) != null) {
                throw new JsonParseException(json, "field '" + name + "' stands twice in an object");
            }
        }
        return fields;
    }

    private static Object value(JsonParser json) throws IOException {
        return switch (json.currentToken()) {
            case START_OBJECT -> object(json);
            case START_ARRAY -> {
                List<Object> list = new ArrayList<>();
                while (json.nextToken() != JsonToken.END_ARRAY) {
                    list.add(value(json));
                }
                yield list;
            }
            case VALUE_NUMBER_INT ->
                json.getNumberType() == JsonParser.NumberType.BIG_INTEGER
                        ? (Object) json.getBigIntegerValue()
                        : (Object) json.getLongValue();
            case VALUE_NUMBER_FLOAT -> json.getDoubleValue();
            case VALUE_TRUE, VALUE_FALSE -> json.getBooleanValue();
            case VALUE_NULL -> JsonToken.VALUE_NULL;
            default -> json.getText();
        };
    }

    /** What this part holds; every field of it must be read. */
    <T> T read(Function<JsonPart, T> reader) {
        T value;
        try {
            value = reader.apply(this);
        } catch (IllegalArgumentException rule) {
            throw UserError.failed(new Problem(
                    path.isEmpty() ? "The " + what : path + " of the " + what,
                    null,
                    "breaks a rule: " + rule.getMessage(),
                    DAMAGED));
        }
        for (Map.Entry<String, Object> unread : fields.entrySet()) {
            throw wrong(unread.getKey(), unread.getValue(), "is not known here, must be left out");
        }
        return value;
    }

    <T> T part(String name, Function<JsonPart, T> reader) {
        return part(name, required(name), reader);
    }

    @SuppressWarnings("unchecked")
    private <T> T part(String name, Object value, Function<JsonPart, T> reader) {
        if (!(value instanceof Map<?, ?> object)) {
            throw wrong(name, value, "must be an object");
        }
        return new JsonPart(what, at(name), (Map<String, Object>) object).read(reader);
    }

    <T> List<T> parts(String name, Function<JsonPart, T> reader) {
        return list(name, (place, value) -> part(place, value, reader));
    }

    List<Long> wholes(String name) {
        return list(name, this::whole);
    }

    private interface ElementReader<T> {
        T read(String place, Object value);
    }

    private <T> List<T> list(String name, ElementReader<T> reader) {
        Object value = required(name);
        if (!(value instanceof List<?> elements)) {
            throw wrong(name, value, "must be a list");
        }
        List<T> list = new ArrayList<>(elements.size());
        for (Object element : elements) {
            list.add(reader.read(name + "[" + list.size() + "]", element));
        }
        return list;
    }

    String text(String name) {
        return text(name, required(name));
    }

    @Nullable
    String textIfAny(String name) {
        Object value = fields.remove(name);
        return value == null ? null : text(name, value);
    }

    private String text(String name, Object value) {
        if (!(value instanceof String text)) {
            throw wrong(name, value, "must be a text");
        }
        return text;
    }

    <E extends Enum<E>> E symbol(String name, Class<E> type) {
        Object value = required(name);
        return Arrays.stream(type.getEnumConstants())
                .filter(constant -> constant.name().equals(value))
                .findFirst()
                .orElseThrow(() -> wrong(name, value, "must be one of " + Arrays.toString(type.getEnumConstants())));
    }

    boolean flag(String name) {
        Object value = required(name);
        if (!(value instanceof Boolean flag)) {
            throw wrong(name, value, "must be true or false");
        }
        return flag;
    }

    double number(String name) {
        Object value = required(name);
        if (!(value instanceof Number number) || Double.isInfinite(number.doubleValue())) {
            throw wrong(name, value, "must be a number");
        }
        return number.doubleValue();
    }

    long whole(String name) {
        return whole(name, required(name));
    }

    @Nullable
    Long wholeIfAny(String name) {
        Object value = fields.remove(name);
        return value == null ? null : whole(name, value);
    }

    private long whole(String name, Object value) {
        if (!(value instanceof Long whole)) {
            throw wrong(name, value, "must be a whole number of at most 64 bits");
        }
        return whole;
    }

    int count(String name) {
        return count(name, required(name));
    }

    @Nullable
    Integer countIfAny(String name) {
        Object value = fields.remove(name);
        return value == null ? null : count(name, value);
    }

    private int count(String name, Object value) {
        long whole = whole(name, value);
        if (whole != (int) whole) {
            throw wrong(name, value, "must be a whole number of at most 32 bits");
        }
        return (int) whole;
    }

    private Object required(String name) {
        Object value = fields.remove(name);
        if (value == null) {
            throw UserError.failed(
                    new Problem(at(name) + " of the " + what, null, "is missing, must be there", DAMAGED));
        }
        return value;
    }

    private UserError wrong(String name, Object value, String rule) {
        return UserError.failed(new Problem(
                at(name) + " of the " + what,
                value == JsonToken.VALUE_NULL ? "null" : shortened(value.toString()),
                rule,
                DAMAGED));
    }

    private String at(String name) {
        return path.isEmpty() ? name : path + "." + name;
    }

    private static String shortened(String text) {
        return text.length() <= LONGEST_QUOTE ? text : text.substring(0, LONGEST_QUOTE) + "...";
    }
}
