package org.capacityboard.oracle;

import java.time.Instant;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/**
 * An event as it came in.
 *
 * @param watermark event time covered when it came in, from which the reach of a version into the past is measured; null
 *     if none was known yet
 */
public record OracleEvent(
        SpecificRecord event, Instant receivedAt, @Nullable Instant watermark) {}
