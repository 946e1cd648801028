package org.capacityboard.flink.ingest;

import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/** Finds writer schemas that may be registered while the job runs. */
interface WriterSchemas {
    /** The schema with this CRC-64-AVRO fingerprint; null if nobody had registered it when the record was received. */
    @Nullable
    Schema find(long fingerprint, long receivedAtMs);
}
