package org.capacityboard.oracle;

import java.time.Instant;
import org.apache.avro.specific.SpecificRecord;
import org.capacityboard.schemas.Topic;
import org.jspecify.annotations.Nullable;

/**
 * A record of a seeded stream, in arrival order.
 *
 * @param value the bytes of the record
 * @param event what they say; null if they say nothing readable
 * @param refusedAs reason code under which it must be refused; null for a valid record
 */
public record Arrival(
        Topic topic,
        byte[] value,
        @Nullable SpecificRecord event,
        Instant receivedAt,
        @Nullable String refusedAs) {}
