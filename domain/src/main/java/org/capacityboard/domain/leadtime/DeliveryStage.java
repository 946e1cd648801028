package org.capacityboard.domain.leadtime;

/** How far a delivery has come. */
public enum DeliveryStage {
    DISPATCHED,
    ACCEPTED,
    REJECTED
}
