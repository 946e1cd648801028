package org.capacityboard.flink.sinks;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.Writer;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.generic.IndexedRecord;
import org.capacityboard.flink.ingest.Origin;
import org.jspecify.annotations.Nullable;

/**
 * Events as a JSON array of table rows: {@code dayStartsAt} becomes {@code day_starts_at}, a record inside an event a column for each of its fields
 * ({@code hours_per_week_crisis}), a list one column of JSON.
 */
final class ColumnJson implements AutoCloseable {
    private static final JsonFactory JSON = new JsonFactory();
    private static final Pattern INNER_CAPITAL = Pattern.compile("(?<=[a-z0-9])(?=[A-Z])");
    private static final String VALID_FROM = "valid_from";
    private static final String RECEIVED_AT = "received_at";
    private static final String ALWAYS = "-infinity";

    private final JsonGenerator json;

    ColumnJson(Writer out) throws IOException {
        json = JSON.createGenerator(out);
        json.writeStartArray();
    }

    /** The columns that rows of these events have. */
    static List<String> columns(Schema schema) {
        return Stream.concat(fields(schema, ""), Stream.of(RECEIVED_AT)).toList();
    }

    private static Stream<String> fields(Schema schema, String prefix) {
        return schema.getFields().stream()
                .flatMap(field -> field.schema().getType() == Schema.Type.RECORD
                        ? fields(field.schema(), column(prefix, field) + "_")
                        : Stream.of('"' + column(prefix, field) + '"'));
    }

    /** Adds the row of an event. */
    void row(IndexedRecord event, long receivedAtMs) throws IOException {
        json.writeStartObject();
        fields(event, "");
        // A file that does not say when is known since always.
        json.writeStringField(
                RECEIVED_AT,
                receivedAtMs == Origin.NOT_RECEIVED
                        ? ALWAYS
                        : Instant.ofEpochMilli(receivedAtMs).toString());
        json.writeEndObject();
    }

    private void fields(IndexedRecord values, String prefix) throws IOException {
        for (Schema.Field field : values.getSchema().getFields()) {
            String column = column(prefix, field);
            Object value = values.get(field.pos());
            if (value instanceof IndexedRecord inner) {
                fields(inner, column + "_");
            } else {
                json.writeFieldName(column);
                value(value == null && column.equals(VALID_FROM) ? ALWAYS : value);
            }
        }
    }

    private void value(@Nullable Object value) throws IOException {
        if (value == null) {
            json.writeNull();
        } else if (value instanceof Collection<?> list) {
            json.writeStartArray();
            for (Object element : list) {
                value(element);
            }
            json.writeEndArray();
        } else if (value instanceof IndexedRecord inner) {
            json.writeStartObject();
            fields(inner, "");
            json.writeEndObject();
        } else if (value instanceof Long number) {
            json.writeNumber(number);
        } else if (value instanceof Integer number) {
            json.writeNumber(number);
        } else if (value instanceof Double number) {
            json.writeNumber(number);
        } else if (value instanceof Boolean flag) {
            json.writeBoolean(flag);
        } else {
            json.writeString(StorableText.of(value.toString()));
        }
    }

    private static String column(String prefix, Schema.Field field) {
        return prefix + INNER_CAPITAL.matcher(field.name()).replaceAll("_").toLowerCase(Locale.ROOT);
    }

    @Override
    public void close() throws IOException {
        json.close();
    }
}
