package org.capacityboard.flink.rows;

import org.capacityboard.domain.leadtime.LeadTime;
import org.capacityboard.domain.leadtime.LeadTimeCurve;
import org.capacityboard.domain.leadtime.OnTimeWeek;
import org.capacityboard.domain.leadtime.OrderBacklog;
import org.capacityboard.domain.leadtime.OrderStatus;

/** A row of the lead time job. Each is absolute, so writing it twice changes nothing. */
public sealed interface LeadTimeRow extends StampedRow {
    /** Percentiles of a group on a day. */
    record Percentiles(LeadTime row, RowStamp stamp) implements LeadTimeRow {}

    /** The newest survival curve of a group. */
    record Curve(LeadTimeCurve row, RowStamp stamp) implements LeadTimeRow {}

    /** What a group waits for on a day. */
    record Backlog(OrderBacklog row, RowStamp stamp) implements LeadTimeRow {}

    /** What of a group fell due in a week, and came on time. */
    record OnTime(OnTimeWeek row, RowStamp stamp) implements LeadTimeRow {}

    /** Where an order stands. */
    record Status(OrderStatus row, RowStamp stamp) implements LeadTimeRow {}
}
