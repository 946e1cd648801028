package org.capacityboard.flink.ingest;

/**
 * Where a record came from.
 *
 * @param topic name in the topic catalogue, such as {@code line-telemetry}
 * @param partition partition; 0 for files
 * @param offset offset; for files the line number, from 1
 * @param receivedAtMs when the broker took it, ms since 1970 UTC
 */
public record Origin(String topic, int partition, long offset, long receivedAtMs) {}
