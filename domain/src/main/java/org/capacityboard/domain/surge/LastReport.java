package org.capacityboard.domain.surge;

/**
 * When a line was last heard of.
 *
 * @param lineId the line
 * @param reportedAtMs its newest report, ms since 1970 UTC
 */
public record LastReport(String lineId, long reportedAtMs) {
    public LastReport {
        Checks.id("Line of a report", lineId);
    }
}
