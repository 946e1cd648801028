package org.capacityboard.simulator;

import org.apache.avro.specific.SpecificRecord;

/** Takes what the order books of the plants tell, on its way to the Board. */
@FunctionalInterface
interface OrderPost {
    /**
     * @param eventTimeMs when it happened, ms since 1970 UTC
     * @param notBeforeMs it is not sent earlier than this, where people enter things late
     */
    void take(SpecificRecord event, long eventTimeMs, long notBeforeMs);
}
