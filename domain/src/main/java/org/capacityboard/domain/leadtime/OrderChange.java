package org.capacityboard.domain.leadtime;

/** What an order event says. */
public enum OrderChange {
    CONFIRMED,
    AMENDED,
    CANCELLED
}
