package org.capacityboard.domain.leadtime;

/**
 * What a group of orders still waits for, as known at the end of a UTC day.
 *
 * @param asOf the day, an epoch day
 * @param backlogUnits ordered and not yet accepted, of open orders
 * @param overdueOrders open orders whose first promise is past
 * @param overdueUnits what is still missing of those
 * @param acceptedUnits accepted in the {@code rateWeeks} before the end of the day, also for orders that were cancelled or complete
 * @param rateWeeks 13, or the weeks since the group's first order was known if those are fewer; above 0
 * @param version how many distinct records the group ever accepted
 */
public record OrderBacklog(
        long asOf,
        Group group,
        long openOrders,
        long backlogUnits,
        long overdueOrders,
        long overdueUnits,
        long acceptedUnits,
        double rateWeeks,
        boolean isFinal,
        long version) {}
