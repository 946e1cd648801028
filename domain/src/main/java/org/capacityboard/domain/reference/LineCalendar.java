package org.capacityboard.domain.reference;

/** Which time of a line counts as planned. */
public enum LineCalendar {
    /** Only shift plans are planned time. */
    PLANNED,
    /** All time from the first report on is planned time. */
    AROUND_THE_CLOCK
}
