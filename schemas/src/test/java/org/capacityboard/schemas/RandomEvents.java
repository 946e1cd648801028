package org.capacityboard.schemas;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/** Makes events of any topic from a seed: every field within its bounds, optional ones there half of the time. */
final class RandomEvents {
    private static final List<String> TEXTS = List.of(
            "", "line-1", "1305-01-234-5678", "Ölpumpe steht", "弾 🏭", "quote \" and \\ and \t", "x".repeat(200));

    private final Random random;

    RandomEvents(long seed) {
        random = new Random(seed);
    }

    /** Topics that carry events. */
    static Stream<Topic> topics() {
        return Arrays.stream(Topic.values()).filter(topic -> topic.schema() != null);
    }

    SpecificRecord next(Topic topic) {
        return record(topic.eventSchema());
    }

    private SpecificRecord record(Schema schema) {
        SpecificRecord record = (SpecificRecord) SpecificData.get().newRecord(null, schema);
        schema.getFields().forEach(field -> record.put(field.pos(), value(field.schema(), field)));
        return record;
    }

    private @Nullable Object value(Schema schema, Schema.Field field) {
        return switch (schema.getType()) {
            case UNION -> random.nextBoolean() ? null : value(schema.getTypes().get(1), field);
            case RECORD -> record(schema);
            case ARRAY ->
                IntStream.range(0, random.nextInt(4))
                        .mapToObj(i -> value(schema.getElementType(), field))
                        .toList();
            case ENUM ->
                SpecificData.get()
                        .createEnum(
                                schema.getEnumSymbols()
                                        .get(random.nextInt(
                                                schema.getEnumSymbols().size())),
                                schema);
            case STRING -> TEXTS.get(random.nextInt(TEXTS.size())) + random.nextInt(100);
            case LONG ->
                schema.getLogicalType() == null
                        ? Math.max((long) least(field), random.nextLong() >> random.nextInt(64))
                        : Instant.ofEpochMilli(random.nextLong(4_000_000_000_000L));
            case INT -> Math.max((int) least(field), random.nextInt() >> random.nextInt(32));
            case DOUBLE -> Math.min(greatest(field), Math.max(least(field), random.nextGaussian() * 100));
            case BOOLEAN -> random.nextBoolean();
            default -> throw new IllegalStateException("Schemas of this product have no " + schema.getType());
        };
    }

    private static double least(Schema.Field field) {
        return field.getObjectProp("minimum") instanceof Number least ? least.doubleValue() : Long.MIN_VALUE;
    }

    private static double greatest(Schema.Field field) {
        return field.getObjectProp("maximum") instanceof Number greatest ? greatest.doubleValue() : Double.MAX_VALUE;
    }
}
