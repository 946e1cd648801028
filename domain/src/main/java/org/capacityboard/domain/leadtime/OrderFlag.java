package org.capacityboard.domain.leadtime;

/** What is odd about an order line; shown beside its figures, never absorbed. In the order in which they are shown. */
public enum OrderFlag {
    /** More units were accepted than are ordered; the surplus is in no lead time. */
    ACCEPTED_MORE_THAN_ORDERED,
    /** A delivery was accepted before it was dispatched. */
    ACCEPTED_BEFORE_DISPATCH,
    /** Units were accepted before the order was confirmed: their lead time is below zero. */
    ACCEPTED_BEFORE_CONFIRMATION,
    /** A delivery was accepted that is still larger than what was dispatched of it. */
    ACCEPTED_MORE_THAN_DISPATCHED,
    /** It was cancelled when all units had been accepted: it stays completed. */
    CANCELLED_AFTER_COMPLETION,
    /** Units were accepted after it was cancelled: they count as output of the plant, not for the order. */
    ACCEPTED_AFTER_CANCELLATION
}
