package org.capacityboard.domain.throughput;

import org.jspecify.annotations.Nullable;

/**
 * What a line is doing now, as of the watermark.
 *
 * @param state last reported state; null while unknown (silent for three heartbeats, OFFLINE, never heard of)
 * @param sinceMs instant since which that holds (of an unknown line: since when it is unknown); {@code Long.MIN_VALUE} if never heard of
 * @param reasonCode reason of the state
 * @param productId product in force
 * @param lastReportMs effective time of the last report; {@code Long.MIN_VALUE} if never heard of
 * @param plannedNow whether the watermark lies in planned time
 * @param unitsToday good units of the current production day
 * @param unitsLastHour good units of the 60 minutes before the watermark
 * @param completenessToday known share of the planned time of the current production day up to the watermark; null if nothing was planned
 */
public record CurrentState(
        @Nullable MachineState state,
        long sinceMs,
        @Nullable String reasonCode,
        @Nullable String productId,
        long lastReportMs,
        boolean plannedNow,
        long unitsToday,
        long unitsLastHour,
        @Nullable Double completenessToday) {}
