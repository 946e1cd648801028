package org.capacityboard.flink.operators;

import org.capacityboard.flink.ingest.Ingested;

/**
 * A version of reference data with the watermark at which it was read.
 *
 * @param readAtWatermarkMs {@code Long.MIN_VALUE} if there was no watermark yet: then it applies to all time
 */
public record StampedReference(Ingested.Reference reference, long readAtWatermarkMs) {}
