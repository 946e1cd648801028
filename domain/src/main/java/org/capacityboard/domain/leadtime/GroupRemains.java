package org.capacityboard.domain.leadtime;

/**
 * What a group keeps beside its orders: how many records of orders that are gone it counts, since when it is known, and the observations of orders whose state was dropped.
 *
 * @param version how many distinct records were accepted of orders that stood in the group and are in it no more; those of the others are with them
 * @param firstKnownAtMs event time at which its first order became known
 * @param dropped observations of dropped orders; they stay in {@link Cohort#ALL} for ever
 */
public record GroupRemains(Group group, long version, long firstKnownAtMs, DroppedOrders dropped) {}
