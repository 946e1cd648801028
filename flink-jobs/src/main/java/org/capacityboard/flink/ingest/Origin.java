package org.capacityboard.flink.ingest;

/**
 * Where a record came from.
 *
 * @param topic name in the topic catalogue, such as {@code line-telemetry}
 * @param partition partition; 0 for files
 * @param offset offset; for files the line number, from 1
 * @param receivedAtMs when the broker took it, ms since 1970 UTC; {@link #NOT_RECEIVED} if a file does not say
 */
public record Origin(String topic, int partition, long offset, long receivedAtMs) {
    /** {@code receivedAtMs} of a line of a file that does not say. */
    public static final long NOT_RECEIVED = Long.MIN_VALUE;
}
