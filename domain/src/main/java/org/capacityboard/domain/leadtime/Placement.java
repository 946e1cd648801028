package org.capacityboard.domain.leadtime;

/**
 * An order as it stood at an instant, and where.
 *
 * @param groups by kind
 * @param dueEndMs end of the plant's production day on which the first promise falls
 */
record Placement(OrderStanding standing, OrderGroup[] groups, long dueEndMs) {
    static Placement of(OrderStanding standing, OrderReference reference, OrderGroups groups) {
        return new Placement(
                standing, groups.of(standing), reference.dueEndMs(standing.plantId(), standing.baselinePromisedAtMs()));
    }
}
