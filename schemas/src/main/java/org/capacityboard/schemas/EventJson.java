package org.capacityboard.schemas;

import static java.util.stream.Collectors.joining;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.generic.IndexedRecord;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecord;
import org.capacityboard.schemas.EventJsonException.Problem;
import org.jspecify.annotations.Nullable;

/**
 * Events as lines of JSON: one object a line, instants in ISO 8601, enums by name, what is absent left out. Reading is
 * strict, so that a slip of the pen is an error and not a missing value.
 */
public final class EventJson {
    private static final JsonFactory JSON = new JsonFactory();
    private static final String RECEIVED_AT = "receivedAt";
    private static final Instant EARLIEST = Instant.parse("0001-01-01T00:00:00Z");
    private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59.999Z");
    private static final int NANOS_PER_MS = 1_000_000;
    private static final int LONGEST_QUOTE = 60;

    private EventJson() {}

    /** The event of a topic that a line holds; {@code receivedAt} is allowed beside the fields of every event. */
    public static JsonEvent parse(Topic topic, String line) {
        try (JsonParser parser = JSON.createParser(line)) {
            return new LineReader(topic, parser).line();
        } catch (JsonProcessingException e) {
            throw new EventJsonException(
                    Problem.NOT_JSON,
                    "",
                    "The line is not JSON at column %d: %s.\nMaybe a quote or a comma is missing, or an event spans several lines."
                            .formatted(e.getLocation().getColumnNr(), e.getOriginalMessage()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The event as a line of JSON without the line feed. */
    public static String write(SpecificRecord event) {
        return write(event, null);
    }

    /** The event as a line of JSON without the line feed, with the time at which the broker took it. */
    public static String write(SpecificRecord event, @Nullable Instant receivedAt) {
        StringWriter line = new StringWriter();
        try (JsonGenerator json = JSON.createGenerator(line)) {
            json.writeStartObject();
            writeFields(json, event);
            if (receivedAt != null) {
                json.writeStringField(RECEIVED_AT, receivedAt.toString());
            }
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return line.toString();
    }

    private static void writeFields(JsonGenerator json, IndexedRecord record) throws IOException {
        for (Schema.Field field : record.getSchema().getFields()) {
            Object value = record.get(field.pos());
            if (value != null) {
                json.writeFieldName(field.name());
                writeValue(json, value);
            }
        }
    }

    private static void writeValue(JsonGenerator json, Object value) throws IOException {
        if (value instanceof IndexedRecord record) {
            json.writeStartObject();
            writeFields(json, record);
            json.writeEndObject();
        } else if (value instanceof List<?> list) {
            json.writeStartArray();
            for (Object element : list) {
                writeValue(json, element);
            }
            json.writeEndArray();
        } else if (value instanceof Long number) {
            json.writeNumber(number);
        } else if (value instanceof Integer number) {
            json.writeNumber(number);
        } else if (value instanceof Double number) {
            json.writeNumber(number);
        } else if (value instanceof Boolean flag) {
            json.writeBoolean(flag);
        } else {
            json.writeString(value.toString());
        }
    }

    /** Reads one line. */
    private static final class LineReader {
        private final Topic topic;
        private final JsonParser json;
        private @Nullable Instant receivedAt;

        LineReader(Topic topic, JsonParser json) {
            this.topic = topic;
            this.json = json;
        }

        JsonEvent line() throws IOException {
            json.nextToken();
            SpecificRecord event = object(topic.eventSchema(), "");
            if (json.nextToken() != null) {
                throw new EventJsonException(
                        Problem.NOT_JSON,
                        "",
                        "The line goes on after its first object with %s: it must hold one event.\nMaybe a line feed is missing."
                                .formatted(quoted()));
            }
            return new JsonEvent(event, receivedAt);
        }

        private SpecificRecord object(Schema schema, String path) throws IOException {
            require(json.currentToken() == JsonToken.START_OBJECT, path, "an object {...}", "brackets are missing");
            SpecificRecord object = (SpecificRecord) SpecificData.get().newRecord(null, schema);
            String prefix = path.isEmpty() ? "" : path + ".";
            BitSet seen = new BitSet();
            int receivedAtBit = schema.getFields().size();
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                String name = json.currentName();
                Schema.Field field = schema.getField(name);
                boolean isReceivedAt = field == null && path.isEmpty() && name.equals(RECEIVED_AT);
                if (field == null && !isReceivedAt) {
                    throw unknown(schema, path, prefix, name);
                }
                int bit = field == null ? receivedAtBit : field.pos();
                if (seen.get(bit)) {
                    throw new EventJsonException(
                            Problem.UNEXPECTED_FIELD,
                            prefix + name,
                            "Field '%s%s' of %s stands twice: it must stand once.\nMaybe one of the two has another name."
                                    .formatted(prefix, name, topic.baseName()));
                }
                seen.set(bit);
                json.nextToken();
                if (field == null) {
                    receivedAt = instant(name);
                } else {
                    object.put(field.pos(), optional(field, prefix + name));
                }
            }
            for (Schema.Field field : schema.getFields()) {
                if (!seen.get(field.pos())) {
                    object.put(field.pos(), absent(field, prefix + field.name()));
                }
            }
            return object;
        }

        private @Nullable Object absent(Schema.Field field, String path) {
            if (!field.hasDefaultValue()) {
                throw new EventJsonException(
                        Problem.MISSING_FIELD,
                        path,
                        "Field '%s' of %s is missing: it must be there (%s)\nMaybe the line belongs to another topic."
                                .formatted(path, topic.baseName(), field.doc()));
            }
            SpecificData data = SpecificData.get();
            return data.deepCopy(field.schema(), data.getDefaultValue(field));
        }

        private EventJsonException unknown(Schema schema, String path, String prefix, String name) {
            List<String> names = new ArrayList<>(
                    schema.getFields().stream().map(Schema.Field::name).toList());
            if (path.isEmpty()) {
                names.add(RECEIVED_AT);
            }
            String nearest = NearestName.of(name, names);
            boolean isNear = NearestName.edits(name, nearest) <= Math.max(2, name.length() / 3);
            return new EventJsonException(
                    Problem.UNEXPECTED_FIELD,
                    prefix + name,
                    "Field '%s%s' is not a field of %s: the fields here are %s.\nMaybe %s."
                            .formatted(
                                    prefix,
                                    name,
                                    topic.baseName(),
                                    String.join(", ", names),
                                    isNear ? "you meant '" + nearest + "'" : "the line belongs to another topic"));
        }

        private @Nullable Object optional(Schema.Field field, String path) throws IOException {
            Schema schema = field.schema();
            if (!schema.isUnion()) {
                return value(schema, field, path);
            }
            return json.currentToken() == JsonToken.VALUE_NULL
                    ? null
                    : value(schema.getTypes().get(1), field, path);
        }

        private Object value(Schema schema, Schema.Field field, String path) throws IOException {
            return switch (schema.getType()) {
                case RECORD -> object(schema, path);
                case ARRAY -> array(schema, field, path);
                case ENUM -> symbol(schema, path);
                case STRING -> text(path, "a text in quotes", "quotes are missing");
                case LONG ->
                    schema.getLogicalType() == null
                            ? Long.valueOf(wholeNumber(Long.MIN_VALUE, Long.MAX_VALUE, field, path))
                            : instant(path);
                case INT -> Math.toIntExact(wholeNumber(Integer.MIN_VALUE, Integer.MAX_VALUE, field, path));
                case DOUBLE -> number(field, path);
                case BOOLEAN -> flag(path);
                default -> throw new IllegalStateException("Schemas of this product have no " + schema.getType());
            };
        }

        private List<Object> array(Schema schema, Schema.Field field, String path) throws IOException {
            require(json.currentToken() == JsonToken.START_ARRAY, path, "a list [...]", "square brackets are missing");
            List<Object> list = new ArrayList<>();
            while (json.nextToken() != JsonToken.END_ARRAY) {
                list.add(value(schema.getElementType(), field, path + "[" + list.size() + "]"));
            }
            return list;
        }

        private Object symbol(Schema schema, String path) throws IOException {
            List<String> symbols = schema.getEnumSymbols();
            String rule = symbols.stream().collect(joining(", ", "one of ", ""));
            String symbol = text(path, rule, "quotes are missing");
            require(symbols.contains(symbol), path, rule, "you meant '" + NearestName.of(symbol, symbols) + "'");
            return SpecificData.get().createEnum(symbol, schema);
        }

        private String text(String path, String rule, String maybe) throws IOException {
            require(json.currentToken() == JsonToken.VALUE_STRING, path, rule, maybe);
            return json.getText();
        }

        private Instant instant(String path) throws IOException {
            String rule = "an instant in ISO 8601 such as 2026-11-22T06:00:00Z";
            String text = text(path, rule, "the time is a number: write it as text, in UTC");
            Instant instant;
            try {
                instant = Instant.parse(text);
            } catch (DateTimeException e) {
                throw wrong(Problem.WRONG_TYPE, path, rule, "the offset is missing: Z stands for UTC");
            }
            if (instant.getNano() % NANOS_PER_MS != 0) {
                throw wrong(
                        Problem.OUT_OF_RANGE,
                        path,
                        "a whole millisecond",
                        "there are more than three digits after the dot");
            }
            if (instant.isBefore(EARLIEST) || instant.isAfter(LATEST)) {
                throw wrong(Problem.OUT_OF_RANGE, path, "in the years 0001 to 9999", "the year has a digit too many");
            }
            return instant;
        }

        private long wholeNumber(long least, long greatest, Schema.Field field, String path) throws IOException {
            require(
                    json.currentToken() == JsonToken.VALUE_NUMBER_INT,
                    path,
                    "a whole number",
                    "it stands in quotes or has decimals");
            boolean fits = json.getNumberType() != JsonParser.NumberType.BIG_INTEGER
                    && json.getLongValue() >= least
                    && json.getLongValue() <= greatest;
            if (!fits) {
                throw wrong(
                        Problem.OUT_OF_RANGE,
                        path,
                        "in %d ... %d".formatted(least, greatest),
                        "its unit is another one");
            }
            requireBounds(json.getLongValue(), field, path);
            return json.getLongValue();
        }

        private double number(Schema.Field field, String path) throws IOException {
            require(json.currentToken().isNumeric(), path, "a number", "it stands in quotes");
            double number = json.getDoubleValue();
            if (Double.isInfinite(number)) {
                throw wrong(Problem.OUT_OF_RANGE, path, "a finite number", "its exponent is wrong");
            }
            requireBounds(number, field, path);
            return number;
        }

        private boolean flag(String path) throws IOException {
            require(json.currentToken().isBoolean(), path, "true or false", "it stands in quotes");
            return json.getBooleanValue();
        }

        private void requireBounds(double number, Schema.Field field, String path) throws IOException {
            if (field.getObjectProp("minimum") instanceof Number least && number < least.doubleValue()) {
                Problem problem = least.intValue() == 0 ? Problem.NEGATIVE : Problem.OUT_OF_RANGE;
                throw wrong(problem, path, least + " or more", whyTooLittle(number));
            }
            if (field.getObjectProp("maximum") instanceof Number greatest && number > greatest.doubleValue()) {
                throw wrong(Problem.OUT_OF_RANGE, path, greatest + " or less", "its unit is another one");
            }
        }

        private String whyTooLittle(double number) {
            if (topic == Topic.LINE_TELEMETRY) {
                return "a signed counter ran over where it was read";
            }
            return number < 0 ? "it has a minus sign too many" : "it is not known yet: then leave it out";
        }

        private void require(boolean holds, String path, String rule, String maybe) throws IOException {
            if (!holds) {
                throw wrong(Problem.WRONG_TYPE, path, rule, maybe);
            }
        }

        private EventJsonException wrong(Problem problem, String path, String rule, String maybe) throws IOException {
            String thing = path.isEmpty() ? "The line" : "Field '" + path + "' of " + topic.baseName();
            return new EventJsonException(
                    problem, path, "%s is %s: it must be %s.\nMaybe %s.".formatted(thing, quoted(), rule, maybe));
        }

        private String quoted() throws IOException {
            JsonToken token = json.currentToken();
            if (token == null) {
                return "empty";
            }
            String text = json.getText();
            String shown = text.length() > LONGEST_QUOTE ? text.substring(0, LONGEST_QUOTE) + "..." : text;
            return token == JsonToken.VALUE_STRING ? "\"" + shown + "\"" : shown;
        }
    }
}
