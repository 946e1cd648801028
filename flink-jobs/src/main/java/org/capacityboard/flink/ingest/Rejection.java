package org.capacityboard.flink.ingest;

/**
 * A record that was refused, with everything needed to find, understand and send it again.
 *
 * @param origin where it came from
 * @param code why, for counting
 * @param reason why, as a sentence for a plant engineer; may end with a second sentence starting "Maybe"
 * @param eventTimeMs its event time, ms since 1970 UTC; {@code Long.MIN_VALUE} if it has none or none could be read
 * @param payload the event as JSON, or {@code hex:} and its bytes if it could not be read
 */
public record Rejection(Origin origin, RejectReason code, String reason, long eventTimeMs, String payload) {}
