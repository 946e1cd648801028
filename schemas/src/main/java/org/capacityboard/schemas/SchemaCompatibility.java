package org.capacityboard.schemas;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.avro.LogicalType;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/** Whether events written with another schema, older or newer, can be read by this release. Only such schemas are registered. */
public final class SchemaCompatibility {
    private SchemaCompatibility() {}

    /** The topic whose events a schema describes, by its full name; null if there is none. */
    public static @Nullable Topic topicOf(Schema writer) {
        return Arrays.stream(Topic.values())
                .filter(topic -> topic.schema() != null
                        && topic.eventSchema().getFullName().equals(writer.getFullName()))
                .findFirst()
                .orElse(null);
    }

    /** Why events written with this schema cannot be read as events of the topic, a sentence each; empty if they can. */
    public static List<String> problems(Schema writer, Topic topic) {
        Schema reader = topic.eventSchema();
        List<String> problems = new ArrayList<>();
        if (!writer.getFullName().equals(reader.getFullName())) {
            problems.add("It is called %s: events of topic %s are called %s."
                    .formatted(writer.getFullName(), topic.baseName(), reader.getFullName()));
            return problems;
        }
        org.apache.avro.SchemaCompatibility.checkReaderWriterCompatibility(reader, writer)
                .getResult()
                .getIncompatibilities()
                .forEach(found -> problems.add("At %s: %s.".formatted(found.getLocation(), sentence(found))));
        addUnitProblems(reader, writer, "", problems);
        return problems;
    }

    private static String sentence(org.apache.avro.SchemaCompatibility.Incompatibility found) {
        return switch (found.getType()) {
            case READER_FIELD_MISSING_DEFAULT_VALUE ->
                "field '%s' is missing and has no default".formatted(found.getMessage());
            case MISSING_ENUM_SYMBOLS -> "this release does not know the names %s".formatted(found.getMessage());
            default -> found.getMessage();
        };
    }

    /** The canonical form leaves logical types out, so a clock in microseconds would pass for one in milliseconds. */
    private static void addUnitProblems(Schema reader, Schema writer, String path, List<String> problems) {
        LogicalType expected = reader.getLogicalType();
        LogicalType found = writer.getLogicalType();
        if (found != null && !found.equals(expected)) {
            problems.add("At %s: it is %s: it must be %s."
                    .formatted(path, found.getName(), expected == null ? "a plain value" : expected.getName()));
        }
        if (reader.getType() == Schema.Type.RECORD && writer.getType() == Schema.Type.RECORD) {
            for (Schema.Field field : reader.getFields()) {
                Schema.Field written = writer.getField(field.name());
                if (written != null) {
                    addUnitProblems(
                            present(field.schema()), present(written.schema()), path + "/" + field.name(), problems);
                }
            }
        } else if (reader.getType() == Schema.Type.ARRAY && writer.getType() == Schema.Type.ARRAY) {
            addUnitProblems(reader.getElementType(), writer.getElementType(), path + "[]", problems);
        }
    }

    /** The schema of an optional value when it is there. */
    private static Schema present(Schema schema) {
        return schema.isNullable() && schema.isUnion()
                ? schema.getTypes().stream()
                        .filter(type -> type.getType() != Schema.Type.NULL)
                        .findFirst()
                        .orElse(schema)
                : schema;
    }
}
