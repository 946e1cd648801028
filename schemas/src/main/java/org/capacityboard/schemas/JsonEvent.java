package org.capacityboard.schemas;

import java.time.Instant;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/**
 * An event read from a line of a JSON Lines file.
 *
 * @param event the event
 * @param receivedAt when the broker took it; null if the file does not say
 */
public record JsonEvent(SpecificRecord event, @Nullable Instant receivedAt) {}
