package org.capacityboard.schemas;

import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/** Finds the writer schema that a fingerprint stands for. */
@FunctionalInterface
public interface SchemaLookup {
    /** The schema with this CRC-64-AVRO fingerprint; null if nobody registered it. */
    @Nullable
    Schema find(long fingerprint);

    /** The schemas that this release writes with, known without being registered. */
    static SchemaLookup ofThisRelease() {
        Map<Long, Schema> schemas = Arrays.stream(Topic.values())
                .map(Topic::schema)
                .filter(Objects::nonNull)
                .collect(Collectors.toUnmodifiableMap(EventCodec::fingerprint, Function.identity()));
        return schemas::get;
    }

    /** Asks this lookup first, then another. */
    default SchemaLookup orElse(SchemaLookup other) {
        return fingerprint -> {
            Schema found = find(fingerprint);
            return found != null ? found : other.find(fingerprint);
        };
    }
}
