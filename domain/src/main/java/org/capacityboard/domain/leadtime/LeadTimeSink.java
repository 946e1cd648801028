package org.capacityboard.domain.leadtime;

/** Where rows go. Each is absolute, so writing it again changes nothing. */
public interface LeadTimeSink {
    void leadTime(LeadTime row);

    void curve(LeadTimeCurve row);

    void backlog(OrderBacklog row);

    void onTimeWeek(OnTimeWeek row);

    void status(OrderStatus row);
}
