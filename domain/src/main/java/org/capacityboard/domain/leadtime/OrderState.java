package org.capacityboard.domain.leadtime;

/** Where an order line stands at an instant. */
public enum OrderState {
    OPEN,
    /** As many units were accepted as are ordered; a cancellation after that changes nothing. */
    COMPLETED,
    CANCELLED
}
