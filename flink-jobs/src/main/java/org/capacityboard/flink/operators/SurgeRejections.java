package org.capacityboard.flink.operators;

import org.capacityboard.flink.ingest.RejectReason;
import org.capacityboard.flink.ingest.Rejection;
import org.capacityboard.flink.ingest.SurgeReader;

/** Why a count of stock or a report of people is refused, in words for a plant engineer. */
final class SurgeRejections {
    private SurgeRejections() {}

    static Rejection unknown(SurgeInput.Report input, ReferenceNeeds.Need missing) {
        boolean isLine = missing.what().equals("line");
        return new Rejection(
                input.event().origin(),
                isLine ? RejectReason.UNKNOWN_LINE : RejectReason.UNKNOWN_REFERENCE,
                (isLine ? "The report of people" : "The count of stock") + " names " + missing.what() + " "
                        + missing.id() + ", which topic " + missing.topic().baseName()
                        + " does not have.\nMaybe it was not sent yet: send it first, then this record again.",
                input.event().eventTimeMs(),
                SurgeReader.json(input.event()));
    }
}
