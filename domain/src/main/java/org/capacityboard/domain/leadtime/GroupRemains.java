package org.capacityboard.domain.leadtime;

/**
 * What a group keeps beside its orders: how many records it accepted, since when it is known, and the observations of orders whose state was dropped.
 *
 * @param version how many distinct records the group ever accepted
 * @param firstKnownAtMs event time at which its first order became known
 * @param dropped observations of dropped orders; they stay in {@link Cohort#ALL} for ever
 */
public record GroupRemains(Group group, long version, long firstKnownAtMs, DroppedOrders dropped) {}
