package org.capacityboard.viewer.answer;

import org.capacityboard.viewer.grafana.TimeRange;

/** A range in milliseconds of the epoch. */
public record RangeMs(long from, long to) {
    static RangeMs of(TimeRange range) {
        return new RangeMs(range.from().toEpochMilli(), range.to().toEpochMilli());
    }
}
